"""Long work behind the pages: begin it, see how far it is, go to what came of it, do it again."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, may, needs
from tongxing.accounts.rights import Right
from tongxing.jobs import actions, queries
from tongxing.jobs.models import Job
from tongxing.reviews import tasks

SHOWN = 50


@needs(Right.RUN_NIGHTLY)
def all_jobs(request: HttpRequest) -> HttpResponse:
    found = list(queries.jobs_for(request.actor)[:SHOWN])  # type: ignore[attr-defined]
    return render(request, "desk/jobs/list.html", {"jobs": found, "night": queries.open_job(tasks.KEY)})


@require_POST
@needs(Right.RUN_NIGHTLY)
def night(request: HttpRequest) -> HttpResponse:
    """Begins the evaluation, or shows the one that is under way."""
    return redirect("desk:job", job_id=tasks.ask_for_night(by=request.actor).pk)  # type: ignore[attr-defined]


def load(request: HttpRequest, job_id: int) -> Job:
    found = queries.jobs_for(request.actor).filter(pk=job_id).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404("没有这项工作，或者它不归您管。")
    return found


@needs()
def show(request: HttpRequest, job_id: int) -> HttpResponse:
    found = load(request, job_id)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return render(
        request,
        "desk/jobs/one.html",
        {"job": found, "result": result_url(found, actor), "may_see_all": may(actor, Right.RUN_NIGHTLY)},
    )


def result_url(job: Job, actor: Actor) -> str:
    """Where what came of it is shown to this actor; '' if nowhere."""
    kind, _, number = job.subject.partition(":")
    if kind == "batch" and may(actor, Right.SEND_FEEDS):
        return reverse("desk:batch", args=[number])
    if kind == "payrun" and may(actor, Right.SEE_PAYMENTS):
        return reverse("desk:pay-run", args=[number])
    if kind == "export":
        return reverse("desk:export", args=[number])
    if kind == "evaluation" and may(actor, Right.WRITE_EVALUATION):
        return reverse("desk:plan-evaluation", args=[number])
    if kind == "run" and may(actor, Right.SEE_FIGURES):
        return reverse("desk:today")
    return reverse("desk:policies") if kind == "run" and may(actor, Right.SEE_POLICIES) else ""


@require_POST
@needs()
def again(request: HttpRequest, job_id: int) -> HttpResponse:
    job = actions.again(by=request.actor, job=load(request, job_id))  # type: ignore[attr-defined]
    return redirect("desk:job", job_id=job.pk)


def under_way(actor: Actor) -> dict[str, Any]:
    """For the morning page: the button for whoever may begin an evaluation, or the one that runs."""
    if not may(actor, Right.RUN_NIGHTLY):
        return {}
    return {"may_run_night": True, "night": queries.open_job(tasks.KEY)}
