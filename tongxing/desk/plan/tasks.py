"""Tasks of the plan: the list said in words, one's own first, and the page of one task with everything one may do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.desk.plan import typed
from tongxing.desk.plan.history import history, last_postponed
from tongxing.desk.plan.pieces import piece_of, pieces
from tongxing.programme import actions, queries
from tongxing.programme.catalogue import known, title_of
from tongxing.programme.models import Confirmation, Milestone, PlanTask
from tongxing.programme.permission import is_ours, may_confirm, may_look, may_report
from tongxing.programme.refusal import Refused
from tongxing.programme.states import confirmation, days_late, last_report, task_state
from tongxing.ui.clash import THEIRS, Clash, Clashes, kept

PAGE = 50
PARTS = {
    "": "全部",
    "late": "晚了",
    "climbed": "报到残工委",
    "blocked": "卡住了",
    "waiting": "等核定",
    "going": "在办",
    "not_started": "还没动",
    "done": "完成",
}


@dataclass(frozen=True)
class Row:
    """A task as a list says it. `state` is what the tag shows: what waits for the second person is told apart."""

    task: PlanTask
    title: str
    state: str
    said: str
    late: int
    is_mine: bool
    is_climbed: bool


@needs(Right.SEE_PLAN)
def tasks(request: HttpRequest) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    part, unit, words = (request.GET.get(key, "").strip() for key in ("part", "unit", "q"))
    if part not in PARTS:
        raise Http404("没有这一类任务。")
    rows = [row for row in _rows(actor, timezone.localdate()) if _is_asked(row, unit, words)]
    shown = [row for row in rows if _is_in(row, part)]
    page = Paginator(sorted(shown, key=lambda row: not row.is_mine), PAGE).get_page(request.GET.get("page"))
    kept = {key: value for key, value in (("part", part), ("unit", unit), ("q", words)) if value}
    context = {
        "page": page,
        "rows": page.object_list,
        "mine": sum(row.is_mine for row in rows),
        "parts": [
            {
                "name": name,
                "count": sum(_is_in(row, key) for row in rows),
                "url": _url(kept, part=key),
                "current": key == part,
            }
            for key, name in PARTS.items()
        ],
        "others": _others(actor, timezone.localdate()) if part == "climbed" else [],
        "units": Counter(PlanTask.objects.values_list("unit", flat=True)).most_common(),
        "unit": unit,
        "words": words,
        "part": part,
        "filters": _filters(kept, unit, words),
        "base": _url(kept) or "?",
        "today": timezone.localdate(),
    }
    return render(request, "desk/plan/register/tasks.html", context)


def _rows(actor: Actor, today: date) -> list[Row]:
    climbed = {climb.task_id for climb in queries.climbed("", today)}
    return [_row(actor, task, today, task.pk in climbed) for task in queries.tasks()]


def _row(actor: Actor, task: PlanTask, today: date, is_climbed: bool) -> Row:
    report, state, claim = last_report(task, today), task_state(task, today), confirmation(task)
    is_waiting = claim is not None and claim.state == Confirmation.State.WAITING
    said = claim.words if claim else (report.blocker or report.comment) if report else ""
    return Row(
        task=task,
        title=title_of(task.clause),
        state="waiting" if is_waiting else state,
        said=said,
        late=days_late(task.due_date, today) if state == PlanTask.State.LATE else 0,
        is_mine=actor.department is not None and is_ours(actor, (task.unit,), task.place_code),
        is_climbed=is_climbed,
    )


def _is_in(row: Row, part: str) -> bool:
    return not part or row.state == part or (part == "climbed" and row.is_climbed)


def _is_asked(row: Row, unit: str, words: str) -> bool:
    return (not unit or row.task.unit == unit) and (not words or words in row.title or words == row.task.clause)


def overview(actor: Actor, today: date) -> dict[str, Any]:
    """For the cockpit: what is late by unit, what waits for a second person, what stands before the committee."""
    late = queries.late_tasks("", today)
    return {
        "late": len(late),
        "units": Counter(task.unit for task in late).most_common(5),
        "waiting": len(queries.waiting_tasks("")),
        "climbed": sum(climb.task_id is not None for climb in queries.climbed("", today)),
        "others": len(_others(actor, today)),
    }


def _others(actor: Actor, today: date) -> list[dict[str, Any]]:
    """Milestones and documents of the actor's area that stand before its committee, the longest overdue first."""
    found = []
    for climb in queries.climbed(actor.prefix, today):
        of = climb.document or (climb.milestone and climb.milestone.project)
        if of is None:  # a task, or a milestone of one: the list above has it
            continue
        is_document = climb.document is not None
        plan = (known().documents if is_document else known().projects).get(of.key)
        if plan is None:
            continue
        name = plan.name if climb.milestone is None else f"{plan.name}：{climb.milestone.name}"
        url = reverse("desk:plan-document" if is_document else "desk:plan-project", args=[of.key])
        late = days_late(climb.due_date, today)
        found.append(
            {"name": name, "of": "文件" if is_document else "项目", "url": url, "due": climb.due_date, "late": late}
        )
    return found


