"""Signing in: name and password, then the second factor. Nobody is signed in between the two (S16, S17).

1. The password is right: the session notes whose it was, for ten minutes.
2. A first password is changed for an own one.
3. Whoever has no second factor yet sets one up; the others prove theirs.
4. Only now a session begins, with a new id. A form that came too late waits sealed, and is shown again (A16).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tongxing.accounts import queries
from tongxing.accounts.access import open_to_all
from tongxing.accounts.actions import factors, passwords, throttle
from tongxing.accounts.models import SignedIn, User
from tongxing.journal.actions import record
from tongxing.signing import late, passkeys
from tongxing.signing.kept import safe_path
from tongxing.signing.sessions import address_of, sign_in_as, sign_out_of

HALF, HALF_SECONDS = "half", 600
WRONG = "用户名和密码对不上。请看看大小写，或找本单位的管理员重设密码。"


@dataclass(frozen=True)
class Half:
    """Somebody who knew the password, where they wanted to go, and a form of theirs that came too late, sealed."""

    user: User
    after: str
    kept: str = ""


def half_of(request: HttpRequest) -> Half | None:
    noted = request.session.get(HALF)
    if not noted or time.time() - noted["at"] > HALF_SECONDS:
        return None
    user = User.objects.filter(pk=noted["user"], is_active=True).first()
    return Half(user, noted["after"], noted["kept"]) if user else None


def too_fast(seconds: int) -> str:
    return f"试得太快了。请等 {seconds} 秒再试。账号没有被锁。"


@open_to_all
def sign_in(request: HttpRequest) -> HttpResponse:
    """The answer to a wrong name and to a wrong password is the same, in words and in time (S17)."""
    if request.resolver_match is None or request.resolver_match.view_name != settings.LOGIN_URL:
        return _too_late(request)
    name, after = request.POST.get("username", ""), request.POST.get("next") or request.GET.get("next") or ""
    context = {"next": after, "username": name, "kept": request.POST.get("kept", "")}
    if request.method != "POST":
        return render(request, "public/sign_in.html", context)
    if not name or not request.POST.get("password"):
        return _refused(request, "public/sign_in.html", context | {"error": "请把用户名和密码都填上。"})
    wait = throttle.try_once(account=name, address=address_of(request))
    if wait:
        return _refused(request, "public/sign_in.html", context | {"error": too_fast(wait)}, wait)
    user = authenticate(request, username=name, password=request.POST["password"])
    if not isinstance(user, User):
        record(by=None, verb="accounts.refused", factor="password")
        return _refused(request, "public/sign_in.html", context | {"error": WRONG})
    throttle.was_right(account=name, address=address_of(request))
    request.session.flush()
    after = safe_path(request, after, "/desk/home/")
    request.session[HALF] = {"user": user.pk, "at": time.time(), "after": after, "kept": context["kept"]}
    return redirect(_next_step(user))


def _too_late(request: HttpRequest) -> HttpResponse:
    """In place of a page whose form came when the session had ended."""
    kept = late.sealed(request)
    return render(request, "public/sign_in.html", {"kept": kept, "is_lost": not kept})


def _refused(request: HttpRequest, page: str, context: dict[str, Any], wait: int = 0) -> HttpResponse:
    response = render(request, page, context, status=429 if wait else 422)
    if wait:
        response["Retry-After"] = str(wait)
    return response


def _from_the_start(request: HttpRequest) -> HttpResponse:
    """Nobody gave a password here, or too long ago."""
    return _refused(request, "public/sign_in.html", {"error": "请从用户名和密码重新开始：放得太久，或者这一步做过了。"})


def _next_step(user: User) -> str:
    if queries.must_change(user):
        return "public:first-password"
    return "public:second-factor" if queries.has_factor(user) else "public:set-up"


def _finish(request: HttpRequest, half: Half, how: str) -> HttpResponse:
    sign_in_as(request, half.user, how)
    form = late.opened(half.kept, half.user)
    return render(request, "public/signing/late.html", {"late": form}) if form else redirect(half.after)


@open_to_all
def second_factor(request: HttpRequest) -> HttpResponse:
    """A code from the phone, a recovery code, or a passkey."""
    half = half_of(request)
    if half is None or _next_step(half.user) != "public:second-factor":
        return _from_the_start(request)
    page = "public/signing/second_factor.html"
    if request.method != "POST":
        return render(request, page, _ways(request, half.user))
    try:
        how = proved(request, half.user)
    except ValidationError as error:
        record(by=None, verb="accounts.refused", subject=f"user:{half.user.pk}", factor="second")
        context = _ways(request, half.user) | {"error": error.messages[0]}
        return _refused(request, page, context, getattr(error, "wait", 0))
    return _finish(request, half, how)


def _ways(request: HttpRequest, user: User) -> dict[str, Any]:
    return {"has_code_app": queries.has_code_app(user), "passkey": passkeys.challenge(request, user)}


def proved(request: HttpRequest, user: User) -> str:
    """Which second factor the form proves. Raises ValidationError, with `wait` where it came too fast."""
    if request.POST.get("credential"):
        return factors.prove_passkey(user=user, credential=passkeys.said(request))
    account = f"code {user.pk}"
    wait = throttle.try_once(account=account, address=address_of(request))
    if wait:
        error = ValidationError(too_fast(wait))
        error.wait = wait  # type: ignore[attr-defined]
        raise error
    how = factors.prove(user=user, code=request.POST.get("code", "")[:40])
    throttle.was_right(account=account, address=address_of(request))
    return how


@open_to_all
def first_password(request: HttpRequest) -> HttpResponse:
    """The password that an administrator gave is good for choosing an own one, and for nothing else."""
    half = half_of(request)
    if half is None or not queries.must_change(half.user):
        return _from_the_start(request)
    if request.method == "POST":
        try:
            new, again = request.POST.get("new", ""), request.POST.get("again", "")
            passwords.choose(user=half.user, password=new, again=again)
        except ValidationError as error:
            return _refused(request, "public/signing/first_password.html", {"errors": error.messages})
        return redirect(_next_step(half.user))
    return render(request, "public/signing/first_password.html")


@open_to_all
def set_up(request: HttpRequest) -> HttpResponse:
    """The first second factor: scan, type the number shown, print the recovery codes."""
    half = half_of(request)
    if half is None or _next_step(half.user) != "public:set-up":
        return _from_the_start(request)
    secret = request.session.setdefault("secret", generate_totp_secret())
    if request.method != "POST":
        return render(request, "public/signing/set_up.html", picture(half.user, secret))
    try:
        codes = factors.set_up(user=half.user, secret=secret, code=request.POST.get("code", ""))
    except ValidationError as error:
        context = picture(half.user, secret) | {"error": error.messages[0]}
        return _refused(request, "public/signing/set_up.html", context)
    sign_in_as(request, half.user, SignedIn.How.CODE)
    return render(request, "public/signing/recovery_codes.html", {"codes": codes, "after": half.after})


def picture(user: User, secret: str) -> dict[str, Any]:
    """The secret to scan and to type, in groups of four."""
    adapter = get_adapter()
    svg = adapter.build_totp_svg(adapter.build_totp_url(user, secret))
    groups = [secret[start : start + 4] for start in range(0, len(secret), 4)]
    return {"svg": svg[svg.index("<svg") :].replace("<svg ", '<svg aria-hidden="true" ', 1), "secret": " ".join(groups)}


@require_POST
@open_to_all
def sign_out(request: HttpRequest) -> HttpResponse:
    sign_out_of(request)
    response = redirect("public:start")
    response["Clear-Site-Data"] = '"cache"'
    return response
