"""One service asked for, one thing a page: the facts that still decide, the papers, a last look, sent.

What is known is shown and not asked. “Not sure” and “later” never stop anybody. Each answer is kept at once: a fact
as one of the person's, the rest with the draft; so a page left or a session ended loses nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tongxing.applications.actions import HELPERS, Said, attach, keep, named_helper, remind, send
from tongxing.applications.queries import answers_in, draft_of, papers_in
from tongxing.casework.models import Case
from tongxing.casework.queries import cases_of
from tongxing.casework.refusal import Refused
from tongxing.content.instance import pack
from tongxing.content.services import Service
from tongxing.journal.actions import OtherContent, once
from tongxing.portal import own_rights, voice
from tongxing.portal.cases import content_of
from tongxing.portal.frame import actor_of, look, person_of
from tongxing.portal.rights import TOLD_BESIDE, TOLD_BY
from tongxing.registry.actions import Told, answer
from tongxing.registry.queries import household_of

UNSURE, LATER = "unsure", "later"
SURE = "check"
PAPER = "paper."  # before the item, in the name of a page
HELPER_FIELDS = ("helper", "helper-name", "helper-agreed")
LAST_FIELDS = (*HELPER_FIELDS, *voice.FIELDS)


@dataclass(frozen=True)
class Way:
    """What is held, what was told here, and the pages that are left."""

    service: Service
    held: own_rights.Ground
    said: dict[str, list[str]]
    papers: list[str]

    @property
    def told(self) -> list[str]:
        return self.said.get("told", [])

    @property
    def unsure(self) -> list[str]:
        return self.said.get(UNSURE, [])

    @property
    def questions(self) -> list[str]:
        asked = own_rights.askable(self.held, str(self.service.policy))
        return [fact for fact in asked if fact not in self.unsure]

    @property
    def left(self) -> list[str]:
        """The pages before the last look."""
        done = {*self.papers, *self.said.get(LATER, [])}
        papers = [PAPER + str(item.id) for item in self.service.evidence if item.id not in done]
        return self.questions + papers

    def page(self, wanted: str) -> str:
        """A page to change an answer, else the next one."""
        can_change = {*self.told, *self.unsure, *self.questions, *(PAPER + str(i.id) for i in self.service.evidence)}
        return wanted if wanted in can_change else next(iter(self.left), SURE)


def way_of(request: HttpRequest, service: Service) -> Way:
    person = person_of(request)
    draft = draft_of(person, str(service.id))
    held = own_rights.ground(person, timezone.localdate(), {})
    return Way(service, held, answers_in(draft), papers_in(draft))


def page(request: HttpRequest, service: Service) -> HttpResponse:
    look(request)
    if request.method != "POST":
        return _show(request, way_of(request, service), request.GET.get("page", ""))
    try:
        return _told(request, service)
    except (ValidationError, Refused, OtherContent) as why:
        message = why.messages[0] if isinstance(why, ValidationError) else str(why)
        here = request.POST.get("fact") or request.POST.get("paper") or SURE
        if last_said(request):
            _keep(request, service)
        return _show(request, way_of(request, service), here, str(message))


def _told(request: HttpRequest, service: Service) -> HttpResponse:
    """What was pressed: an answer, a paper, later, or the last button."""
    fact, paper, leaves = request.POST.get("fact"), request.POST.get("paper", ""), request.POST.get("go") == "leave"
    if fact:
        if not leaves or request.POST.get("value"):
            _fact(request, service, fact)
    elif paper:
        _paper(request, service, paper.removeprefix(PAPER), leaves=leaves)
    elif not leaves:
        return _send(request, service)
    if not leaves:
        return redirect("portal:apply-one", service=service.id)
    remind(by=actor_of(request), draft=_keep(request, service))
    return redirect("portal:draft-kept", service=service.id)


def _keep(request: HttpRequest, service: Service, name: str = "", value: str = "") -> Any:
    """The draft, with `value` among what stands under `name`; under no other name then."""
    person = person_of(request)
    said = answers_in(draft_of(person, str(service.id)))
    if name:
        said = {key: [one for one in values if one != value] for key, values in said.items()}
        said[name] = [*said.get(name, []), value]
    said |= last_said(request)
    return keep(by=actor_of(request), person=person, service=str(service.id), said=Said("", said))


def _fact(request: HttpRequest, service: Service, fact: str) -> None:
    """In the person's own words, kept at once: whoever comes back later is not asked again."""
    said = UNSURE if request.POST.get("go") == UNSURE else request.POST.get("value", "").strip()
    if not said:
        raise ValidationError("请先回答。不清楚，就选“不清楚”。")
    if fact not in pack(settings.PACK).facts:
        raise Http404("没有这一题。")
    if said == UNSURE:
        _keep(request, service, UNSURE, fact)
        return
    actor, person = actor_of(request), person_of(request)
    told = Told(fact, said, TOLD_BY.get(actor.role, TOLD_BESIDE), timezone.localdate())

    def write() -> str:
        return f"status:{answer(person=person, household=household_of(person), told=told, by=actor).pk}"

    content = {"person": str(person.pk), "fact": fact, "value": said}
    once(key=request.POST.get("once") or secrets.token_hex(12), content=content, work=write)
    _keep(request, service, "told", fact)


