"""Before something that matters more a resident proves once more who sits there: a code to their own phone (S16)."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tongxing.accounts.access import needs
from tongxing.accounts.actions import sessions, throttle
from tongxing.accounts.models import SignedIn
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.portal.frame import actor_of
from tongxing.residents.actions import ask_for_code, prove
from tongxing.residents.actions.codes import WRONG
from tongxing.residents.queries import person_of as person_of_user
from tongxing.signing.kept import Kept, of_form, of_request
from tongxing.signing.sessions import address_of

BROWSER = "confirm"  # in the session: the browser's key for the code


@needs(Right.OWN_AFFAIRS)
def confirm(request: HttpRequest) -> HttpResponse:
    """Reached in place of a page marked @fresh, and by its own form."""
    if request.resolver_match is None or request.resolver_match.view_name != settings.RESIDENT_CONFIRM_URL:
        return _ask(request, of_request(request))
    kept = of_form(request, lambda view: hasattr(view, "fresh"), "/my/")
    if request.method != "POST":
        return _ask(request, kept)
    if "send" in request.POST:
        return _send(request, kept)
    if not (by_door(request) or _proves(request)):
        record(by=actor_of(request), verb="accounts.refused", factor="step-up")
        return _ask(request, kept, WRONG)
    sessions.confirm(signed_in=request.signed_in)  # type: ignore[attr-defined]
    record(by=actor_of(request), verb="accounts.confirmed", how="sms")
    if kept.method == "POST":
        return render(request, "portal/entering/go_on.html", {"kept": kept})
    return redirect(kept.path)


def by_door(request: HttpRequest) -> bool:
    """Whoever came through the one-click door of a demo has nothing to prove but a press of a button."""
    return bool(settings.DEMO and request.signed_in.how == SignedIn.How.DOOR)  # type: ignore[attr-defined]


def _send(request: HttpRequest, kept: Kept) -> HttpResponse:
    me = person_of_user(request.user)  # type: ignore[arg-type]
    wait = throttle.try_once(account=f"confirm {request.user.pk}", address=address_of(request))
    if wait:
        return _ask(request, kept, f"要得太快了。请等 {wait} 秒再要。", 429)
    browser = secrets.token_urlsafe(24)
    try:
        ask_for_code(phone=(me.opened("phone") if me else "") or "", browser=browser)
    except ValidationError:
        return _ask(request, kept, "您没有登记手机。请村里当面帮您办。")
    request.session[BROWSER] = browser
    return _ask(request, kept)


def _proves(request: HttpRequest) -> bool:
    """The code was sent to the person's own number, so one of those who have it must be the person."""
    me, browser = person_of_user(request.user), request.session.get(BROWSER, "")  # type: ignore[arg-type]
    people = prove(browser=browser, typed=request.POST.get("code", "")[:40], now=timezone.now())
    return me is not None and me.pk in {person.pk for person in people}


def _ask(request: HttpRequest, kept: Kept, wrong: str = "", status: int = 422) -> HttpResponse:
    sent = BROWSER in request.session
    anchor = "id_code" if sent else "id_send"
    context = {"kept": kept, "by_door": by_door(request), "sent": sent, "wrong": [(anchor, wrong)] if wrong else []}
    return render(request, "portal/entering/confirm.html", context, status=status if wrong else 200)
