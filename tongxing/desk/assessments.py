"""The doctor's two pages: who comes when, and what was found."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.applications.actions import assess
from tongxing.applications.queries import to_assess
from tongxing.casework.clocks import today
from tongxing.casework.refusal import Refused
from tongxing.desk import words
from tongxing.organisation import queries as divisions
from tongxing.registry.actions import look_at
from tongxing.registry.models import Certificate

MOST = 200
PARTS = [(str(kind), str(kind.label)) for kind in Certificate.Category if kind != "multiple"]


@needs(Right.ASSESS)
def waiting(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    known = divisions.names()
    rows = [
        {"a": each, "place": divisions.path_name(each.case.village_code, known, actor.prefix)}
        for each in to_assess(actor)[:MOST]
    ]
    return render(request, "desk/assessments/list.html", {"rows": rows, "today": today()})


@needs(Right.ASSESS)
def one(request: HttpRequest, number: str) -> HttpResponse:
    """Only of somebody who waits for this doctor; the look is written down."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    found = to_assess(actor).filter(case__number=number).first()
    if found is None:
        raise Http404("没有这个编号的人在等评定。")
    parts, grade, wrong = request.POST.getlist("part"), request.POST.get("grade", ""), ""
    if request.method == "POST":
        try:
            assess(by=actor, case=found.case, parts=parts, grade=int(grade) if grade in ("1", "2", "3", "4") else 0)
        except (ValidationError, Refused, PermissionDenied) as why:
            wrong = why.messages[0] if isinstance(why, ValidationError) else str(why)
        else:
            messages.success(request, f"记下了{found.case.person.name}的评定结果，交给县区残联。")
            return redirect("desk:assessments")
    look_at(person=found.case.person, by=actor)
    context: dict[str, Any] = {
        "a": found,
        "person": found.case.person,
        "age": words.age(found.case.person.birth_date, today()),
        "parts": PARTS,
        "grades": Certificate.GRADES,
        "chosen": parts,
        "grade": grade,
        "wrong": wrong,
        "mistakes": [("part-1" if "类别" in wrong else "grade-1", wrong)] if wrong else [],
    }
    return render(request, "desk/assessments/one.html", context, status=422 if wrong else 200)
