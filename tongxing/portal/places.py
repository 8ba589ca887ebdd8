"""Where to go for rehabilitation, care, devices, assessment: the listed providers, by kind and county."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongxing.accounts.access import open_to_all
from tongxing.content.instance import pack
from tongxing.content.provision import provision
from tongxing.organisation import queries as divisions
from tongxing.provision.models import Provider
from tongxing.provision.queries import listed


@require_safe
@open_to_all
def places(request: HttpRequest) -> HttpResponse:
    """What is asked for but unknown is as if nothing were asked for."""
    known, counties = provision(settings.PACK), _counties()
    offer = request.GET.get("offer", "") if request.GET.get("offer") in known.offers else ""
    county = request.GET.get("county", "") if request.GET.get("county") in dict(counties) else ""
    names = divisions.names()
    context = {
        "offers": [(id_, each) for id_, each in known.offers.items()],
        "counties": counties,
        "offer": offer,
        "county": county,
        "wanted": known.offers.get(offer),
        "found": [card(provider, names) for provider in listed(offer, county)],
        "is_demo": settings.DEMO,
    }
    return render(request, "portal/places.html", context)


def _counties() -> list[tuple[str, str]]:
    return [(each.code, each.name) for each in pack(settings.PACK).divisions if each.level == "county"]


def card(provider: Provider, names: dict[str, str] | None = None) -> dict[str, Any]:
    """One provider in words."""
    known = provision(settings.PACK)
    place = divisions.path_name(provider.division_code, divisions.names() if names is None else names)
    return {
        "provider": provider,
        "place": place,
        "offers": [known.offers[id_] for id_ in provider.offers if id_ in known.offers],
        "access": [known.access[id_] for id_ in provider.access if id_ in known.access],
        "is_full": provider.free == 0,
    }
