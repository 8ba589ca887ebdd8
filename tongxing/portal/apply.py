"""“办一件事”: what one may start, where it leads, and what one reads when it is sent."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.accounts.access import needs, open_to_all
from tongxing.accounts.rights import Right
from tongxing.applications.queries import application_for
from tongxing.casework.catalogue import known
from tongxing.casework.queries import case_for
from tongxing.content.find import find
from tongxing.content.instance import pack
from tongxing.organisation import queries as divisions
from tongxing.portal import first, journey, status
from tongxing.portal.frame import actor_of, look, person_of
from tongxing.registry.queries import valid_certificate


@open_to_all
def catalogue(request: HttpRequest) -> HttpResponse:
    """In the groups in which people look for things; a guest is asked who they are once they chose."""
    startable = {str(s.policy): s for s in known().values() if s.policy and "resident" in s.starts}
    policies = pack(settings.PACK).policies
    groups = [
        (group, [(startable[name], policies[name].summary) for name in group.policies if name in startable])
        for group in find(settings.PACK).groups
    ]
    is_known = getattr(request, "resident", None) is not None
    has_one = is_known and valid_certificate(person_of(request)) is not None
    firsts = [service for service in known().values() if service.outcome == "certificate" and not has_one]
    context = {"groups": [(group, rows) for group, rows in groups if rows], "firsts": firsts}
    return render(request, "portal/apply/catalogue.html", context)


@needs(Right.OWN_AFFAIRS)
def one(request: HttpRequest, service: str) -> HttpResponse:
    found = known().get(service)
    if found is None or "resident" not in found.starts:
        raise Http404("没有这一项。请从“办一件事”里选。")
    if found.outcome == "certificate":
        return first.page(request, found)
    return journey.page(request, found)


@needs(Right.OWN_AFFAIRS)
def done(request: HttpRequest, number: str) -> HttpResponse:
    """The number in groups, by when, who does it, what to do if one does not agree."""
    case = case_for(actor_of(request), number)
    if case is None:
        raise Http404("没有找到这个编号。请对照短信或信再看一遍。")
    year, _, serial = case.number.partition("-")
    context = {
        "person": look(request),
        "s": status.of_cases([case], divisions.names())[0],
        "year": year,
        "serial": serial,
        "application": application_for(actor_of(request), number),
    }
    return render(request, "portal/apply/done.html", context)
