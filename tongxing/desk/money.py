"""What one person is paid, month by month; a wrong stop taken back; what was paid too much, in small parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, may, needs
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.desk import people
from tongxing.lib.mistakes import BadNumber
from tongxing.lib.money import parse_yuan
from tongxing.payments import actions, queries
from tongxing.payments.models import Recovery
from tongxing.payments.months import after, this_month
from tongxing.payments.refusal import Refused
from tongxing.registry.actions import look_at
from tongxing.registry.models import Person

MONTHS = 12  # of payments shown for each award


@needs(Right.SEE_PERSON)
def show(request: HttpRequest, person_id: int, wrong: list[tuple[str, str]] | None = None) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    person = look_at(person=people.load(request, person_id), by=actor)
    context = {
        **people.head(person, actor, "money"),
        "awards": [_award(paid) for paid in queries.paid_to(person, this_month())],
        "recoveries": [_recovery(actor, recovery) for recovery in person.recoveries.order_by("-id")],
        "may_restore": may(actor, Right.DECIDE_CASE),
        "may_recover": may(actor, Right.BUILD_PAYMENTS),
        "wrong": wrong,
        "typed": request.POST,
    }
    return render(request, "desk/people/money.html", context, status=422 if wrong else 200)


def _award(paid: queries.Paid) -> dict[str, Any]:
    policies = pack(settings.PACK).policies
    return {
        "award": paid.award,
        "name": policies[paid.award.policy].name if paid.award.policy in policies else paid.award.policy,
        "monthly_fen": paid.monthly_fen,
        "payments": [
            {"payment": payment, "line": max(payment.lines.all(), key=lambda line: line.pk, default=None)}
            for payment in paid.payments[:MONTHS]
        ],
    }


def _recovery(actor: Actor, recovery: Recovery) -> dict[str, Any]:
    running = recovery.state == Recovery.State.RUNNING
    asked = recovery.asked_by_id is not None
    return {
        "recovery": recovery,
        "name": pack(settings.PACK).policies[recovery.policy].name,
        "may_ask": running and not asked and may(actor, Right.BUILD_PAYMENTS),
        "may_agree": running and asked and may(actor, Right.APPROVE_PAYMENTS) and recovery.asked_by_id != actor.user_id,
    }


@require_POST
@needs(Right.SEE_PERSON)
def do(request: HttpRequest, person_id: int) -> HttpResponse:
    """One verb on the person's money; what cannot be done comes back with the reason and what was typed."""
    person = people.load(request, person_id)
    what = request.POST.get("what", "")
    if what not in DO:
        raise Http404("没有这一步。")
    try:
        DO[what](request.actor, person, request.POST)  # type: ignore[attr-defined]
    except (Refused, BadNumber, PermissionDenied) as why:
        return show(request, person_id, wrong=[(what, str(why))])
    messages.success(request, SAID[what])
    return redirect("desk:person-money", person_id=person.pk)


def _restore(by: Actor, person: Person, form: QueryDict) -> None:
    award = person.awards.filter(pk=_whole(form.get("award"))).first()
    if award is None or not may(by, Right.DECIDE_CASE):
        raise Refused("没有这一项，或者这个账号不能恢复发放。")
    actions.restore(by=by, award=award, reason=form.get("reason", ""))


def _recover(by: Actor, person: Person, form: QueryDict) -> None:
    parts = [parse_yuan(form.get(name, "")) for name in ("total", "monthly", "floor")]
    plan = actions.Instalments(*parts, from_month=after(this_month()))
    actions.recover(by=by, person=person, policy=form.get("policy", ""), plan=plan, reason=form.get("reason", ""))


def _ask(by: Actor, person: Person, form: QueryDict) -> None:
    actions.ask_waiver(by=by, recovery=_of(person, form), reason=form.get("reason", ""))


def _agree(by: Actor, person: Person, form: QueryDict) -> None:
    actions.agree_waiver(by=by, recovery=_of(person, form))


def _of(person: Person, form: QueryDict) -> Recovery:
    found: Recovery | None = person.recoveries.filter(pk=_whole(form.get("recovery"))).first()
    if found is None:
        raise Refused("没有这个抵扣。")
    return found


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() and len(text) < 16 else 0


DO: dict[str, Callable[[Actor, Person, QueryDict], None]] = {
    "restore": _restore,
    "recover": _recover,
    "ask": _ask,
    "agree": _agree,
}
SAID = {
    "restore": "恢复发放了，停发期间少发的一并补上，下个月到账。",
    "recover": "记下了，从下个月起按月抵扣。",
    "ask": "提出免收了，等另一个人同意。",
    "agree": "同意免收，不再抵扣。",
}
