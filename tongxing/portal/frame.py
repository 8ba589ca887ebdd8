"""What every page of residents carries: for whom one is acting, and where one can go."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from tongxing.accounts.access import Actor, may
from tongxing.accounts.actions.sessions import LIMITS
from tongxing.accounts.models import SignedIn
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.registry.actions import look_at
from tongxing.registry.models import Person
from tongxing.residents.queries import own_person

WARNING = timedelta(minutes=3)  # before a resting session ends
SECTIONS = [
    ("portal:home", "首页"),
    ("portal:find", "我能得到什么"),
    ("portal:my", "我的事"),
    ("portal:data", "我的资料"),
    ("portal:help", "找人帮忙"),
]


UNIT_SECTIONS = [("portal:unit", "本单位"), ("portal:help", "找人帮忙")]


def actor_of(request: HttpRequest) -> Actor:
    """Behind `@needs(Right.OWN_AFFAIRS)` there always is one."""
    found: Actor = request.resident  # type: ignore[attr-defined]
    return found


def person_of(request: HttpRequest) -> Person:
    """Whose affairs are done here; asked once a request."""
    if not hasattr(request, "own_person"):
        request.own_person = own_person(actor_of(request))  # type: ignore[attr-defined]
    person: Person = request.own_person  # type: ignore[attr-defined]
    return person


def look(request: HttpRequest) -> Person:
    """The same, and written down where somebody else acts for them (S14)."""
    actor = actor_of(request)
    if actor.role != "resident":
        look_at(person=person_of(request), by=actor)
    return person_of(request)


def context(request: HttpRequest) -> dict[str, Any]:
    resident: Actor | None = getattr(request, "resident", None)
    is_guardian = resident is not None and resident.role == "guardian"
    return {
        "resident": resident,
        "speaks": _speaks(request),
        "sitting": getattr(request, "sitting", None),
        "ward": person_of(request) if is_guardian else None,
        "city": _city(),
        "stay_seconds": _stay(request) if resident else 0,
        "portal_nav": SimpleLazyObject(
            lambda: _nav(request.path, resident is not None, _speaks(request))
        ),  # not for the desk's pages
        "find_url": lambda: _url("portal:rights" if resident else "portal:find"),
        "apply_url": lambda: _url("portal:apply"),
    }


def _stay(request: HttpRequest) -> int:
    """Seconds until somebody who rests is warned; nobody is, who came by a session without a device."""
    signed_in = getattr(request, "signed_in", None)
    if signed_in is None:
        return 0
    idle, _ = LIMITS[SignedIn.Face(signed_in.face)]
    return int((idle - WARNING).total_seconds())


def _city() -> str:
    divisions = pack(settings.PACK).divisions
    return divisions[0].name if divisions else ""


def _speaks(request: HttpRequest) -> bool:
    """Whether somebody speaks for an organisation here."""
    return may(getattr(request, "actor", None), Right.OWN_UNIT)


def _nav(path: str, is_known: bool, speaks: bool) -> list[dict[str, Any]]:
    """Of whom something is held, nothing is asked that we know: they have their own page of what they can get."""
    own = {"portal:find": "portal:rights"} if is_known else {}
    named = UNIT_SECTIONS if speaks else SECTIONS
    sections = [(url, name) for known, name in named if (url := _url(own.get(known, known)))]
    shown = "/my/data/" if path.startswith(("/my/change/", "/my/keys/")) else path
    here = max((url for url, _ in sections if shown.startswith(url)), key=len, default="")
    return [{"name": name, "url": url, "current": url == here} for url, name in sections]


def _url(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