def _url(kept: Mapping[str, str], **changes: str) -> str:
    return "?" + urlencode({key: value for key, value in (dict(kept) | changes).items() if value})


def _filters(kept: Mapping[str, str], unit: str, words: str) -> list[tuple[str, str]]:
    found = [(f"牵头：{unit}", _url(kept, unit=""))] if unit else []
    return [*found, (f"说到“{words}”", _url(kept, q=""))] if words else found


def _load(request: HttpRequest, clause_id: str) -> PlanTask:
    task = queries.task_for(request.actor, clause_id)  # type: ignore[attr-defined]
    if task is None or task.clause not in known().clauses:
        raise Http404("规划里没有这一条任务。")
    return task


@needs(Right.SEE_PLAN)
def task(request: HttpRequest, clause_id: str) -> HttpResponse:
    return _show(request, _load(request, clause_id))


def _show(request: HttpRequest, task: PlanTask, wrong: tuple[str, str] | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today, claim = timezone.localdate(), confirmation(task)
    is_done = claim is not None and claim.state == Confirmation.State.CONFIRMED
    context = {
        "clash": _clash(request, task) if wrong else None,
        "row": _row(actor, task, today, task.climbs.filter(due_date=task.due_date).exists()),
        "task": task,
        "clause": known().clauses[task.clause],
        "asked_clause": request.resolver_match.kwargs["clause_id"] if request.resolver_match else "",
        "report": last_report(task, today),
        "claim": claim,
        "is_done": is_done,
        "may_report": may_report(actor, task) and not is_done,
        "may_confirm": may_confirm(actor, task),
        "is_second": claim is not None and _is_second(actor, task, claim),
        "milestones": task.milestones.all(),
        "pieces": pieces(task),
        "may_look": may_look(actor, task),
        "history": history(task),
        "projects": [(known().projects[row.key], row) for row in queries.projects_for(task.clause)],
        "documents": [(known().documents[row.key], row) for row in queries.documents_for(task.clause)],
        "typed": request.POST,
        "wrong": [wrong] if wrong else [],
        "once": typed.new_key(),
        "today": today,
    }
    return render(request, "desk/plan/register/task.html", context, status=422 if wrong else 200)


def _is_second(actor: Actor, task: PlanTask, claim: Confirmation) -> bool:
    """The page offers the button only to whoever may press it; the verb checks again."""
    handed = {claim.by_user_id, *task.evidence.values_list("by_user_id", flat=True)}
    handed |= {report.by_user_id for report in task.reports.all()}
    return claim.state == Confirmation.State.WAITING and may_confirm(actor, task) and actor.user_id not in handed


def _report(by: Actor, task: PlanTask, request: HttpRequest) -> None:
    form = request.POST
    words, blocker = form.get("comment", ""), form.get("blocker", "")
    actions.report(by=by, task=task, comment=words, blocker=blocker, as_of=typed.day(form, "day", "截到哪一天"))


def _evidence(by: Actor, task: PlanTask, request: HttpRequest) -> None:
    actions.add_evidence(by=by, of=task, name=request.POST.get("name", ""), content=typed.file(request))


def _claim(by: Actor, task: PlanTask, request: HttpRequest) -> None:
    done = typed.day(request.POST, "day", "哪天做完的")
    actions.claim_done(by=by, task=task, words=request.POST.get("words", ""), done_date=done)


def _milestone(by: Actor, task: PlanTask, request: HttpRequest) -> None:
    due = typed.day(request.POST, "day", "期限")
    actions.add_milestone(by=by, of=task, name=request.POST.get("name", ""), due_date=due)


def _reach(by: Actor, task: PlanTask, request: HttpRequest) -> None:
    reach(by, task.milestones.filter(key=request.POST.get("milestone", "")).first(), request)


def reach(by: Actor, milestone: Milestone | None, request: HttpRequest) -> None:
    """Also for the milestones of projects."""
    if milestone is None:
        raise Refused("没有这个节点。")
    of = milestone.task or milestone.project
    assert of is not None
    piece = piece_of(of, request.POST.get("piece", ""))
    on = typed.day(request.POST, "day", "哪天到的")
    actions.reach_milestone(by=by, milestone=milestone, reached_date=on, evidence=piece)


def _postpone(by: Actor, task: PlanTask, request: HttpRequest) -> None:
    until = typed.day(request.POST, "day", "新的期限")
    seen = typed.day(request.POST, "seen", "原来的期限") if request.POST.get("seen") else None
    if kept(request.POST, "day") != THEIRS:
        actions.postpone(by=by, task=task, due_date=until, words=request.POST.get("words", ""), seen=seen)


def _clash(request: HttpRequest, task: PlanTask) -> Clashes | None:
    """The day that another gave beside the one that was typed, where both were given at once (D17)."""
    form, last = request.POST, last_postponed(task)
    if form.get("what") != "postpone" or last is None or form.get("seen", "") in ("", last["until"]):
        return None
    entry, theirs = last["entry"], f"{last['until']}，因为：{last['words']}"
    mine = f"{form.get('day', '')}，因为：{form.get('words', '')}"
    hidden = {name: form.get(name, "") for name in ("what", "day", "words")}
    hidden |= {"seen": task.due_date.isoformat(), "once": typed.new_key()}
    field = Clash("day", "期限", form.get("seen", ""), theirs, mine)
    return Clashes(request.path, entry.actor_label, entry.at, [field], hidden)


VERBS: dict[str, typed.Verb] = {
    "report": _report,
    "evidence": _evidence,
    "claim": _claim,
    "milestone": _milestone,
    "reach": _reach,
    "postpone": _postpone,
    "confirm": lambda by, task, request: actions.confirm_done(by=by, task=task, words=request.POST.get("words", "")),
    "reject": lambda by, task, request: actions.reject_done(by=by, task=task, words=request.POST.get("words", "")),
}
SAID = {
    "report": "进展记下了。",
    "evidence": "凭据收下了。",
    "claim": "报了完成，等第二个人核定。",
    "milestone": "节点加上了。",
    "reach": "节点记下了。",
    "postpone": "期限改好了。",
    "confirm": "核定了，这一项完成。",
    "reject": "没有核定，退回去接着做。",
}


@require_POST
@needs(Right.SEE_PLAN)
def do(request: HttpRequest, clause_id: str) -> HttpResponse:
    """One press on the page of a task. What cannot be done comes back with the reason and with what was typed."""
    task = _load(request, clause_id)
    if wrong := typed.act(request, task, VERBS):
        return _show(request, _load(request, clause_id), wrong)
    stays = kept(request.POST, "day") == THEIRS
    messages.success(request, "没有改，留下了对方写的期限。" if stays else SAID[request.POST["what"]])
    return redirect("desk:plan-task", clause_id=clause_id)
