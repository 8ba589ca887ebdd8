"""The page of an organisation, for whoever speaks for it: its figures, its quota, what it can get, its entry."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.content.provision import provision
from tongxing.organisation.queries import employers_of
from tongxing.portal import unit_cards
from tongxing.portal.places import card
from tongxing.portal.unit_correct import said_of
from tongxing.provision.actions import Entry, keep_entry
from tongxing.provision.models import Provider
from tongxing.provision.queries import own_providers

ANCHORS = {"offers": "offers-1"}  # the first of several boxes; other fields are led to by their name


@needs(Right.OWN_UNIT)
def unit(request: HttpRequest) -> HttpResponse:
    """Counts and yes or no only: who the disabled staff are stands nowhere here."""
    actor, today = request.actor, timezone.localdate()  # type: ignore[attr-defined]
    employer, provider = employers_of(actor).first(), own_providers(actor).first()
    context: dict[str, Any] = {"employer": employer, "own": card(provider) if provider else None}
    if employer is not None:
        context |= unit_cards.shown(employer, today) | {"said": said_of(employer)}
    return render(request, "portal/unit/unit.html", context)


@needs(Right.OWN_UNIT)
def entry(request: HttpRequest) -> HttpResponse:
    """What stands of us in the public list, kept by ourselves."""
    provider = own_providers(request.actor).first()  # type: ignore[attr-defined]
    if provider is None:
        return render(request, "portal/unit/entry.html", {"provider": None})
    if request.method != "POST":
        return _form(request, provider, _held(provider))
    said = _typed(request)
    try:
        keep_entry(provider=provider, entry=said, by=request.actor)  # type: ignore[attr-defined]
    except ValidationError as why:
        wrong = [(ANCHORS.get(name, name), words[0]) for name, words in why.message_dict.items()]
        return _form(request, provider, said, wrong)
    messages.success(request, "记下了。大家马上就能看到。")
    return redirect("portal:unit")


def _typed(request: HttpRequest) -> Entry:
    one, many = request.POST.get, request.POST.getlist
    return Entry(
        one("address", ""), one("phone", ""), many("offers"), many("access"), one("places", ""), one("free", "")
    )


def _held(provider: Provider) -> Entry:
    counts = ["" if count is None else str(count) for count in (provider.places, provider.free)]
    return Entry(provider.address, provider.phone, provider.offers, provider.access, *counts)


def _form(
    request: HttpRequest, provider: Provider, said: Entry, wrong: list[tuple[str, str]] | None = None
) -> HttpResponse:
    known = provision(settings.PACK)
    context = {
        "provider": provider,
        "said": said,
        "wrong": wrong or [],
        "offers": [(id_, offer, id_ in said.offers) for id_, offer in known.offers.items()],
        "access": [(id_, words, id_ in said.access) for id_, words in known.access.items()],
    }
    return render(request, "portal/unit/entry.html", context, status=422 if wrong else 200)
