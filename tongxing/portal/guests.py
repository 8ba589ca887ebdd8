"""Asking for a service without an account: one thing a page, kept at once under the visitor's own key (A16)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from tongxing.accounts.access import open_to_all
from tongxing.applications.actions import attach_as_guest, begin_as_guest, new_key, write_as_guest
from tongxing.applications.guests import LATER, UNSURE, VALUE, Guest
from tongxing.casework.refusal import Refused
from tongxing.content.assessment import assessment
from tongxing.content.instance import pack
from tongxing.content.services import Service
from tongxing.portal import own_rights
from tongxing.portal.cases import content_of
from tongxing.portal.guest_key import field_of, guest_in, of_form, offered, show_key
from tongxing.portal.guest_way import FACT, NEED, SLOT, Way
from tongxing.portal.journey import PAPER, SURE
from tongxing.registry.actions import stored_value

ANCHORS = {NEED: "kind-1", SLOT: "slot-1"}


@open_to_all
def page(request: HttpRequest, service: str) -> HttpResponse:
    """The start for whoever comes first, else the next page; whoever came in asks as themselves."""
    found = offered(service)
    if getattr(request, "resident", None):
        return redirect("portal:guest-take" if guest_in(request, found) else "portal:apply-one", service=service)
    guest = guest_in(request, found)
    if request.method != "POST":
        return _show(request, Way(found, guest), request.GET.get("page", "")) if guest else _start(request, found)
    guest = guest or begin_as_guest(service=service, token=of_form(request))
    if "check" in _sent(guest):
        return redirect("portal:guest-sent", service=service)
    at = request.POST.get("at", "")
    try:
        if at:
            guest = _told(request, Way(found, guest), at)
    except (ValidationError, Refused) as why:
        message = why.messages[0] if isinstance(why, ValidationError) else str(why)
        return show_key(_show(request, Way(found, guest), at, str(message)), guest)
    go = request.POST.get("go")
    onward = redirect("portal:guest-keep" if go == "keep" else "portal:guest", service=service)
    if go == NEED:
        onward["Location"] += f"?page={NEED}"
    return show_key(onward, guest)


def _sent(guest: Guest) -> str:
    return "check" if hasattr(guest.draft, "check_of") else ""


def _start(request: HttpRequest, service: Service) -> HttpResponse:
    policy, kept = pack(settings.PACK).policies.get(service.policy), field_of(new_key())
    return render(request, "portal/guest/start.html", {"service": service, "policy": policy, "kept": kept})


def _told(request: HttpRequest, way: Way, at: str) -> Guest:
    """What was pressed on the page `at`. To keep, or to go back, takes along what was chosen and asks for nothing."""
    go, said = request.POST.get("go", ""), dict(way.said)
    is_leaving = go == "keep"
    if at.startswith(PAPER):
        return _paper(request, way, at.removeprefix(PAPER), is_leaving=is_leaving)
    if at.startswith(FACT):
        value = UNSURE if go == UNSURE else request.POST.get("value", "").strip()
        if value or not is_leaving:
            said = _with_fact(said, at.removeprefix(FACT), value)
    elif at in (NEED, SLOT):
        said |= _first(request, way, at, is_leaving=is_leaving or go == NEED)
    return write_as_guest(guest=way.guest, said=said)


def _with_fact(said: dict[str, list[str]], fact: str, value: str) -> dict[str, list[str]]:
    """In place of an earlier answer to it. Raises ValidationError saying how to write it."""
    known = pack(settings.PACK).facts.get(fact)
    if known is None or known.origin != "status":
        raise Http404("没有这一题。")
    if not value:
        raise ValidationError("请先回答。不清楚，就选“不清楚”。")
    if value not in (UNSURE, "refused"):
        stored_value(known, value)
    kept = {name: values for name, values in said.items() if name != VALUE + fact}
    unsure = [name for name in kept.get(UNSURE, []) if name != fact]
    if value == UNSURE:
        return kept | {UNSURE: [*unsure, fact]}
    return kept | {UNSURE: unsure, VALUE + fact: [value]}


def _paper(request: HttpRequest, way: Way, item: str, *, is_leaving: bool) -> Guest:
    file = request.FILES.get("file") or request.FILES.get("photo")
    if file is None and (is_leaving or request.POST.get("go") == LATER):
        later = [name for name in way.said.get(LATER, []) if name != item]
        if is_leaving or item not in [str(named.id) for named in way.service.evidence]:
            return way.guest
        return write_as_guest(guest=way.guest, said=way.said | {LATER: [*later, item]})
    attach_as_guest(guest=way.guest, item=item, content=content_of(file))
    return way.guest


def _first(request: HttpRequest, way: Way, at: str, *, is_leaving: bool) -> dict[str, list[str]]:
    """The pages of the first certificate. Raises ValidationError with what is missing; what was chosen is kept."""
    if at == SLOT:
        slot = request.POST.get("slot", "")
        if not is_leaving and slot not in [each.key for each in way.slots]:
            raise ValidationError("这个时间刚刚约满了。请另选一个。" if slot else "请选一个时间。")
        return {"slot": [slot[:60]]}
    kinds = [kind for kind in assessment(settings.PACK).kinds if kind in request.POST.getlist("kind")]
    home = request.POST.get("home", "")
    said = {"kind": kinds, "home": [home if home in ("yes", "no") else ""]}
    if not is_leaving and not (kinds and said["home"][0]):
        write_as_guest(guest=way.guest, said=way.said | said)
        raise ValidationError("请选能不能自己去医院。" if kinds else "请选哪方面不方便，至少一项。")
    return said | ({"slot": [""]} if home == "yes" else {})


def _show(request: HttpRequest, way: Way, wanted: str, wrong: str = "") -> HttpResponse:
    if _sent(way.guest):
        return redirect("portal:guest-sent", service=way.service.id)
    way = Way(way.service, Guest(way.guest.draft, way.guest.token))  # what was written a moment ago counts
    at = way.page(wanted) if wanted != SURE else next(iter(way.left), SURE)
    anchor = "home-1" if at == NEED and way.said.get("kind") else ANCHORS.get(at, "give" if PAPER in at else "a-1")
    context: dict[str, Any] = {
        "service": way.service,
        "at": at,
        "left": max(len(way.left), 1),
        "kept": field_of(way.guest.token),
        "number": way.guest.draft.spoken_number,
        "wrong": wrong,
        "typed": request.POST.get("value", ""),
        "mistakes": [(anchor, wrong)] if wrong else [],
        "here": reverse("portal:guest", kwargs={"service": way.service.id}),
    }
    response = render(request, "portal/guest/one.html", context | _asked(way, at), status=422 if wrong else 200)
    return show_key(response, way.guest)


def _asked(way: Way, at: str) -> dict[str, Any]:
    if at.startswith(PAPER):
        item = at.removeprefix(PAPER)
        names = {str(each.id): each.name for each in way.service.evidence}
        return {"paper": names[item], "has_paper": item in way.guest.papers}
    if at.startswith(FACT):
        fact = at.removeprefix(FACT)
        return {"question": own_rights.question(fact), "now": way.typed(fact), "can_be_unsure": True}
    return way.first_form() if at in (NEED, SLOT) else way.last_look()
