"""Documents that the plan wants issued: by kind, and the page of one with its steps and its own indicators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.content.programme import DocumentPlan
from tongxing.desk.plan import typed
from tongxing.desk.plan.history import history
from tongxing.desk.plan.pieces import pieces
from tongxing.organisation import queries as divisions
from tongxing.programme import actions, queries
from tongxing.programme.actions.papers import Move, Told
from tongxing.programme.catalogue import city_code, known, title_of
from tongxing.programme.models import Document
from tongxing.programme.permission import may_look, may_report
from tongxing.programme.states import days_late, is_late_document

KINDS = {
    "county_plan": "县区自己的规划",
    "department_plan": "部门的实施方案",
    "scheme": "方案和计划",
    "regulation": "办法和通知",
    "report": "评估报告",
}
WAYS = {"": "全部", "late": "晚了", "open": "还没印发", "issued": "印发了"}


@dataclass(frozen=True)
class Row:
    document: Document
    plan: DocumentPlan
    place: str
    late: int

    @property
    def is_issued(self) -> bool:
        return self.document.issued_date is not None


@needs(Right.SEE_PLAN)
def documents(request: HttpRequest) -> HttpResponse:
    way = request.GET.get("show", "")
    if way not in WAYS:
        raise Http404("没有这一类文件。")
    today, names, found = timezone.localdate(), divisions.names(), queries.documents_by_kind()
    rows = {kind: [row_of(document, today, names) for document in found.get(kind, [])] for kind in KINDS}
    every = [row for group in rows.values() for row in group]
    context = {
        "groups": [(KINDS[kind], [row for row in group if _is_in(row, way)]) for kind, group in rows.items()],
        "ways": [
            {
                "name": name,
                "count": sum(_is_in(row, key) for row in every),
                "url": f"?show={key}",
                "current": key == way,
            }
            for key, name in WAYS.items()
        ],
        "total": sum(_is_in(row, way) for row in every),
    }
    return render(request, "desk/plan/register/documents.html", context)


def row_of(document: Document, today: date, names: dict[str, str]) -> Row:
    plan = known().documents[document.key]
    late = days_late(plan.due_date, today) if plan.due_date and is_late_document(document, plan.due_date, today) else 0
    return Row(document, plan, names.get(document.place_code, "") if document.place_code != city_code() else "", late)


def _is_in(row: Row, way: str) -> bool:
    return {"": True, "late": row.late > 0, "open": not row.is_issued, "issued": row.is_issued}[way]


def _load(document_key: str) -> Document:
    """Every document is the plan's own and public; what may be done on it the verbs know."""
    document = queries.document(document_key)
    if document is None:
        raise Http404("规划里没有这份文件。")
    return document


@needs(Right.SEE_PLAN)
def document(request: HttpRequest, document_key: str) -> HttpResponse:
    return _show(request, _load(document_key))


def _show(request: HttpRequest, document: Document, wrong: tuple[str, str] | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    row = row_of(document, timezone.localdate(), divisions.names())
    context = {
        "row": row,
        "document": document,
        "plan": row.plan,
        "kind": KINDS[row.plan.kind],
        "clauses": [(clause, title_of(clause)) for clause in row.plan.clauses],
        "states": _states(document),
        "following": _following(document),
        "steps": document.steps.all(),
        "indicators": [(one, _plain(one.target), _plain(one.value)) for one in document.indicators.all()],
        "has_indicators": row.plan.kind == "county_plan",
        "may_report": may_report(actor, document),
        "may_look": may_look(actor, document),
        "pieces": pieces(document),
        "history": history(document),
        "typed": request.POST,
        "wrong": [wrong] if wrong else [],
        "once": typed.new_key(),
        "today": timezone.localdate(),
    }
    return render(request, "desk/plan/register/document.html", context, status=422 if wrong else 200)


def _states(document: Document) -> list[tuple[str, str]]:
    """(label, done, now or '') of each state on the way."""
    states = list(Document.State)[1:]
    here = list(Document.State).index(Document.State(document.state)) - 1
    reached = here if document.issued_date is None else here + 1
    return [(str(s.label), "done" if at < reached else "now" if at == here else "") for at, s in enumerate(states)]


def _following(document: Document) -> list[Document.State]:
    """The next ones first, then those that it may go back to; what is issued only comes into force."""
    states, here = list(Document.State), Document.State(document.state)
    if document.issued_date is not None:
        return [state for state in states[-1:] if state != here]
    at = states.index(here)
    return states[at + 1 : -1] + states[1:at]


def _plain(number: Decimal | None) -> str:
    """420.00 → 420; '' for what nobody knows."""
    return "" if number is None else f"{number.normalize():f}"


def _move(by: Actor, document: Document, request: HttpRequest) -> None:
    form = request.POST
    on = typed.day(form, "day", "哪一天")
    move = Move(form.get("to", ""), on, form.get("words", ""), form.get("number", ""))
    actions.advance_document(by=by, document=document, move=move)


def _evidence(by: Actor, document: Document, request: HttpRequest) -> None:
    actions.add_evidence(by=by, of=document, name=request.POST.get("name", ""), content=typed.file(request))


def _indicator(by: Actor, document: Document, request: HttpRequest) -> None:
    form = request.POST
    value = typed.number(form, "value", "现在的数")
    told = Told(
        name=form.get("name", ""),
        unit=form.get("unit", ""),
        target=typed.number(form, "target", "目标"),
        value=value,
        value_date=None if value is None else typed.day(form, "day", "哪天的数"),
    )
    actions.set_indicator(by=by, document=document, told=told)


VERBS: dict[str, typed.Verb] = {"move": _move, "evidence": _evidence, "indicator": _indicator}
SAID = {"move": "记下了，文件走了一步。", "evidence": "文件收下了。", "indicator": "指标记下了。"}


@require_POST
@needs(Right.SEE_PLAN)
def do(request: HttpRequest, document_key: str) -> HttpResponse:
    """One press on the page of a document. What cannot be done comes back with the reason and with what was typed."""
    if wrong := typed.act(request, _load(document_key), VERBS):
        return _show(request, _load(document_key), wrong)
    messages.success(request, SAID[request.POST["what"]])
    return redirect("desk:plan-document", document_key=document_key)
