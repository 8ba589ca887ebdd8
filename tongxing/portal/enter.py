"""Coming in: a phone number, a code by text in the same browser; nothing to remember, no puzzle (S17, A14).

1. The number: whatever it is, the answer is the same and takes the same time.
2. The code, which opens the account of whoever has that number; a phone that a family shares asks whose it is.
3. A form that came too late goes on with everything that was typed (A16).
"""

from __future__ import annotations

import secrets
import time
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tongxing.accounts.access import open_to_all
from tongxing.accounts.actions import throttle
from tongxing.accounts.models import SignedIn
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.lib.text import normalise_number
from tongxing.registry.models import Person
from tongxing.registry.queries import people_by_number, with_id_tail
from tongxing.residents.actions import account_of, ask_for_code, prove
from tongxing.residents.actions.codes import WRONG
from tongxing.signing.kept import Kept, of_form, of_request
from tongxing.signing.sessions import address_of, sign_in_as

BROWSER, FAMILY = "browser", "family"  # in the session of a visitor
FAMILY_SECONDS = 600
NOT_YOU = "对不上。请看身份证最后四位，最后一位可能是 X。"


def _is_own(view: Any) -> bool:
    return Right.OWN_AFFAIRS in getattr(view, "access", ())


def _kept(request: HttpRequest) -> Kept:
    """What waits behind the sign-in: the form that came too late, or the page that was asked for."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    if not here.startswith(("portal:enter", "portal:code", "portal:whose")):
        return of_request(request)
    return of_form(request, _is_own, "/my/")


def _show(request: HttpRequest, page: str, kept: Kept, wrong: str = "", wait: int = 0) -> HttpResponse:
    anchor = {"phone": "id_phone", "code": "id_code", "whose": "id_tail"}[page]
    context = {
        "kept": kept,
        "wrong": [(anchor, wrong)] if wrong else [],
        "phone_typed": request.POST.get("enter-phone", ""),
        "tail_typed": request.POST.get("enter-tail", "") if wrong else "",
    }
    status = 429 if wait else 422 if wrong else 200
    response = render(request, f"portal/entering/{page}.html", context, status=status)
    if wait:
        response["Retry-After"] = str(wait)
    return response


@open_to_all
def enter(request: HttpRequest) -> HttpResponse:
    """The number. Also stands in place of a page that needs somebody to be known."""
    kept = _kept(request)
    phone = request.POST.get("enter-phone")
    if phone is None:
        return _show(request, "phone", kept)
    wait = throttle.try_once(account=f"text {normalise_number(phone)[-11:]}", address=address_of(request))
    if wait:
        return _show(request, "phone", kept, f"要得太快了。请等 {wait} 秒再要。", wait)
    browser = secrets.token_urlsafe(24)
    try:
        ask_for_code(phone=phone, browser=browser)
    except ValidationError as error:
        return _show(request, "phone", kept, error.messages[0])
    request.session[BROWSER] = {"key": browser, "phone": normalise_number(phone)[-11:]}
    return _show(request, "code", kept)


@open_to_all
def code(request: HttpRequest) -> HttpResponse:
    """The six digits from the text."""
    kept, noted = _kept(request), request.session.get(BROWSER)
    if not noted:
        return _show(request, "phone", kept, "请从手机号重新开始：放得太久了。")
    if request.method != "POST":
        return _show(request, "code", kept)
    people = prove(browser=noted["key"], typed=request.POST.get("code", "")[:40], now=timezone.now())
    if not people:
        record(by=None, verb="accounts.refused", factor="sms")
        return _show(request, "code", kept, WRONG)
    throttle.was_right(account=f"text {noted['phone']}", address=address_of(request))
    if len(people) == 1:
        return _come_in(request, people[0], kept)
    request.session[FAMILY] = {"people": [person.pk for person in people], "at": time.time()}
    return _show(request, "whose", kept)


@open_to_all
def whose(request: HttpRequest) -> HttpResponse:
    """Several people of a family have this number: the last four of the ID card tell whose it is."""
    kept, noted = _kept(request), request.session.get(FAMILY)
    if not noted or time.time() - noted["at"] > FAMILY_SECONDS:
        return _show(request, "phone", kept, "请从手机号重新开始：放得太久了。")
    if request.method != "POST":
        return _show(request, "whose", kept)
    wait = throttle.try_once(account=f"family {noted['people']}", address=address_of(request))
    if wait:
        return _show(request, "whose", kept, f"试得太快了。请等 {wait} 秒再试。", wait)
    tail = normalise_number(request.POST.get("enter-tail", "")).upper()[:4]
    found = with_id_tail(people_by_number(noted["people"]), tail)
    if len(found) != 1:
        return _show(request, "whose", kept, NOT_YOU)
    throttle.was_right(account=f"family {noted['people']}", address=address_of(request))
    return _come_in(request, found[0], kept)


def _come_in(request: HttpRequest, person: Person, kept: Kept) -> HttpResponse:
    account = account_of(person=person)
    if not account.user.is_active:
        return _show(request, "code", kept, WRONG)
    sign_in_as(request, account.user, SignedIn.How.SMS, is_resident=True)
    if kept.method == "POST":
        return render(request, "portal/entering/go_on.html", {"kept": kept})
    return redirect(kept.path)
