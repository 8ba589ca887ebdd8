"""The visitor's key: in a cookie of this service's pages for half an hour, and sealed in each form of theirs.

A form that comes when the cookie is over goes on with what was written, until the night has taken it away (A16).
"""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from tongxing.applications.actions.guests import RESTS
from tongxing.applications.guests import Guest, guest_of
from tongxing.casework.catalogue import known
from tongxing.content.services import Service
from tongxing.lib.crypto import KeyMissing, SealBroken
from tongxing.registry.keys import ring

COOKIE, FIELD = "guest", "kept"


def offered(service: str) -> Service:
    """Raises Http404 for what no resident may ask for."""
    found = known().get(service)
    if found is None or "resident" not in found.starts:
        raise Http404("没有这一项。请从“办一件事”里选。")
    return found


def guest_in(request: HttpRequest, service: Service) -> Guest | None:
    """By the cookie, else by the form; None where nothing is there."""
    for token in (request.COOKIES.get(COOKIE, ""), of_form(request)):
        try:
            if guest := guest_of(token, str(service.id)):
                return guest
        except ValueError:
            continue
    return None


def of_form(request: HttpRequest) -> str:
    try:
        return ring().open(bytes.fromhex(request.POST.get(FIELD, "")), place=f"guest.{FIELD}")
    except (ValueError, SealBroken, KeyMissing):
        return ""


def field_of(token: str) -> str:
    return ring().seal(token, place=f"guest.{FIELD}").hex()


def show_key(response: HttpResponse, guest: Guest) -> HttpResponse:
    """From here on this browser opens it, on the pages of this service."""
    path = reverse("portal:guest", kwargs={"service": guest.draft.service})
    response.set_cookie(
        COOKIE,
        guest.token,
        max_age=int(RESTS.total_seconds()),
        path=path,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


def drop_key(response: HttpResponse, service: str) -> HttpResponse:
    response.delete_cookie(COOKIE, path=reverse("portal:guest", kwargs={"service": service}))
    return response
