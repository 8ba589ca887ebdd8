"""Passkeys of residents: nothing to remember, nothing to type (A14). Needs a script, so it stands beside the texts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tongxing.accounts import queries
from tongxing.accounts.access import fresh, needs, open_to_all
from tongxing.accounts.actions import factors
from tongxing.accounts.models import SignedIn
from tongxing.accounts.rights import Right
from tongxing.accounts.sealing import NOT_A_KEY
from tongxing.journal.actions import record
from tongxing.portal.frame import actor_of
from tongxing.residents.queries import person_of
from tongxing.signing import passkeys
from tongxing.signing.sessions import sign_in_as


@open_to_all
def enter(request: HttpRequest) -> HttpResponse:
    """A key says whose it is. One of an officer opens nothing here."""
    wrong = ""
    if request.method == "POST":
        try:
            user = factors.whose_passkey(credential=passkeys.said(request))
            if person_of(user) is None:
                raise ValidationError(NOT_A_KEY)
        except ValidationError as why:
            wrong = why.messages[0]
            record(by=None, verb="accounts.refused", factor="webauthn")
        else:
            sign_in_as(request, user, SignedIn.How.PASSKEY, is_resident=True)
            return redirect("portal:my")
    context = {"passkey": passkeys.anybodys_challenge(), "wrong": [("go", wrong)] if wrong else []}
    return render(request, "portal/entering/passkey.html", context, status=422 if wrong else 200)


def _me(request: HttpRequest) -> Any:
    """The user; never an officer who sits beside somebody, whose own keys these would be."""
    if getattr(request, "sitting", None):
        raise PermissionDenied("代办的时候不能存指纹、刷脸。请本人在自己的手机上存。")
    return request.user


@needs(Right.OWN_AFFAIRS)
def keys(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/my/keys.html", {"keys": queries.passkeys(_me(request))})


@needs(Right.OWN_AFFAIRS)
@fresh()
def add(request: HttpRequest) -> HttpResponse:
    user, wrong = _me(request), ""
    if request.method == "POST":
        try:
            factors.add_passkey(user=user, name=request.POST.get("name", ""), credential=passkeys.said(request))
        except ValidationError as why:
            wrong = why.messages[0]
        else:
            record(by=actor_of(request), verb="accounts.passkey_added", subject=f"user:{user.pk}")
            messages.success(request, "存好了。下次登录按一下就行。")
            return redirect("portal:keys")
    context = {
        "options": passkeys.new_key_alone(user),
        "typed": request.POST.get("name", ""),
        "wrong": [("id_name", wrong)] if wrong else [],
    }
    return render(request, "portal/my/key_add.html", context, status=422 if wrong else 200)


@require_POST
@needs(Right.OWN_AFFAIRS)
def remove(request: HttpRequest, passkey_id: int) -> HttpResponse:
    user = _me(request)
    if not factors.remove_passkey(user=user, passkey_id=passkey_id):
        raise Http404("没有这一个。")
    record(by=actor_of(request), verb="accounts.passkey_removed", subject=f"user:{user.pk}")
    messages.success(request, "去掉了。这一个不能再登录。")
    return redirect("portal:keys")
