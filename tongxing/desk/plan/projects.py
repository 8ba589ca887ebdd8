"""Projects: money, results and satisfaction beside each other, and the page of one with its entries and pictures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, fresh, needs
from tongxing.accounts.rights import Right
from tongxing.content.programme import ProjectPlan
from tongxing.desk.plan import typed
from tongxing.desk.plan.history import history
from tongxing.desk.plan.pieces import piece_of, pieces
from tongxing.desk.plan.tasks import reach
from tongxing.organisation import queries as divisions
from tongxing.programme import actions, queries
from tongxing.programme.actions.money import Bill, Grant
from tongxing.programme.catalogue import city_code, known, title_of
from tongxing.programme.figures import ProjectFigures
from tongxing.programme.models import Milestone, Project, ProjectPayment, Source
from tongxing.programme.permission import is_ours, may_look, may_report
from tongxing.programme.refusal import Refused
from tongxing.programme.states import is_late_milestone

KINDS = {"build": "建设", "buy": "购买", "serve": "服务", "support": "扶持", "event": "活动"}
SORTS = {"": "按规划的次序", "cost": "每个花得多的在前", "satisfaction": "满意度低的在前", "late": "晚得久的在前"}


@dataclass(frozen=True)
class Row:
    project: Project
    plan: ProjectPlan
    figures: ProjectFigures
    place: str
    next: Milestone | None
    late: int
    is_mine: bool

    @property
    def kind(self) -> str:
        return KINDS[self.plan.kind]


@needs(Right.SEE_PLAN)
def projects(request: HttpRequest) -> HttpResponse:
    """Cost per result and satisfaction beside each other, so that neither is read alone (s3.2)."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    kind, sort = request.GET.get("kind", ""), request.GET.get("sort", "")
    if (kind and kind not in KINDS) or sort not in SORTS:
        raise Http404("没有这一类项目。")
    today, names = timezone.localdate(), divisions.names()
    every = [row_of(actor, project, today, names) for project in queries.projects()]
    rows = [row for row in every if not kind or row.plan.kind == kind]
    context = {
        "rows": _sorted(rows, sort),
        "kinds": [_tab(key, name, every, kind, sort) for key, name in {"": "全部", **KINDS}.items()],
        "kind": kind,
        "sorts": SORTS.items(),
        "sort": sort,
        "budget_fen": sum(row.figures.budget_fen for row in rows),
        "received_fen": sum(row.figures.received_fen for row in rows),
        "paid_fen": sum(row.figures.paid_fen for row in rows),
        "late": sum(row.late > 0 for row in rows),
    }
    return render(request, "desk/plan/register/projects.html", context)


def _tab(key: str, name: str, every: list[Row], kind: str, sort: str) -> dict[str, Any]:
    url = "?" + urlencode({word: value for word, value in (("kind", key), ("sort", sort)) if value})
    count = sum(not key or row.plan.kind == key for row in every)
    return {"name": name, "count": count, "url": url, "current": key == kind}


def row_of(actor: Actor, project: Project, today: date, names: dict[str, str]) -> Row:
    plan, milestones = known().projects[project.key], list(project.milestones.all())
    upcoming = next((m for m in milestones if m.reached_date is None), None)
    late = (today - upcoming.due_date).days if upcoming and is_late_milestone(upcoming, today) else 0
    return Row(
        project=project,
        plan=plan,
        figures=queries.project_figures(project),
        place=names.get(project.place_code, "") if project.place_code != city_code() else "全市",
        next=upcoming,
        late=late,
        is_mine=actor.department is not None and is_ours(actor, plan.units, project.place_code),
    )


def _sorted(rows: list[Row], sort: str) -> list[Row]:
    """What is not known comes last."""
    if sort == "cost":
        return sorted(rows, key=lambda row: -(row.figures.cost_per_result_fen or 0))
    if sort == "satisfaction":
        return sorted(rows, key=lambda row: 2 if row.figures.satisfaction is None else row.figures.satisfaction)
    return sorted(rows, key=lambda row: -row.late) if sort == "late" else rows


def _load(project_key: str) -> Project:
    """Every project is the plan's own and public; what may be done on it the verbs know."""
    project = queries.project(project_key)
    if project is None:
        raise Http404("规划里没有这个项目。")
    return project


@needs(Right.SEE_PLAN)
def project(request: HttpRequest, project_key: str) -> HttpResponse:
    return _show(request, _load(project_key))


