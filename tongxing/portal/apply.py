"""“办一件事”: what one may start, then only the facts that are still missing, one a page, and a last look."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tongxing.accounts.access import needs, open_to_all
from tongxing.accounts.rights import Right
from tongxing.applications.queries import application_for
from tongxing.casework.actions import open_case
from tongxing.casework.catalogue import known
from tongxing.casework.queries import case_for
from tongxing.casework.refusal import Refused
from tongxing.content.find import find
from tongxing.content.instance import pack
from tongxing.content.services import Service
from tongxing.journal.actions import OtherContent, once
from tongxing.organisation import queries as divisions
from tongxing.portal import first, own_rights, status
from tongxing.portal.frame import actor_of, look, person_of
from tongxing.portal.rights import TOLD_BESIDE, TOLD_BY
from tongxing.registry.actions import Told, answer
from tongxing.registry.queries import household_of


@open_to_all
def catalogue(request: HttpRequest) -> HttpResponse:
    """In the groups in which people look for things; a guest is asked who they are once they chose."""
    startable = {str(s.policy): s for s in known().values() if s.policy and "resident" in s.starts}
    policies = pack(settings.PACK).policies
    groups = [
        (group.name, [(startable[name], policies[name].summary) for name in group.policies if name in startable])
        for group in find(settings.PACK).groups
    ]
    firsts = [service for service in known().values() if service.outcome == "certificate"]
    context = {"groups": [(name, rows) for name, rows in groups if rows], "firsts": firsts}
    return render(request, "portal/apply/catalogue.html", context)


@needs(Right.OWN_AFFAIRS)
def one(request: HttpRequest, service: str) -> HttpResponse:
    found = known().get(service)
    if found is None or "resident" not in found.starts:
        raise Http404("没有这一项。请从“办一件事”里选。")
    if found.outcome == "certificate":
        return first.page(request, found)
    return _told(request, found) if request.method == "POST" else _page(request, found)


def _page(request: HttpRequest, service: Service, wrong: tuple[str, str] = ("", "")) -> HttpResponse:
    """The next missing fact that the person can tell; else what is held, and the last button."""
    policy = str(service.policy)
    held = own_rights.ground(look(request), timezone.localdate(), {})
    answers = held.found.answers.get(policy)
    missing = own_rights.askable(held, policy)
    facts = own_rights.behind(held, policy) if answers else []
    context: dict[str, Any] = {
        "person": person_of(request),
        "service": service,
        "policy": pack(settings.PACK).policies[policy],
        "question": own_rights.question(missing[0]) if missing else None,
        "left": len(missing),
        "facts": facts,
        "days": sum(step.working_days for step in service.steps),
        "eligible": answers.eligible if answers else None,
        "once": secrets.token_hex(12),
        "typed": wrong[0],
        "wrong": wrong[1],
        "mistakes": [("a-1" if missing else "main", wrong[1])] if wrong[1] else [],
    }
    return render(request, "portal/apply/one.html", context, status=422 if wrong[1] else 200)


def _told(request: HttpRequest, service: Service) -> HttpResponse:
    said = request.POST.get("value", "").strip()
    try:
        if request.POST.get("fact"):
            _write(request, said)
            return redirect("portal:apply-one", service=service.id)
        case = open_case(by=actor_of(request), person=person_of(request), service=str(service.id))
    except (ValidationError, Refused, OtherContent) as why:
        message = why.messages[0] if isinstance(why, ValidationError) else str(why)
        return _page(request, service, (said, str(message)))
    return redirect("portal:applied", number=case.number)


def _write(request: HttpRequest, said: str) -> None:
    """One fact in the person's own words, kept at once: whoever comes back later is not asked again."""
    if not said:
        raise ValidationError("请先回答。不想说，就选“不想说”。")
    actor, person, fact = actor_of(request), person_of(request), request.POST["fact"]
    told = Told(fact, said, TOLD_BY.get(actor.role, TOLD_BESIDE), timezone.localdate())

    def write() -> str:
        return f"status:{answer(person=person, household=household_of(person), told=told, by=actor).pk}"

    content = {"person": str(person.pk), "fact": fact, "value": said}
    once(key=request.POST.get("once") or secrets.token_hex(12), content=content, work=write)


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
