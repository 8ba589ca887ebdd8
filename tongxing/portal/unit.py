"""The page of an organisation, for whoever speaks for it: its figures, its quota, what it can get (J14 begins here)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.organisation.queries import employers_of
from tongxing.portal import unit_cards


@needs(Right.OWN_UNIT)
def unit(request: HttpRequest) -> HttpResponse:
    """Counts and yes or no only: who the disabled staff are stands nowhere here."""
    employer = employers_of(request.actor).first()  # type: ignore[attr-defined]
    context: dict[str, Any] = {"employer": employer}
    if employer is not None:
        context |= unit_cards.shown(employer, timezone.localdate())
    return render(request, "portal/unit/unit.html", context)