def _show(request: HttpRequest, project: Project, wrong: tuple[str, str] | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    today, plan = timezone.localdate(), known().projects[project.key]
    every = pieces(project)
    payments = list(project.payments.all())
    taken_back = {payment.corrects_id for payment in payments}
    context = {
        "row": row_of(actor, project, today, divisions.names()),
        "project": project,
        "plan": plan,
        "clauses": [(clause, title_of(clause)) for clause in plan.clauses],
        "may_report": may_report(actor, project),
        "may_look": may_look(actor, project),
        "pieces": every,
        "pictures": [piece for piece in every if piece.kind == "image/jpeg"],
        "payments": [(payment, payment.pk in taken_back) for payment in payments],
        "results": project.results.all(),
        "asked": project.satisfaction.all(),
        "milestones": [(m, is_late_milestone(m, today)) for m in project.milestones.all()],
        "sources": [(source, Source(source).label) for source in plan.funds],
        "history": history(project),
        "typed": request.POST,
        "wrong": [wrong] if wrong else [],
        "once": typed.new_key(),
        "today": today,
    }
    return render(request, "desk/plan/register/project.html", context, status=422 if wrong else 200)


def _fund(by: Actor, project: Project, request: HttpRequest) -> None:
    form = request.POST
    on = typed.day(form, "day", "哪一天")
    grant = Grant(
        form.get("source", ""), form.get("words", ""), on, typed.fen(form, "budget"), typed.fen(form, "received")
    )
    actions.add_fund(by=by, project=project, grant=grant)


def _pay(by: Actor, project: Project, request: HttpRequest) -> None:
    form = request.POST
    paid = typed.day(form, "day", "付款日")
    piece = piece_of(project, form.get("piece", ""))
    bill = Bill(form.get("source", ""), typed.fen(form, "amount"), paid, form.get("payee", ""), piece)
    actions.pay(by=by, project=project, bill=bill)


def _correct(by: Actor, project: Project, request: HttpRequest) -> None:
    number = request.POST.get("payment", "")
    payment = ProjectPayment.objects.filter(project=project, pk=int(number) if number.isdigit() else 0).first()
    if payment is None:
        raise Refused("没有这一笔付款。")
    actions.correct_payment(by=by, payment=payment, words=request.POST.get("words", ""))


def _result(by: Actor, project: Project, request: HttpRequest) -> None:
    form = request.POST
    on, count = typed.day(form, "day", "哪一天"), typed.whole(form, "count", "多少")
    actions.add_result(
        by=by, project=project, unit=form.get("unit", ""), count=count, words=form.get("words", ""), on=on
    )


def _satisfaction(by: Actor, project: Project, request: HttpRequest) -> None:
    form = request.POST
    asked, satisfied = typed.whole(form, "asked", "问了多少人"), typed.whole(form, "satisfied", "满意的")
    on, words = typed.day(form, "day", "哪一天"), form.get("words", "")
    actions.note_satisfaction(by=by, project=project, asked=asked, satisfied=satisfied, words=words, on=on)


def _reach(by: Actor, project: Project, request: HttpRequest) -> None:
    reach(by, project.milestones.filter(key=request.POST.get("milestone", "")).first(), request)


def _evidence(by: Actor, project: Project, request: HttpRequest) -> None:
    actions.add_evidence(by=by, of=project, name=request.POST.get("name", ""), content=typed.file(request))


MONEY: dict[str, typed.Verb] = {"fund": _fund, "pay": _pay, "correct": _correct}
OTHER: dict[str, typed.Verb] = {
    "result": _result,
    "satisfaction": _satisfaction,
    "reach": _reach,
    "evidence": _evidence,
}
SAID = {
    "fund": "钱记下了。",
    "pay": "付款记下了。",
    "correct": "这一笔更正了。",
    "result": "做成的数记下了。",
    "satisfaction": "满意度记下了。",
    "reach": "节点记下了。",
    "evidence": "凭据收下了。",
}


def _do(request: HttpRequest, project_key: str, verbs: dict[str, typed.Verb]) -> HttpResponse:
    """One press on the page of a project. What cannot be done comes back with the reason and with what was typed."""
    if wrong := typed.act(request, _load(project_key), verbs):
        return _show(request, _load(project_key), wrong)
    messages.success(request, SAID[request.POST["what"]])
    figures: Any = queries.project_figures(_load(project_key))
    if request.POST["what"] == "pay" and figures.overspent_fen:
        messages.warning(request, "付的已经超过预算。请核对，或先记追加的预算。")
    return redirect("desk:plan-project", project_key=project_key)


@require_POST
@needs(Right.SEE_PLAN)
def do(request: HttpRequest, project_key: str) -> HttpResponse:
    return _do(request, project_key, OTHER)


@require_POST
@needs(Right.SEE_PLAN)
@fresh()
def money(request: HttpRequest, project_key: str) -> HttpResponse:
    """Money is written down only by whoever proved lately who they are."""
    return _do(request, project_key, MONEY)
