"""Cases: my queue, one case with what we know and what the rule says, and every step as one form."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.casework import actions, clocks, queries
from tongxing.casework.models import Case, Objection
from tongxing.casework.refusal import Refused
from tongxing.desk import casebook
from tongxing.desk.heard import on_case
from tongxing.journal.actions import OtherContent, once
from tongxing.lists import filters
from tongxing.organisation import queries as divisions
from tongxing.proposals import actions as proposals
from tongxing.registry.actions import look_at
from tongxing.reviews import actions as reviews

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """What the queue's URL asks for, kept on every link of its cases, so that "next" stays in the same queue."""

    actor: Actor
    wanted: queries.Wanted

    @property
    def query(self) -> str:
        kept = {"part": self.wanted.part, "service": self.wanted.service, "sort": self.wanted.sort}
        plain = {"part": "open", "service": "", "sort": "due"}
        said = {key: value for key, value in kept.items() if value != plain[key]}
        return "?" + urlencode(said) if said else ""


def asked(request: HttpRequest) -> Asked:
    """Raises 404 for a part or service that does not exist."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        return Asked(actor, filters.queue_filter(request.GET.dict()))
    except ValueError as why:
        raise Http404(str(why)) from why


@needs(Right.WORK_CASE)
def queue(request: HttpRequest) -> HttpResponse:
    """The cases that wait for me, the most urgent first."""
    wanted = asked(request)
    pages = Paginator(queries.in_queue(wanted.actor, wanted.wanted).select_related("person"), PAGE)
    page = pages.get_page(request.GET.get("page"))
    known = divisions.names()
    rows = [casebook.row(wanted.actor, case, task, known) for case, task in queries.with_tasks(page.object_list)]
    first = queries.next_in_queue(wanted.actor, wanted.wanted)
    context = {
        "rows": rows,
        "page": page,
        "parts": casebook.parts(wanted.actor, wanted.wanted),
        "services": casebook.service_links(wanted.actor, wanted.wanted),
        "base": wanted.query or "?",
        "query": wanted.query,
        "first": first,
        "to_confirm": queries.to_confirm(wanted.actor)[:20],
        "place": known.get(wanted.actor.division_code, ""),
        "wanted": wanted.wanted,
        "keep": ("cases", wanted.query.removeprefix("?")),
    }
    return render(request, "desk/cases/queue.html", context)


def load(request: HttpRequest, number: str) -> Case:
    """The case, or the same 404 for none and for somebody else's."""
    case = queries.case_for(request.actor, number)  # type: ignore[attr-defined]
    if case is None:
        raise Http404("在您的辖区里没有找到这一件。")
    return case


@needs(Right.WORK_CASE)
def show(request: HttpRequest, number: str) -> HttpResponse:
    case, wanted = load(request, number), asked(request)
    look_at(person=case.person, by=wanted.actor)
    context = casebook.page(wanted.actor, case) | on_case(case) | _around(wanted, case)
    return render(request, "desk/cases/case.html", context)


def _around(wanted: Asked, case: Case) -> dict[str, Any]:
    """The way back, and the neighbours in the queue from which the case was opened."""
    numbers = list(queries.in_queue(wanted.actor, wanted.wanted).values_list("number", flat=True)[:2000])
    here = numbers.index(case.number) if case.number in numbers else None
    before = numbers[here - 1] if here else None
    after = numbers[here + 1] if here is not None and here + 1 < len(numbers) else None
    return {
        "query": wanted.query,
        "before": before,
        "after": after,
        "place_in_queue": None if here is None else here + 1,
        "queue_size": len(numbers),
    }


@require_POST
@needs(Right.WORK_CASE)
def do(request: HttpRequest, number: str) -> HttpResponse:
    """One step on the case. What cannot be done comes back with the reason and with what was typed."""
    case, wanted = load(request, number), asked(request)
    what = request.POST.get("what", "")
    if what not in DO:
        return _again(request, wanted, case, "请先选一个：通过、退回、转出，或作决定。")
    try:
        content = {key: str(value) for key, value in request.POST.items() if key not in ("csrfmiddlewaretoken", "once")}
        work = _worker(wanted.actor, case, what, request.POST)
        once(key=request.POST.get("once") or secrets.token_hex(12), content={"case": number} | content, work=work)
    except (Refused, OtherContent, PermissionDenied) as why:
        case.refresh_from_db()
        return _again(request, wanted, case, str(why))
    messages.success(request, f"{case.number} {case.person.name}：{SAID[what]}。", extra_tags=case.number)
    if request.POST.get("then") == "next":
        following = queries.next_in_queue(wanted.actor, wanted.wanted, case)
        place = reverse("desk:case", args=[following.number]) if following else reverse("desk:cases")
        return redirect(place + wanted.query)
    return redirect(reverse("desk:case", args=[number]) + wanted.query)


