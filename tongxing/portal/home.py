"""The residents' first page, and all the ways to get help from a person."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.accounts.access import open_to_all
from tongxing.portal import my
from tongxing.portal.frame import person_of


@open_to_all
def home(request: HttpRequest) -> HttpResponse:
    """For a guest what one can do here; for somebody who is known, first what waits for their answer."""
    context: dict[str, Any] = {}
    if getattr(request, "resident", None):
        context = {"person": person_of(request), "waiting": my.waiting_for_me(request)}
    return render(request, "portal/home.html", context)


@open_to_all
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/help.html")
