"""“我能得到什么” signed in: by what is held, nothing asked twice; a missing fact is told, a right asked for, here."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.casework.actions import open_case
from tongxing.casework.queries import cases_of
from tongxing.casework.refusal import Refused
from tongxing.content.instance import pack
from tongxing.journal.actions import OtherContent, once
from tongxing.portal import own_rights
from tongxing.portal.frame import actor_of, look, person_of
from tongxing.registry.actions import Told, answer
from tongxing.registry.queries import household_of

TOLD_BY = {"resident": "本人说", "guardian": "监护人说"}
TOLD_BESIDE = "本人说，代办的人记的"
Wrong = tuple[str, str, str]  # the fact, what was typed, what is wrong with it


@needs(Right.OWN_AFFAIRS)
def rights(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, wrong: Wrong = ("", "", "")) -> HttpResponse:
    person, fact = look(request), wrong[0]
    cases = {case.policy: case.number for case in cases_of(actor_of(request), person) if case.waits}
    shown = own_rights.shown(own_rights.ground(person, timezone.localdate(), cases))
    asked = [each["fact"].name for each in shown["questions"]]
    context = shown | {
        "person": person,
        "once": secrets.token_hex(12),
        "wrong": {"fact": fact, "typed": wrong[1], "message": wrong[2]},
        "mistakes": [(f"{fact}-1" if fact in asked else "main", wrong[2])] if wrong[2] else [],
    }
    return render(request, "portal/my/rights.html", context, status=422 if wrong[2] else 200)


@require_POST
@needs(Right.OWN_AFFAIRS)
def tell(request: HttpRequest) -> HttpResponse:
    """One fact in the person's own words; what cannot be read comes back with how to write it."""
    actor, person = actor_of(request), person_of(request)
    fact, said = request.POST.get("fact", ""), request.POST.get("value", "").strip()
    told = Told(fact, said, TOLD_BY.get(actor.role, TOLD_BESIDE), timezone.localdate())

    def write() -> str:
        return f"status:{answer(person=person, household=household_of(person), told=told, by=actor).pk}"

    try:
        if not said:
            raise ValidationError("请先回答。不想说，就选“不想说”。")
        content = {"person": str(person.pk), "fact": fact, "value": said}
        once(key=request.POST.get("once") or secrets.token_hex(12), content=content, work=write)
    except (ValidationError, OtherContent) as why:
        message = why.messages[0] if isinstance(why, ValidationError) else str(why)
        return _page(request, (fact, said, str(message)))
    messages.success(request, f"记下了：{pack(settings.PACK).facts[fact].label}。下面已经重新算过。")
    return redirect("portal:rights")


@require_POST
@needs(Right.OWN_AFFAIRS)
def ask_for(request: HttpRequest) -> HttpResponse:
    """One press opens the case, or leads to the one that is open already."""
    try:
        case = open_case(by=actor_of(request), person=person_of(request), service=request.POST.get("service", ""))
    except Refused as why:
        return _page(request, ("", "", str(why)))
    messages.success(request, "收到了。下面写着谁在办，什么时候有结果。")
    return redirect("portal:case", number=case.number)
