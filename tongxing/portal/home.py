"""The residents' first page, and all the ways to get help from a person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tongxing.accounts.access import open_to_all
from tongxing.portal import my
from tongxing.portal.frame import person_of
from tongxing.portal.money import received_now
from tongxing.registry.queries import wards_of


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """For a guest what one can do here; for somebody who is known, first what waits for their answer."""
    context: dict[str, Any] = {}
    if getattr(request, "resident", None):
        person = person_of(request)
        context = {"person": person, "waiting": my.waiting_for_me(request), "received": received_now(person)}
        context["wards"] = wards_of(person, timezone.localdate())
    return render(request, "portal/home.html", context)


@open_to_all
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/help.html")
