"""Somebody brings the ID card to what they sent without an account: the case is opened, or the card is another's."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.applications.actions import Seen, identify, turn_away
from tongxing.applications.guests import UNSURE, Guest, held_person, opened_key, said_who
from tongxing.applications.models import IdentityCheck
from tongxing.applications.queries import certificate_service, check_for, free_slots
from tongxing.casework.catalogue import known
from tongxing.casework.refusal import Refused
from tongxing.desk import words
from tongxing.lib.contact import mask_phone
from tongxing.lib.identity import mask
from tongxing.organisation import queries as divisions
from tongxing.registry.queries import person_for

NO = "no"  # what is pressed: it is another's card
MOST = 12  # hours offered


def service_name(service: str) -> str:
    found = known().get(service)
    return found.name if found else service


@needs(Right.SEE_PERSON, Right.OPEN_CASE)
def look(request: HttpRequest, check_id: int) -> HttpResponse:
    """Numbers stay masked: the officer types what stands on the card, and is told whether it is the same."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    check = check_for(actor, check_id)
    if check is None:
        raise Http404("这一份不在您这里，或者已经对过了。")
    if request.method != "POST":
        return _page(request, check)
    try:
        return _done(request, actor, check)
    except (Refused, ValidationError, PermissionDenied) as why:
        return _page(request, check, why.messages[0] if isinstance(why, ValidationError) else str(why))


def _done(request: HttpRequest, actor: Actor, check: IdentityCheck) -> HttpResponse:
    said = request.POST
    if said.get("go") == NO:
        turn_away(by=actor, check=check, reason=said.get("reason", ""))
        messages.success(request, f"{check.spoken_number} 没有办，给本人发了短信。")
        return redirect("desk:requests")
    seen = Seen(said.get("id_number", ""), said.get("village", ""), said.get("slot", ""))
    case = identify(by=actor, check=check, seen=seen)
    messages.success(request, "证件对上了，已经开件。")
    return redirect("desk:case", number=case.number)


def _page(request: HttpRequest, check: IdentityCheck, wrong: str = "") -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    who, draft, service = said_who(check), check.draft, certificate_service()
    assert who is not None and draft is not None
    guest, held = Guest(draft, opened_key(draft)), held_person(who)
    own = person_for(actor, held.pk) if held else None
    needs_hour = service is not None and service.id == check.service and guest.said.get("home") == ["no"]
    known_divisions = divisions.names()
    anchor = "reason" if request.POST.get("go") == NO else "village" if "哪个村" in wrong else "id_number"
    context: dict[str, Any] = {
        "check": check,
        "service": service_name(check.service),
        "who": who,
        "id_number": mask(who.id_number),
        "phone": mask_phone(who.phone),
        "town": divisions.path_name(who.township, known_divisions),
        "held": held,
        "own": own,
        "facts": [(words.fact_label(name), words.typed_value(name, said)) for name, said in guest.facts.items()],
        "unsure": [words.fact_label(name) for name in guest.said.get(UNSURE, [])],
        "papers": len(guest.papers),
        "villages": [] if held else divisions.parts_of(check.township_code),
        "slots": free_slots(own, timezone.localdate())[:MOST] if needs_hour else [],
        "slot": guest.said.get("slot", [""])[0],
        "typed": request.POST,
        "mistakes": [(anchor, wrong)] if wrong else [],
    }
    return render(request, "desk/identity.html", context, status=422 if wrong else 200)
