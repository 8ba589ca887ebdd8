"""“还是这样吗？”: the yearly check as one list; one button for all of it, or one line that has changed (J11)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.casework.models import Case
from tongxing.casework.refusal import Refused
from tongxing.portal import own_rights, voice
from tongxing.portal.cases import load
from tongxing.portal.frame import actor_of, look, person_of
from tongxing.portal.rights import TOLD_BESIDE, TOLD_BY
from tongxing.reviews import actions as reviews
from tongxing.reviews.queries import is_asked


@needs(Right.OWN_AFFAIRS)
def same(request: HttpRequest, number: str) -> HttpResponse:
    case = load(request, number)
    if not is_asked(case):
        raise Http404("这一件现在不用核对。请从“我的事”里看到哪一步了。")
    look(request)
    if request.method != "POST":
        return _page(request, case, request.GET.get("changed", ""))
    fact = request.POST.get("fact", "")
    try:
        if fact:
            return _changed(request, case, fact)
        case = reviews.still_so(
            by=actor_of(request),
            case=case,
            source=TOLD_BY.get(actor_of(request).role, TOLD_BESIDE),
            word=voice.word(request),
        )
    except (Refused, ValidationError) as why:
        message = why.messages[0] if isinstance(why, ValidationError) else str(why)
        return _page(request, case, fact, str(message))
    is_over = "核对好了，钱照发。不用再跑。" if not case.waits else "记下了。工作人员再看一下，钱先照发。"
    messages.success(request, is_over)
    return redirect("portal:case", number=case.number)


def _changed(request: HttpRequest, case: Case, fact: str) -> HttpResponse:
    words = request.POST.get("words", "")
    reviews.has_changed(by=actor_of(request), case=case, fact=fact, words=words)
    messages.success(request, "记下了。管这一项的部门去核实，再答复您。")
    return redirect("portal:case", number=case.number)


def _page(request: HttpRequest, case: Case, changed: str = "", wrong: str = "") -> HttpResponse:
    held = own_rights.ground(person_of(request), timezone.localdate(), {})
    rows = own_rights.lines(held, case.policy)
    row = next((row for row in rows if row["fact"] == changed), None)
    context: dict[str, Any] = {
        "person": person_of(request),
        "case": case,
        "rows": rows,
        "changed": row,
        "typed": request.POST.get("words", ""),
        "wrong": [("words" if row else voice.anchor(request) or "same", wrong)] if wrong else [],
    } | voice.form(request, {})
    return render(request, "portal/my/same.html", context, status=422 if wrong else 200)
