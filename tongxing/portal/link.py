"""A link from a text: one proposal, one answer, no signing in (J3). It says no more than the answer needs."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from tongxing.accounts.access import AskFirst, open_to_all
from tongxing.casework.models import Case
from tongxing.casework.queries import case_for
from tongxing.casework.refusal import Refused
from tongxing.portal import history, status
from tongxing.portal.child import AGREED, asking
from tongxing.proposals import actions
from tongxing.residents.access import linked_actor
from tongxing.residents.actions import account_of, agree_for_child, may_agree_for_child, use_link
from tongxing.residents.models import Consent, Link
from tongxing.residents.queries import open_link

SAID = {"yes": "记下了：您要。", "no": "记下了：您不要。以后改主意，随时说。", "call": "记下了。会先打电话给您。"}


@open_to_all
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The same page for a link that never was, that is used, and that is too old."""
    link = open_link(token, timezone.now())
    case = _case(link) if link else None
    if link is None or case is None or case.state != Case.State.PROPOSED:
        return render(request, "portal/link_over.html", status=404)
    if request.method != "POST":
        return _page(request, case)
    what = request.POST.get("what", "")
    if what not in SAID:
        return _page(request, case, [("yes", "请选一个：要、不要，或者先打电话。")])
    try:
        _say(link, case, what, agrees=AGREED in request.POST)
    except AskFirst:
        asked = asking(case.person.name) | {"answer_url": request.path, "what": what}
        asked["may"] = may_agree_for_child(linked_actor(link.person, 0), link.person)
        return render(request, "portal/link_child.html", asked)
    except (Refused, PermissionDenied) as why:
        return _page(request, case, [("yes", str(why))])
    messages.success(request, SAID[what])
    return redirect("portal:answered")


def _case(link: Link) -> Case | None:
    number = link.subject.removeprefix("case:")
    return case_for(linked_actor(link.person, 0), number)


@transaction.atomic
def _say(link: Link, case: Case, what: str, *, agrees: bool = False) -> None:
    """The link is used up with the answer, or neither happens. A call asked for leaves the link open for the answer.

    `agrees`: a guardian's yes for a child under 14 comes with it (S28).
    """
    user = account_of(person=link.person).user_id
    actor = linked_actor(link.person, user)
    if agrees and actor.held_back:
        agree_for_child(by=actor, person=link.person, channel=Consent.Channel.LINK)
        actor = linked_actor(link.person, user)
    if what != "call" and not use_link(by=actor, link=link):
        raise Refused("这个链接已经用过了。")
    if what == "yes":
        actions.agree(by=actor, case=case, words="在短信链接里回的")
    elif what == "no":
        actions.turn_down(by=actor, case=case, words="在短信链接里回的：不要")
    else:
        actions.call_back(by=actor, case=case)


def _page(request: HttpRequest, case: Case, wrong: list[tuple[str, str]] | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "s": status.of_cases([case], {})[0],
        "proposal": history.proposal(case, with_reasons=False),
        "answer_url": request.path,
        "wrong": wrong or [],
    }
    return render(request, "portal/link.html", context, status=422 if wrong else 200)


@open_to_all
def answered(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/link_answered.html")
