"""Step-up: before money, an export, a full number or a role, somebody proves again who sits there (S16).

What a form said travels through these pages as hidden fields and goes on through a button that can be seen: nothing
typed is lost, nothing is kept on the server, nothing happens without a press.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tongxing.accounts import queries
from tongxing.accounts.access import needs
from tongxing.accounts.actions import sessions
from tongxing.accounts.models import SignedIn
from tongxing.journal.actions import record
from tongxing.public.signing import proved
from tongxing.signing import passkeys
from tongxing.signing.kept import Kept, of_form, of_request


@needs()
def confirm(request: HttpRequest) -> HttpResponse:
    """Reached in place of a page marked @fresh, and by its own form."""
    if request.resolver_match is None or request.resolver_match.view_name != settings.CONFIRM_URL:
        return _ask(request, of_request(request))
    kept = of_form(request, lambda view: hasattr(view, "fresh"), "/desk/home/")
    if request.method != "POST":
        return _ask(request, kept)
    try:
        how = _prove(request)
    except ValidationError as error:
        record(by=_actor(request), verb="accounts.refused", factor="step-up")
        return _ask(request, kept, error)
    sessions.confirm(signed_in=request.signed_in)  # type: ignore[attr-defined]
    record(by=_actor(request), verb="accounts.confirmed", how=how)
    if kept.method == "POST":
        return render(request, "public/signing/go_on.html", {"kept": kept})
    return redirect(kept.path)


def _actor(request: HttpRequest) -> Any:
    return getattr(request, "actor", None)


def by_door(request: HttpRequest) -> bool:
    """Whoever came through the one-click door of a demo has nothing to prove but a press of a button."""
    return bool(settings.DEMO and request.signed_in.how == SignedIn.How.DOOR)  # type: ignore[attr-defined]


def _prove(request: HttpRequest) -> str:
    return SignedIn.How.DOOR if by_door(request) else proved(request, request.user)  # type: ignore[arg-type]


def _ask(request: HttpRequest, kept: Kept, error: ValidationError | None = None) -> HttpResponse:
    user: Any = request.user
    context = {
        "kept": kept,
        "by_door": by_door(request),
        "has_code_app": queries.has_code_app(user),
        "passkey": passkeys.challenge(request, user),
        "error": error.messages[0] if error else "",
    }
    wait = getattr(error, "wait", 0)
    status = 429 if wait else 422 if error else 200
    return render(request, "public/signing/confirm.html", context, status=status)