def _worker(by: Actor, case: Case, what: str, form: QueryDict) -> Callable[[], str]:
    def work() -> str:
        DO[what](by, case, form)
        return case.number

    return work


def _again(request: HttpRequest, wanted: Asked, case: Case, why: str) -> HttpResponse:
    look_at(person=case.person, by=wanted.actor)
    context = casebook.page(wanted.actor, case, typed=request.POST) | on_case(case) | _around(wanted, case)
    return render(request, "desk/cases/case.html", context | {"wrong": [(_field(request), why)]}, status=422)


def _field(request: HttpRequest) -> str:
    return {"hand_back": "item", "forward": "role", "give_account": "account"}.get(
        request.POST.get("what", ""), "reason"
    )


def _decides(result: str) -> Callable[[Actor, Case, QueryDict], Any]:
    def work(by: Actor, case: Case, form: QueryDict) -> Any:
        return actions.decide(by=by, case=case, result=result, reason=form.get("reason", ""))

    return work


def _confirms(agrees: bool) -> Callable[[Actor, Case, QueryDict], Any]:
    def work(by: Actor, case: Case, form: QueryDict) -> Any:
        decision = queries.standing_decision(case)
        if decision is None:
            raise Refused("这一件没有等确认的决定。")
        return actions.confirm(by=by, decision=decision, agrees=agrees)

    return work


def _objection(by: Actor, case: Case, form: QueryDict) -> Objection:
    key = form.get("objection", "")
    found = queries.objection_for(by, case.number, int(key)) if key.isdigit() else None
    if found is None:
        raise Refused("没有这条意见。")
    return found


def _words(form: QueryDict) -> str:
    return form.get("reason", "")


DO: dict[str, Callable[[Actor, Case, QueryDict], Any]] = {
    "claim": lambda by, case, form: actions.claim(by=by, case=case),
    "release": lambda by, case, form: actions.release(by=by, case=case),
    "accept": lambda by, case, form: actions.accept(by=by, case=case),
    "hand_back": lambda by, case, form: actions.hand_back(
        by=by, case=case, item=form.get("item", ""), words=_words(form)
    ),
    "receive": lambda by, case, form: actions.receive(by=by, case=case, item=form.get("item", "")),
    "forward": lambda by, case, form: actions.forward(by=by, case=case, role=form.get("role", ""), words=_words(form)),
    "advise": lambda by, case, form: actions.advise(by=by, case=case, words=_words(form)),
    "agree": lambda by, case, form: proposals.agree(by=by, case=case, words=_words(form)),
    "turn_down": lambda by, case, form: proposals.turn_down(by=by, case=case, words=_words(form)),
    "call_back": lambda by, case, form: proposals.call_back(by=by, case=case),
    "granted": _decides("granted"),
    "refused": _decides("refused"),
    "stopped": _decides("stopped"),
    "kept": _decides("kept"),
    "confirm": _confirms(True),
    "reject": _confirms(False),
    "delivered": lambda by, case, form: actions.delivered(by=by, case=case, words=_words(form)),
    "pause": lambda by, case, form: actions.pause(by=by, case=case, reason=form.get("why", "")),
    "resume": lambda by, case, form: actions.resume(by=by, case=case),
    "undo": lambda by, case, form: actions.undo(by=by, case=case),
    "withdraw": lambda by, case, form: actions.withdraw(by=by, case=case, words=_words(form)),
    "give_account": lambda by, case, form: reviews.give_account(by=by, case=case, number=form.get("account", "")),
    "answer_objection": lambda by, case, form: actions.answer_objection(
        by=by, objection=_objection(by, case, form), answer=_words(form)
    ),
    "appeal": lambda by, case, form: reviews.appeal(by=by, case=case, words=_words(form)),
}
SAID = {
    "claim": "您领办了",
    "release": "放回队列了",
    "accept": "通过，转到下一步",
    "hand_back": "退回补一样",
    "receive": "记下收到了，时钟接着走",
    "forward": "转给别的单位先看",
    "advise": "看过，交回了",
    "agree": "记下本人同意",
    "turn_down": "记下本人不要",
    "call_back": "记下本人要先打电话",
    "granted": "批准",
    "refused": "不批准",
    "stopped": "停发",
    "kept": "照发",
    "confirm": "您确认了这个决定",
    "reject": "您没有同意，退回重新办",
    "delivered": "记下已落实",
    "pause": "时钟停了",
    "resume": "时钟接着走",
    "undo": "撤销了上一步",
    "withdraw": "记下本人撤回",
    "give_account": "记下新账户，下个月一起发",
    "answer_objection": "记下核实的结果",
    "appeal": "记下本人不同意，换人复核",
}


@needs(Right.WORK_CASE)
def stations(request: HttpRequest) -> HttpResponse:
    """For a supervisor: what lies where in the area, and with whom; no ranking."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    context = {"today": clocks.today(), "stations": casebook.stations(actor), "loads": queries.loads(actor)}
    return render(request, "desk/cases/stations.html", context)
