"""Where a visitor says a phone: to keep what was written, or to send it and say who it is for.

1. A code goes to whatever number was typed; every number gets the same pages.
2. Proved: kept for thirty days, or sent.
3. Sent: if the phone, the name and the ID number are one person's of the registry, they are in and look once more;
   everybody else reads one and the same page, and the township looks at the ID card.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tongxing.accounts.access import needs, open_to_all
from tongxing.accounts.actions import throttle
from tongxing.accounts.models import SignedIn
from tongxing.accounts.rights import Right
from tongxing.applications.actions import keep_as_guest, send_to_check, take_over, write_as_guest
from tongxing.applications.guests import WHO, Guest, Who, held_person
from tongxing.journal.actions import record
from tongxing.lib.contact import parse_phone
from tongxing.lib.identity import parse_resident_id
from tongxing.lib.mistakes import BadNumber
from tongxing.lib.text import normalise_name, normalise_number
from tongxing.organisation import queries as divisions
from tongxing.portal.frame import actor_of, person_of
from tongxing.portal.guest_key import drop_key, field_of, guest_in, offered, show_key
from tongxing.portal.guest_way import Way
from tongxing.portal.rights import TOLD_BESIDE, TOLD_BY
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.registry.queries import reachable_at, wards_of
from tongxing.residents.access import FOR, resident_actor
from tongxing.residents.actions import account_of, ask_for_code, prove_number
from tongxing.residents.actions.codes import WRONG, is_on_its_way
from tongxing.residents.fingerprints import fingerprint
from tongxing.signing.sessions import address_of, sign_in_as

CODE = "guest"  # in the session of a visitor: the browser's key for the code, and what it is for
KEEP, SEND = "keep", "send"
LONGEST = 60
NO_PHONE = "请写手机号。没有手机，请村里的人帮您办。"
Wrong = list[tuple[str, str]]  # the control, and what is wrong in it


def _guest(request: HttpRequest, service: str) -> tuple[Guest | None, HttpResponse | None]:
    """The visitor's draft; else where they have to go instead."""
    guest = guest_in(request, offered(service))
    if getattr(request, "resident", None):
        return guest, redirect("portal:apply-one", service=service)
    if guest is None:
        return guest, redirect("portal:guest", service=service)
    return guest, redirect("portal:guest-sent", service=service) if hasattr(guest.draft, "check_of") else None


@open_to_all
def keep(request: HttpRequest, service: str) -> HttpResponse:
    """The phone with which one comes back."""
    guest, elsewhere = _guest(request, service)
    if elsewhere or guest is None:
        return elsewhere or redirect("portal:guest", service=service)
    if guest.draft.number:
        return show_key(redirect("portal:guest-kept", service=service), guest)
    typed = request.POST.get("phone", "")[:LONGEST]
    if request.method != "POST":
        return _page(request, "keep", guest, {"typed": typed})
    wrong, wait = _send_code(request, guest, typed, KEEP)
    if wrong:
        return _page(request, "keep", guest, {"typed": typed}, [("id_phone", wrong)], wait)
    return show_key(redirect("portal:guest-code", service=service), guest)


def _send_code(request: HttpRequest, guest: Guest, phone: str, why: str) -> tuple[str, int]:
    """What is wrong, and the seconds to wait; a code for this draft is on its way where nothing is.

    Its key comes from the visitor's own, so that a button pressed twice asks for one code.
    """
    if not phone.strip():
        return NO_PHONE, 0
    browser = fingerprint("guest code", guest.token)
    wait = 0 if is_on_its_way(phone=phone, browser=browser) else _wait(request, phone)
    if wait:
        return f"要得太快了。请等 {wait} 秒再要。", wait
    try:
        ask_for_code(phone=phone, browser=browser, for_anyone=True)
    except ValidationError as error:
        return str(error.messages[0]), 0
    request.session[CODE] = {"key": browser, "why": why}
    return "", 0


def _wait(request: HttpRequest, phone: str) -> int:
    return throttle.try_once(account=f"text {normalise_number(phone)[-11:]}", address=address_of(request))


@open_to_all
def who(request: HttpRequest, service: str) -> HttpResponse:
    """Name, ID number, phone and township: asked last, and once."""
    guest, elsewhere = _guest(request, service)
    if elsewhere or guest is None:
        return elsewhere or redirect("portal:guest", service=service)
    if Way(offered(service), guest).left:
        return show_key(redirect("portal:guest", service=service), guest)
    said = guest.who
    typed = {name: request.POST.get(name, getattr(said, name, ""))[:LONGEST] for name in Who.__dataclass_fields__}
    context = {"typed": typed, "counties": divisions.townships()}
    if request.method != "POST":
        return _page(request, "who", guest, context)
    read, wrong = _read(typed)
    guest = write_as_guest(guest=guest, said=guest.said | {WHO: list(typed.values())})
    if read is None:
        return _page(request, "who", guest, context, wrong)
    guest = write_as_guest(guest=guest, said=guest.said | {WHO: [read.name, read.id_number, read.phone, read.township]})
    if guest.draft.phone_index and bytes(guest.draft.phone_index) == ring().blind_index("phone", read.phone):
        return _send(request, guest, read)  # proved when it was kept
    no_code, wait = _send_code(request, guest, read.phone, SEND)
    if no_code:
        return _page(request, "who", guest, context, [("id_phone", no_code)], wait)
    return show_key(redirect("portal:guest-code", service=service), guest)


