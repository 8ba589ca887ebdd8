"""What was begun and not sent: the pages that say so, that let it go, and the way back without a name (A16).

Coming back: the phone and the number of the draft, then a code by text. Every number gets the same pages in the same
time; only whoever holds the phone hears whether there is a draft. A visitor's draft comes back the same way.
"""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import needs, open_to_all
from tongxing.accounts.actions import throttle
from tongxing.accounts.models import SignedIn
from tongxing.accounts.rights import Right
from tongxing.applications.actions import drop
from tongxing.applications.guests import kept_guest
from tongxing.applications.models import Draft
from tongxing.applications.queries import draft_by_number, draft_of, drafts_of
from tongxing.casework.catalogue import known
from tongxing.journal.actions import record
from tongxing.lib.text import normalise_number
from tongxing.portal.frame import actor_of, look, person_of
from tongxing.portal.guest_key import show_key
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.registry.queries import reachable_at, wards_of
from tongxing.residents.access import FOR
from tongxing.residents.actions import account_of, ask_for_code, prove_number
from tongxing.residents.actions.codes import WRONG
from tongxing.signing.sessions import address_of, sign_in_as

BACK = "back"  # in the session of a visitor: the browser's key for the code, the phone and the number
GONE = "没有找到这一份。可能已经交了，或者过了日子。登录后在“我的事”里看。"


def listed(person: Person) -> list[dict[str, Any]]:
    """As a page shows them; those of a service that is no longer offered are left out."""
    services = known()
    return [
        {"draft": each, "name": services[each.service].name} for each in drafts_of(person) if each.service in services
    ]


@needs(Right.OWN_AFFAIRS)
def kept(request: HttpRequest, service: str) -> HttpResponse:
    """The number with which one comes back, and until when."""
    person = look(request)
    draft, offered = draft_of(person, service), known().get(service)
    if draft is None or offered is None:
        raise Http404("这一份没有留着。请从“办一件事”里重新开始。")
    return render(request, "portal/apply/kept.html", {"person": person, "draft": draft, "service": offered})


@require_POST
@needs(Right.OWN_AFFAIRS)
def throw_away(request: HttpRequest, service: str) -> HttpResponse:
    drop(by=actor_of(request), person=person_of(request), service=service)
    messages.success(request, "删了。以后想办，随时再来。")
    return redirect("portal:my")


@open_to_all
def back(request: HttpRequest) -> HttpResponse:
    """The phone and the number. A POST, so that no address of a page holds a number."""
    typed = {"number": request.POST.get("number", "")[:20], "phone": request.POST.get("phone", "")[:30]}
    if request.method != "POST":
        return _ask(request, typed)
    number = normalise_number(typed["number"])
    wait = throttle.try_once(account=f"draft {number}", address=address_of(request))
    if wait:
        return _ask(request, typed, f"试得太快了。请等 {wait} 秒再试。", "id_number", wait)
    if len(number) != 8 or not number.isdigit():
        return _ask(request, typed, "编号是 8 位数字。请对照短信或纸条再看一遍。", "id_number")
    browser = secrets.token_urlsafe(24)
    try:
        ask_for_code(phone=typed["phone"], browser=browser, for_anyone=True)
    except ValidationError as why:
        return _ask(request, typed, why.messages[0], "id_phone")
    request.session[BACK] = {"key": browser, "number": number}
    return redirect("portal:draft-code")


def _ask(request: HttpRequest, typed: dict[str, str], wrong: str = "", field: str = "", wait: int = 0) -> HttpResponse:
    context = {"typed": typed, "wrong": [(field, wrong)] if wrong else []}
    response = render(request, "portal/apply/back.html", context, status=429 if wait else 422 if wrong else 200)
    if wait:
        response["Retry-After"] = str(wait)
    return response


@open_to_all
def code(request: HttpRequest) -> HttpResponse:
    """The six digits; with them to the page where it was left."""
    noted = request.session.get(BACK)
    if not noted:
        return redirect("portal:draft-back")
    if request.method != "POST":
        return render(request, "portal/apply/back_code.html")
    phone = prove_number(browser=noted["key"], typed=request.POST.get("code", "")[:40], now=timezone.now())
    if not phone:
        record(by=None, verb="accounts.refused", factor="sms")
        return _wrong(request, WRONG)
    if guest := kept_guest(noted["number"], phone):
        throttle.was_right(account=f"draft {noted['number']}", address=address_of(request))
        return show_key(redirect("portal:guest", service=guest.draft.service), guest)
    people = list(reachable_at(ring().blind_index("phone", phone)))
    wards = {ward.pk: person for person in people for ward in wards_of(person, timezone.localdate())}
    draft = draft_by_number(noted["number"], [*(person.pk for person in people), *wards])
    if draft is None:
        return _ask(request, {}, GONE, "id_number")
    throttle.was_right(account=f"draft {noted['number']}", address=address_of(request))
    return _take_up(request, draft, next((p for p in people if p.pk == draft.person_id), wards.get(draft.person_id)))


def _wrong(request: HttpRequest, why: str) -> HttpResponse:
    return render(request, "portal/apply/back_code.html", {"wrong": [("id_code", why)]}, status=422)


def _take_up(request: HttpRequest, draft: Draft, person: Person | None) -> HttpResponse:
    """As the person, or as the guardian of whose ward it is."""
    user = account_of(person=person).user if person else None
    if user is None or not user.is_active:
        return _wrong(request, WRONG)
    sign_in_as(request, user, SignedIn.How.SMS, is_resident=True)
    if person is not None and person.pk != draft.person_id:
        request.session[FOR] = draft.person_id
    return redirect("portal:apply-one", service=draft.service)
