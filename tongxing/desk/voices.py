"""Writing down what the person says for themselves, and where guardian and ward may not want the same (S29)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, fresh, needs
from tongxing.accounts.rights import Right
from tongxing.desk import cases, people
from tongxing.registry.models import Person
from tongxing.residents.actions import ask_for_payee, hear, raise_conflict, settle_conflict, settle_payee
from tongxing.residents.voices import waiting_payee


@require_POST
@needs(Right.WORK_CASE)
def voice(request: HttpRequest, number: str) -> HttpResponse:
    case, actor = cases.load(request, number), _actor(request)
    how, words = request.POST.get("how", ""), request.POST.get("voice", "")
    try:
        hear(by=actor, person=case.person, case_number=case.number, how=how, words=words)
    except ValidationError as why:
        messages.error(request, why.messages[0])
    else:
        messages.success(request, "记下了本人的话。")
    return redirect("desk:case", number=number)


@require_POST
@needs(Right.SEE_PERSON, Right.WORK_CASE)
def conflict(request: HttpRequest, person_id: int) -> HttpResponse:
    person, actor = people.load(request, person_id), _actor(request)
    try:
        if request.POST.get("what") == "settle":
            settle_conflict(by=actor, person=person)
            messages.success(request, "记下了：看过，了结了。")
        else:
            raise_conflict(
                by=actor, person=person, kind=request.POST.get("kind", ""), words=request.POST.get("words", "")
            )
            messages.success(request, "记下了。从现在起，作决定要两个人看过。")
    except (ValidationError, PermissionDenied) as why:
        messages.error(request, why.messages[0] if isinstance(why, ValidationError) else str(why))
    return redirect("desk:person-family", person_id=person_id)


@require_POST
@needs(Right.SEE_PERSON, Right.WORK_CASE)
@fresh()
def payee(request: HttpRequest, person_id: int) -> HttpResponse:
    """Another account while a conflict stands: one asks, another says yes or no."""
    person, actor, what = people.load(request, person_id), _actor(request), request.POST.get("what", "")
    try:
        if what in ("agree", "refuse"):
            _settle_payee(request, actor, person, agrees=what == "agree")
        else:
            ask_for_payee(by=actor, person=person, number=request.POST.get("account", ""))
            messages.success(request, "记下了。另一个人看过，钱才到新账户。")
    except (ValidationError, PermissionDenied) as why:
        messages.error(request, why.messages[0] if isinstance(why, ValidationError) else str(why))
    return redirect("desk:person-family", person_id=person_id)


def _settle_payee(request: HttpRequest, actor: Actor, person: Person, *, agrees: bool) -> None:
    change = waiting_payee(person)
    if change is None:
        messages.info(request, "这一个已经看过了。")
        return
    settle_payee(by=actor, change=change, agrees=agrees)
    messages.success(request, "换了。从下一次发放起，钱到新账户。" if agrees else "没有换，钱还到原来的账户。")


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
