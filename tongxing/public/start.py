"""The front door: on a demo the doors to every person of the city; elsewhere the residents' own first page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tongxing.accounts.access import open_to_all
from tongxing.accounts.models import SignedIn, User
from tongxing.accounts.rights import Right
from tongxing.content.doors import doors
from tongxing.content.instance import pack
from tongxing.policy.queries.runs import newest_run
from tongxing.signing.sessions import sign_in_as

DEMO_NAME = "demo-"  # how `tongxing demo` calls its users: demo-<role>


@open_to_all
def start(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        return redirect("portal:home")
    doors = demo_doors()
    context = {
        "run": newest_run(),
        "city": _city(),
        "doors": [door for door in doors if not door["is_unit"]],
        "units": [door for door in doors if door["is_unit"]],
        "residents": resident_doors(),
    }
    return render(request, "public/start.html", context)


def _city() -> str:
    divisions = pack(settings.PACK).divisions
    return divisions[0].name if divisions else ""


def demo_doors() -> list[dict[str, Any]]:
    """One invented officer, or one who speaks for an organisation, for each role of the pack that the demo offers."""
    roles = [role for role in pack(settings.PACK).roles.values() if role.demo]
    users = {user.username: user for user in User.objects.filter(username__startswith=DEMO_NAME)}
    found = [(role, users[DEMO_NAME + role.id]) for role in roles if DEMO_NAME + role.id in users]
    lead = next((role for role, _ in found if role.level == "county"), None)
    return [
        {
            "role": role,
            "user": user,
            "letter": user.name.lstrip("小老阿")[:1],
            "lead": role is lead,
            "is_unit": Right.OWN_UNIT in role.rights,
        }
        for role, user in found
    ]


def resident_doors() -> list[dict[str, Any]]:
    """The invented residents of the pack, in its order."""
    known = doors(settings.PACK)
    users = {user.username for user in User.objects.filter(username__in=[DEMO_NAME + key for key in known])}
    found = [(DEMO_NAME + key, door) for key, door in known.items() if DEMO_NAME + key in users]
    return [
        {"username": name, "name": door.name, "hint": door.hint, "letter": door.name.lstrip("小老阿")[:1]}
        for name, door in found
    ]


@require_POST
@open_to_all
def enter_demo(request: HttpRequest, username: str) -> HttpResponse:
    """One click into a role; there is no such door unless the instance is a demo."""
    user = User.objects.filter(username=username, is_active=True).first() if settings.DEMO else None
    if user is None:
        raise Http404("没有这扇门。")
    is_resident = not user.posts.exists()
    sign_in_as(request, user, SignedIn.How.DOOR, is_resident=is_resident)
    return redirect("portal:my" if is_resident else "desk:home")