def _paper(request: HttpRequest, service: Service, item: str, *, leaves: bool) -> None:
    file = request.FILES.get("file") or request.FILES.get("photo")
    if file is None and (leaves or request.POST.get("go") == LATER):
        if not leaves and item in [str(named.id) for named in service.evidence]:
            _keep(request, service, LATER, item)
        return
    content = content_of(file)
    attach(by=actor_of(request), person=person_of(request), service=str(service.id), item=item, content=content)


def _send(request: HttpRequest, service: Service) -> HttpResponse:
    helper = helper_in(request)
    word = voice.word(request)
    case = send(by=actor_of(request), person=person_of(request), service=str(service.id), helper=helper, word=word)
    return redirect("portal:applied", number=case.number)


def running(request: HttpRequest, service: Service) -> Case | None:
    """The case of the same thing that is open already: asked for again, it is this one that comes back."""
    cases = cases_of(actor_of(request), person_of(request))
    return next((case for case in cases if case.waits and case.service == service.id), None)


def helper_in(request: HttpRequest) -> tuple[str, str] | None:
    """Who helped, as the form says it. Raises Refused."""
    said = request.POST
    kind, name, agreed = (said.get(one, "") for one in HELPER_FIELDS)
    return named_helper(kind, name, is_agreed=agreed == "yes")


def helper_anchor(request: HttpRequest) -> str:
    """The first field of the helper that lacks something; '' where nobody helped, or nothing is lacking."""
    said = helper_said(request)
    if not said:
        return ""
    if "helper" not in said:
        return "helper-family"
    return "helper-name" if "helper-name" not in said else "" if "helper-agreed" in said else "helper-agreed"


def helper_said(request: HttpRequest) -> dict[str, list[str]]:
    """What was typed of the helper, for a draft; empty on a page that does not ask."""
    return {name: [request.POST[name][:40]] for name in HELPER_FIELDS if request.POST.get(name, "").strip()}


def last_said(request: HttpRequest) -> dict[str, list[str]]:
    """What the page of the last look asks beside the thing itself, for a draft."""
    return helper_said(request) | voice.said(request)


def last_form(request: HttpRequest, kept: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    return helper_form(request, kept) | voice.form(request, kept)


def last_anchor(request: HttpRequest) -> str:
    return helper_anchor(request) or voice.anchor(request) or "main"


def helper_form(request: HttpRequest, kept: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Asked of the person alone: a guardian and an officer beside them are written down already."""
    kind, name, agreed = (request.POST.get(one) or next(iter(kept.get(one, ())), "") for one in HELPER_FIELDS)
    shown = {"kind": kind, "name": name, "agreed": agreed}
    return {"helpers": HELPERS.items() if actor_of(request).role == "resident" else (), "helper": shown}


def _show(request: HttpRequest, way: Way, wanted: str, wrong: str = "") -> HttpResponse:
    at = way.page(wanted) if wanted != SURE else SURE
    context: dict[str, Any] = {
        "person": person_of(request),
        "service": way.service,
        "running": running(request, way.service),
        "at": at,
        "left": max(len(way.left), 1),
        "once": secrets.token_hex(12),
        "wrong": wrong,
        "typed": request.POST.get("value", ""),
        "mistakes": [(_anchor(request, at), wrong)] if wrong else [],
    }
    context |= _sure(request, way) if at == SURE else _asked(way, at)
    return render(request, "portal/apply/one.html", context, status=422 if wrong else 200)


def _anchor(request: HttpRequest, at: str) -> str:
    if at != SURE:
        return "give" if at.startswith(PAPER) else "a-1"
    return last_anchor(request)


def _asked(way: Way, at: str) -> dict[str, Any]:
    if at.startswith(PAPER):
        names = {str(item.id): item.name for item in way.service.evidence}
        item = at.removeprefix(PAPER)
        return {"paper": names[item], "has_paper": item in way.papers}
    now = own_rights.typed(way.held, at) if at in way.told else UNSURE if at in way.unsure else ""
    return {"question": own_rights.question(at), "now": now, "can_be_unsure": at not in way.told}


def _sure(request: HttpRequest, way: Way) -> dict[str, Any]:
    """What is known, what was told here with a way to change it, and how long it takes."""
    policy, answers = str(way.service.policy), way.held.found.answers
    mine = [(fact, *own_rights.spoken(way.held, fact, is_unsure=fact in way.unsure)) for fact in way.told + way.unsure]
    names = {name for _, name, _ in mine}
    papers = [(PAPER + str(item.id), item.name, item.id in way.papers) for item in way.service.evidence]
    known = own_rights.behind(way.held, policy) if policy in answers else []
    return last_form(request, way.said) | {
        "policy": pack(settings.PACK).policies[policy],
        "facts": [row for row in known if row[0] not in names],
        "mine": mine,
        "papers": papers,
        "days": sum(step.working_days for step in way.service.steps),
        "eligible": answers[policy].eligible if policy in answers else None,
    }