def _read(typed: dict[str, str]) -> tuple[Who | None, Wrong]:
    """What was typed, in its written form; None, and every mistake with its field."""
    wrong: Wrong = []
    name = normalise_name(typed["name"])
    if len(name) < 2:
        wrong.append(("id_name", "请写身份证上的姓名，至少两个字。"))
    number = phone = ""
    try:
        number = parse_resident_id(typed["id_number"]).number
    except BadNumber as why:
        wrong.append(("id_id_number", str(why)))
    try:
        phone = parse_phone(typed["phone"])
    except BadNumber as why:
        wrong.append(("id_phone", str(why) if typed["phone"].strip() else NO_PHONE))
    if typed["township"] not in {town.code for _, towns in divisions.townships() for town in towns}:
        wrong.append(("id_township", "请选住在哪个乡镇、街道。"))
    return (None if wrong else Who(name, number, phone, typed["township"])), wrong


@open_to_all
def code(request: HttpRequest, service: str) -> HttpResponse:
    """The six digits, which prove the phone; what comes of it is told to whoever has it and to nobody else."""
    guest, elsewhere = _guest(request, service)
    if elsewhere or guest is None:
        return elsewhere or redirect("portal:guest", service=service)
    noted = request.session.get(CODE)
    if not noted:
        return show_key(redirect("portal:guest-kept" if guest.draft.number else "portal:guest", service=service), guest)
    context = {"why": noted["why"]}
    if request.method != "POST":
        return _page(request, "code", guest, context)
    phone = prove_number(browser=noted["key"], typed=request.POST.get("code", "")[:40], now=timezone.now())
    said = guest.who
    if not phone or (noted["why"] == SEND and (said is None or said.phone != phone)):
        record(by=None, verb="accounts.refused", factor="sms")
        return _page(request, "code", guest, context, [("id_code", WRONG)])
    throttle.was_right(account=f"text {normalise_number(phone)[-11:]}", address=address_of(request))
    del request.session[CODE]
    if noted["why"] == SEND and said is not None:
        return _send(request, guest, said)
    keep_as_guest(guest=guest, phone=phone)
    return show_key(redirect("portal:guest-kept", service=service), guest)


def _send(request: HttpRequest, guest: Guest, who: Who) -> HttpResponse:
    """The phone was proved. In as the person or their guardian if it is theirs, else to the township."""
    service, held = guest.draft.service, held_person(who)
    found = _reached(held, who.phone) if held else None
    if held is None or found is None or not account_of(person=found).user.is_active:
        send_to_check(guest=guest, who=who)
        return show_key(redirect("portal:guest-sent", service=service), guest)
    user = account_of(person=found).user
    sign_in_as(request, user, SignedIn.How.SMS, is_resident=True)
    if found.pk != held.pk:
        request.session[FOR] = held.pk
    actor = resident_actor(user, found, timezone.localdate(), held.pk)
    if actor.held_back:
        return show_key(redirect("portal:guest-take", service=service), guest)
    take_over(by=actor, person=held, guest=guest, source=TOLD_BY[actor.role])
    return drop_key(redirect("portal:apply-one", service=service), service)


@needs(Right.OWN_AFFAIRS)
def take(request: HttpRequest, service: str) -> HttpResponse:
    """Whoever came in with something written takes it along; for a small child the guardian says yes first."""
    guest = guest_in(request, offered(service))
    if guest is None or hasattr(guest.draft, "check_of"):
        return redirect("portal:apply-one", service=service)
    if request.method != "POST":
        return _page(request, "take", guest, {"person": person_of(request)})
    actor = actor_of(request)
    take_over(by=actor, person=person_of(request), guest=guest, source=TOLD_BY.get(actor.role, TOLD_BESIDE))
    return drop_key(redirect("portal:apply-one", service=service), service)


def _reached(held: Person, phone: str) -> Person | None:
    """Whoever has this phone and is the person, or acts for them today."""
    people = list(reachable_at(ring().blind_index("phone", phone)))
    if held.pk in {person.pk for person in people}:
        return held
    today = timezone.localdate()
    return next((each for each in people if held.pk in {ward.pk for ward in wards_of(each, today)}), None)


@open_to_all
def kept(request: HttpRequest, service: str) -> HttpResponse:
    guest, elsewhere = _guest(request, service)
    if elsewhere or guest is None or not guest.draft.number:
        return elsewhere or redirect("portal:guest", service=service)
    return _page(request, "kept", guest, {"draft": guest.draft, "until": timezone.localdate(guest.draft.until_at)})


@open_to_all
def sent(request: HttpRequest, service: str) -> HttpResponse:
    """The same for everybody whose phone did not say who they are."""
    guest = guest_in(request, offered(service))
    if guest is None or not hasattr(guest.draft, "check_of"):
        return redirect("portal:guest", service=service)
    return _page(request, "sent", guest, {"check": guest.draft.check_of})


def _page(
    request: HttpRequest, name: str, guest: Guest, context: dict[str, Any], wrong: Wrong | None = None, wait: int = 0
) -> HttpResponse:
    shown = context | {"service": offered(guest.draft.service), "kept": field_of(guest.token), "wrong": wrong or []}
    response = render(request, f"portal/guest/{name}.html", shown, status=429 if wait else 422 if wrong else 200)
    if wait:
        response["Retry-After"] = str(wait)
    return show_key(response, guest)
