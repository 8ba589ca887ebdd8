"""How I want to see things: one form, kept with the account or with this device."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from tongxing.accounts.access import open_to_all
from tongxing.accounts.actions.display import keep_display
from tongxing.accounts.models import User
from tongxing.journal.actions import record
from tongxing.ui.display import A_YEAR, CHOICES, COOKIE, TITLES, Display, chosen, display_settings

HINTS = {
    "size": "字更大，按钮更大",
    "spacing": "字和字、行和行之间空得大一些",
    "keys": "在办件页上按 J、K、A、R、F。用语音打字的人可以关掉",
    "words": "先用短句、配图说这一页做什么",
    "pinyin": "字的上面标拼音",
    "guide": "鼠标指到的那一段，下面划一道线",
    "caption": "走到哪个按钮，下面用大字写出来",
    "aloud": "页头可以念这一页：用这台设备的声音，没有就用我们的",
}


@open_to_all
@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """The form; a POST keeps the answer, then goes back to where the reader was, or stays to look."""
    if request.method == "POST":
        return _keep(request)
    now, back = display_settings(request), _own(request, request.GET.get("next", ""))
    context = {"groups": _groups(now), "back": back, "display_next": back, "saved": "saved" in request.GET}
    return render(request, "public/display.html", context | {"frame": _frame(request)})


def _frame(request: HttpRequest) -> str:
    """As the pages around it look to whoever asks."""
    if getattr(request, "actor", None):
        return "ui/desk.html"
    return "ui/portal.html" if getattr(request, "resident", None) else "ui/face.html"


def _keep(request: HttpRequest) -> HttpResponse:
    back = _own(request, request.POST.get("next", ""))
    stay = not back or bool({"stay", "plain"} & set(request.POST))
    here = reverse("display") + "?" + urlencode({"saved": "1"} | ({"next": back} if back else {}))
    said = Display() if "plain" in request.POST else chosen(request.POST)
    if isinstance(request.user, User):
        _keep_with_account(request, request.user, said)
    response = redirect(here if stay else back)
    response.set_cookie(COOKIE, said.cookie, A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure())
    return response


def _keep_with_account(request: HttpRequest, user: User, said: Display) -> None:
    """What somebody needs to read is theirs to know: the journal says that it changed, not to what."""
    keep_display(user=user, said=said.cookie)
    by = getattr(request, "actor", None) or getattr(request, "resident", None)
    record(by=by, verb="accounts.display_kept", subject=f"user:{user.pk}")


def _own(request: HttpRequest, url: str) -> str:
    """The address if it is one of ours, else ''."""
    own = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if own else ""


def _groups(now: Display) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "title": TITLES[name],
            "hint": HINTS.get(name, ""),
            "choices": [{"value": v, "words": words, "checked": v == getattr(now, name)} for v, words in choices],
        }
        for name, choices in CHOICES.items()
    ]
