"""Evaluations: choose the period, read the draft, write into it, make it again, sign."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, may, needs
from tongxing.accounts.rights import Right
from tongxing.content.plan import plan
from tongxing.desk.plan.evaluation_report import load
from tongxing.evaluation import actions, queries, tasks
from tongxing.evaluation.models import Build, Evaluation, Signature
from tongxing.evaluation.queries.evaluations import document_of, newest_build, signers
from tongxing.evaluation.queries.prose import newest, standing_prose, versions
from tongxing.evaluation.refusal import Overtaken, Refused
from tongxing.jobs.queries import about
from tongxing.reports.document import slots
from tongxing.ui.drawing import readable

DAY = "写成 2026-01-03 这样"


class PeriodForm(forms.Form):
    kind = forms.ChoiceField(label="哪种评估", choices=Evaluation.Kind.choices)
    from_date = forms.DateField(label="从哪天", widget=forms.DateInput(format="%Y-%m-%d"), help_text=DAY)
    until_date = forms.DateField(label="到哪天", widget=forms.DateInput(format="%Y-%m-%d"), help_text=DAY)


@needs(Right.WRITE_EVALUATION)
def evaluations(request: HttpRequest) -> HttpResponse:
    """All of them, and the form that begins one."""
    since = plan(settings.PACK).about.from_date
    form = PeriodForm(
        request.POST if request.method == "POST" else None,
        initial={"from_date": since, "until_date": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        actor: Actor = request.actor  # type: ignore[attr-defined]
        try:
            begun = actions.begin(**form.cleaned_data, by=actor)
        except Refused as no:
            form.add_error(None, str(no))
        else:
            if newest_build(begun) is None:
                tasks.ask_for_build(evaluation=begun, by=actor)
            return redirect("desk:plan-evaluation", evaluation_id=begun.pk)
    context = {"form": form, "evaluations": queries.evaluations.evaluations()}
    return render(request, "desk/plan/evaluations.html", context, status=422 if form.errors else 200)


@needs(Right.WRITE_EVALUATION)
def evaluation(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """One evaluation: where it stands, who wrote where, its files, the next step."""
    found, actor = load(evaluation_id), request.actor  # type: ignore[attr-defined]
    build, public = newest_build(found), newest_build(found, is_public=True)
    written = standing_prose(found)
    context = {
        "evaluation": found,
        "run": found.count,
        "build": build,
        "public": public,
        "approvals": signers(build, Signature.Purpose.APPROVE) if build else [],
        "releases": signers(public, Signature.Purpose.PUBLISH) if public else [],
        "places": _places(build, written),
        "is_behind": build is not None and build.prose_until != queries.prose.last_written(found),
        "jobs": about(actor, f"evaluation:{found.pk}"),
        "may_publish": may(actor, Right.PUBLISH_FIGURES),
    }
    return render(request, "desk/plan/evaluation.html", context)


def _places(build: Build | None, written: dict[str, Any]) -> list[dict[str, Any]]:
    if build is None:
        return []
    return [
        {"slot": slot, "title": title, "ask": ask, "units": [prose.unit for prose in written.get(slot, [])]}
        for slot, title, ask in slots(document_of(build))
    ]


@needs(Right.WRITE_EVALUATION)
def write(request: HttpRequest, evaluation_id: int, slot: str) -> HttpResponse:
    """What one's unit says in one place, beside the figures that it is about."""
    found, actor = load(evaluation_id), request.actor  # type: ignore[attr-defined]
    section = _section(found, slot)
    context: dict[str, Any] = {"errors": [], "status": 200}
    if request.method == "POST":
        context |= _written(request, found, slot)
        if not context["errors"]:
            messages.success(request, "存好了。重新生成以后，报告里就有这一段。")
            return redirect("desk:plan-evaluation", evaluation_id=found.pk)
    before = newest(found, slot, actor.role_name)
    context |= {
        "evaluation": found,
        "section": section,
        "ask": next(block["ask"] for block in section["blocks"] if block["kind"] == "written"),
        "unit": actor.role_name,
        "words": context.get("words", before.words if before else ""),
        "seen": before.version if before else 0,
        "versions": versions(found, slot),
        "is_open": found.state == Evaluation.State.DRAFTING,
    }
    return render(request, "desk/plan/evaluation_write.html", context, status=context["status"])


def _section(found: Evaluation, slot: str) -> dict[str, Any]:
    build = newest_build(found)
    sections = readable(document_of(build))["sections"] if build else []
    for section in sections:
        if any(block["kind"] == "written" and block["slot"] == slot for block in section["blocks"]):
            return dict(section)
    raise Http404("没有这份评估，或者没有这一部分。")


def _written(request: HttpRequest, found: Evaluation, slot: str) -> dict[str, Any]:
    """Errors, and the words that would else be lost."""
    words, seen = request.POST.get("words", ""), request.POST.get("seen", "0")
    said: dict[str, Any] = {"words": words, "errors": [], "status": 422}
    try:
        actions.write(
            evaluation=found,
            slot=slot,
            words=words,
            seen=int(seen) if seen.isdigit() and len(seen) < 9 else 0,
            by=request.actor,  # type: ignore[attr-defined]
        )
    except Overtaken as late:
        return said | {"errors": [("words", str(late))], "theirs": late.newest, "status": 409}
    except Refused as no:
        return said | {"errors": [("words", str(no))]}
    return said


@require_POST
@needs(Right.WRITE_EVALUATION)
def do(request: HttpRequest, evaluation_id: int) -> HttpResponse:
    """Make it (again), make the public one, or sign the build that the page showed."""
    found, actor = load(evaluation_id), request.actor  # type: ignore[attr-defined]
    what, number = request.POST.get("what", ""), request.POST.get("build", "")
    try:
        if what in ("build", "public"):
            job = tasks.ask_for_build(evaluation=found, by=actor, is_public=what == "public")
            return redirect("desk:job", job_id=job.pk)
        build = Build.objects.filter(evaluation=found, number=int(number) if number.isdigit() else 0).first()
        if build is None or what not in Signature.Purpose.values:
            raise Refused("请按页面上的一个按钮。")
        actions.sign(build=build, purpose=what, by=actor)
        messages.success(request, "签好了。")
    except Refused as no:
        messages.error(request, str(no))
    return redirect("desk:plan-evaluation", evaluation_id=found.pk)
