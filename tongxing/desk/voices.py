"""Writing down what the person says for themselves, and where guardian and ward may not want the same (S29)."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.desk import cases, people
from tongxing.residents.actions import hear, raise_conflict, settle_conflict


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


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor
