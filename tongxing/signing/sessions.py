"""Signing a user in and out on a device, and the end of what has been idle or too long (S19)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from tongxing.accounts.access import WAS_KEY, current_actor
from tongxing.accounts.actions import sessions
from tongxing.accounts.actions.sessions import Device
from tongxing.accounts.models import SignedIn, User
from tongxing.journal.actions import record

KEY = "signed_in"
SYSTEMS = (("Android", "安卓"), ("iPhone", "苹果手机"), ("iPad", "平板"), ("Windows", "Windows"), ("Mac", "苹果电脑"))
BROWSERS = (
    ("MicroMessenger", "微信"),
    ("Edg", "Edge"),
    ("Firefox", "Firefox"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


def address_of(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def device_of(request: HttpRequest) -> Device:
    """In the words of a person, from what the browser says of itself."""
    said = request.headers.get("User-Agent", "")
    system = next((name for mark, name in SYSTEMS if mark in said), "一台电脑")
    browser = next((name for mark, name in BROWSERS if mark in said), "浏览器")
    return Device(f"{system}，{browser}", address_of(request))


def sign_in_as(request: HttpRequest, user: User, how: str, *, is_resident: bool = False) -> SignedIn:
    """With a new session id; what was in the session before sign-in does not stay (S19)."""
    request.session.flush()
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    signed_in = _begin(request, user, how, SignedIn.Face.PORTAL if is_resident else SignedIn.Face.DESK)
    record(by=current_actor(user, date.today()), verb="accounts.signed_in", subject=f"user:{user.pk}", how=how)
    return signed_in


def _begin(request: HttpRequest, user: User, how: str, face: str = SignedIn.Face.DESK) -> SignedIn:
    signed_in = sessions.begin(user=user, how=how, device=device_of(request), face=face)
    request.session[KEY] = signed_in.pk
    return signed_in


def sign_out_of(request: HttpRequest) -> None:
    signed_in = getattr(request, "signed_in", None)
    if signed_in is not None:
        sessions.end(signed_in=signed_in)
    logout(request)


class LiveSession:
    """Puts `request.signed_in` on each request of a signed-in user, or signs the user out. Behind the actor's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.signed_in = None  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            signed_in = self._device(request, request.user)
            if (
                signed_in
                and _holds_a_post(request, request.user)
                and sessions.go_on(signed_in=signed_in, now=timezone.now())
            ):
                request.signed_in = signed_in  # type: ignore[attr-defined]
            else:
                was = request.user.pk
                logout(request)
                request.session[WAS_KEY] = was
                request.actor = None  # type: ignore[attr-defined]
                messages.info(request, "您已经退出：太久没有动静，或者账号有变动。请再登录一次。")
        return self.get_response(request)

    def _device(self, request: HttpRequest, user: User) -> SignedIn | None:
        """In a demo a session without a device is one that came through the one-click door."""
        key = request.session.get(KEY)
        if key is None:
            return _begin(request, user, SignedIn.How.DOOR) if settings.DEMO else None
        return SignedIn.objects.filter(pk=key, user=user).first()


def _holds_a_post(request: HttpRequest, user: User) -> bool:
    """Whoever never had a post is no officer; whoever had one is out once the last has ended."""
    return getattr(request, "actor", None) is not None or not user.posts.exists()
