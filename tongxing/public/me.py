"""One's own sign-in: devices, phone, passkeys, recovery codes (S19). Changing a factor asks first who sits there."""

from __future__ import annotations

from datetime import date
from typing import Any

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tongxing.accounts import queries
from tongxing.accounts.access import POST_KEY, actor_of, current_posts, fresh, needs
from tongxing.accounts.actions import factors, sessions
from tongxing.accounts.models import SignedIn
from tongxing.journal.actions import record
from tongxing.public.confirm import by_door
from tongxing.public.signing import picture
from tongxing.signing import passkeys


def _note(request: HttpRequest, verb: str) -> None:
    record(by=getattr(request, "actor", None), verb=verb, subject=f"user:{request.user.pk}")


@needs()
def me(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    context = {
        "devices": queries.devices(user),
        "here": request.signed_in,  # type: ignore[attr-defined]
        "has_code_app": queries.has_code_app(user),
        "passkeys": queries.passkeys(user),
        "recovery_left": queries.recovery_left(user),
        "by_door": by_door(request),
        "posts": _posts(request),
    }
    return render(request, "public/signing/me.html", context)


def _posts(request: HttpRequest) -> list[dict[str, Any]]:
    """The posts one may act in; a deputy's carries both names."""
    actor = getattr(request, "actor", None)
    held = [(post, actor_of(post)) for post in current_posts(request.user, date.today())]  # type: ignore[arg-type]
    return [{"post": post, "label": each.label, "current": each == actor} for post, each in held]


@require_POST
@needs()
def choose_post(request: HttpRequest) -> HttpResponse:
    """Whoever has several posts acts in one at a time."""
    wanted = request.POST.get("post", "")
    found = next((item for item in _posts(request) if str(item["post"].pk) == wanted), None)
    if found is None:
        messages.info(request, "没有这个岗位，或者已经结束。")
        return redirect("public:me")
    request.session[POST_KEY] = found["post"].pk
    messages.success(request, f"现在是：{found['label']}。")
    return redirect("public:me")


@needs()
@fresh()
def new_phone(request: HttpRequest) -> HttpResponse:
    """Another phone counts the codes from now on; the old one no longer does."""
    user: Any = request.user
    secret = request.session.get("secret") or generate_totp_secret()
    request.session["secret"] = secret
    context = picture(user, secret)
    if request.method == "POST":
        try:
            codes = factors.set_up(user=user, secret=secret, code=request.POST.get("code", ""))
        except ValidationError as error:
            context["error"] = error.messages[0]
            return render(request, "public/signing/new_phone.html", context, status=422)
        del request.session["secret"]
        _note(request, "accounts.phone_changed")
        return render(request, "public/signing/recovery_codes.html", {"codes": codes, "after": "/me/"})
    return render(request, "public/signing/new_phone.html", context)


@require_POST
@needs()
@fresh()
def new_codes(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if not queries.has_factor(user):
        messages.info(request, "先把手机绑上，才有备用码。")
        return redirect("public:me")
    codes = factors.new_codes(user=user)
    _note(request, "accounts.codes_renewed")
    return render(request, "public/signing/recovery_codes.html", {"codes": codes, "after": "/me/"})


@needs()
@fresh()
def add_passkey(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    error = ""
    if request.method == "POST":
        try:
            factors.add_passkey(user=user, name=request.POST.get("name", ""), credential=passkeys.said(request))
        except ValidationError as wrong:
            error = wrong.messages[0]
        else:
            _note(request, "accounts.passkey_added")
            messages.success(request, "通行密钥加好了。下次登录可以用它。")
            return redirect("public:me")
    context = {"options": passkeys.new_key(user), "error": error, "typed": request.POST.get("name", "")}
    return render(request, "public/signing/add_passkey.html", context, status=422 if error else 200)


@require_POST
@needs()
@fresh()
def remove_passkey(request: HttpRequest, passkey_id: int) -> HttpResponse:
    if not factors.remove_passkey(user=request.user, passkey_id=passkey_id):  # type: ignore[arg-type]
        raise Http404("没有这把通行密钥。")
    _note(request, "accounts.passkey_removed")
    messages.success(request, "这把通行密钥不能用了。")
    return redirect("public:me")


@require_POST
@needs()
def end_device(request: HttpRequest, device_id: int) -> HttpResponse:
    found: SignedIn | None = queries.devices(request.user).filter(pk=device_id).first()  # type: ignore[arg-type]
    if found is None:
        raise Http404("这台设备没有登录着。")
    sessions.end(signed_in=found)
    _note(request, "accounts.device_ended")
    messages.success(request, "那台设备已经退出。")
    return redirect("public:me")


@require_POST
@needs()
def end_others(request: HttpRequest) -> HttpResponse:
    count = sessions.end_all(user=request.user, but=request.signed_in)  # type: ignore[arg-type, attr-defined]
    _note(request, "accounts.others_ended")
    messages.success(request, f"别处的 {count} 台设备都退出了。" if count else "别处没有登录。")
    return redirect("public:me")
