"""The first certificate in four pages: it is me; what is hard and can I go out; when; all right so.

Every answer so far is in the form itself (`kind`, `home`, `slot`), so that nothing typed is lost by a mistake, and in
the draft, from which the page comes back later; the case is opened by the last button and the draft goes with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from tongxing.applications.actions import Said, Wish, apply_first, keep, remind
from tongxing.applications.queries import Slot, answers_in, draft_of, free_slots
from tongxing.casework.refusal import Refused
from tongxing.content.assessment import assessment
from tongxing.content.services import Service
from tongxing.lib.contact import mask_phone
from tongxing.lib.identity import mask
from tongxing.organisation import queries as divisions
from tongxing.portal import voice
from tongxing.portal.frame import actor_of, look, person_of
from tongxing.portal.journey import LAST_FIELDS, helper_in, last_anchor, last_form, last_said, running
from tongxing.registry.models import Person
from tongxing.registry.places import kept_of
from tongxing.registry.queries import valid_certificate
from tongxing.ui.templatetags.look import masked_number

MOST = 8  # hours that are offered at once
PAGES = ("me", "need", "slot", "check")


@dataclass(frozen=True)
class Form:
    """`home`: yes, no or "" until it was said."""

    kinds: tuple[str, ...]
    home: str
    slot: str

    @property
    def hidden(self) -> list[tuple[str, str]]:
        return [("kind", kind) for kind in self.kinds] + [("home", self.home), ("slot", self.slot)]

    @property
    def said(self) -> dict[str, list[str]]:
        """As a draft keeps it."""
        return {"kind": list(self.kinds), "home": [self.home], "slot": [self.slot]}


def _read(said: QueryDict | MultiValueDict[str, str]) -> Form:
    known = assessment(settings.PACK).kinds
    home, slot = said.get("home") or "", said.get("slot") or ""
    kinds = tuple(kind for kind in known if kind in said.getlist("kind"))
    return Form(kinds, home if home in ("yes", "no") else "", "" if home == "yes" else slot[:60])


def page(request: HttpRequest, service: Service) -> HttpResponse:
    """`at`: the page whose button was pressed; `go`: on, back to a page to change an answer, or later."""
    person, form = look(request), _read(request.POST)
    slots = free_slots(person, timezone.localdate())
    if request.method != "POST":
        return _come_back(request, service, slots)
    go, at = request.POST.get("go", "next"), request.POST.get("at", "me")
    target, wrong = (go, "") if go in PAGES else (at, "") if go == "later" else _next(at, form, slots)
    if target != "done":
        _keep(request, service, target, form)
    if go == "later":
        return redirect("portal:draft-kept", service=service.id)
    if target != "done":
        return _show(request, service, target, form, slots, wrong)
    try:
        wish = Wish(form.kinds, form.slot, helper_in(request), voice.word(request))
        application = apply_first(by=actor_of(request), person=person, wish=wish)
    except (Refused, ValidationError) as why:
        slots = free_slots(person, timezone.localdate())
        back = "check" if form.home == "yes" or form.slot in [slot.key for slot in slots] else "slot"
        message = why.messages[0] if isinstance(why, ValidationError) else str(why)
        return _show(request, service, back, form, slots, str(message))
    return redirect("portal:applied", number=application.case.number)


def _come_back(request: HttpRequest, service: Service, slots: list[Slot]) -> HttpResponse:
    """To the page where it was left, or to the one asked for, with everything that was said.

    An hour that is gone is chosen anew.
    """
    draft = draft_of(person_of(request), str(service.id))
    form = _read(MultiValueDict(answers_in(draft)))
    asked = request.GET.get("at") or (draft.at if draft else "")
    at = asked if draft and asked in PAGES else "me"
    if at == "check" and form.home != "yes" and form.slot not in [slot.key for slot in slots]:
        at = "slot"
    return _show(request, service, at, form, slots)


def _keep(request: HttpRequest, service: Service, at: str, form: Form) -> None:
    """Nothing is kept for somebody who has a certificate and can ask for nothing here."""
    if valid_certificate(person_of(request)) is not None:
        return
    last = _kept_last(person_of(request), service) | last_said(request)
    said = Said(at if at in PAGES else "me", form.said | last)
    draft = keep(by=actor_of(request), person=person_of(request), service=str(service.id), said=said)
    if request.POST.get("go") == "later":
        remind(by=actor_of(request), draft=draft)


def _kept_last(person: Person, service: Service) -> dict[str, list[str]]:
    said = answers_in(draft_of(person, str(service.id)))
    return {name: said[name] for name in LAST_FIELDS if name in said}


def _next(at: str, form: Form, slots: list[Slot]) -> tuple[str, str]:
    """The first page, after the one that was left, with something to answer; and what is wrong with what was said."""
    if at == "me":
        return "need", ""
    if not form.kinds:
        return "need", "请选哪方面不方便，至少一项。"
    if not form.home:
        return "need", "请选能不能自己去医院。"
    if form.home == "no" and form.slot not in [slot.key for slot in slots]:
        late = "这个时间刚刚约满了。请另选一个。" if form.slot else "请选一个时间。"
        return "slot", "" if at == "need" else late
    return ("done" if at == "check" else "check"), ""


def _show(
    request: HttpRequest, service: Service, at: str, form: Form, slots: list[Slot], wrong: str = ""
) -> HttpResponse:
    known, person = assessment(settings.PACK), person_of(request)
    anchor = {"need": "home-1" if form.kinds else "kind-1", "slot": "slot-1"}.get(at, last_anchor(request))
    context: dict[str, Any] = {
        "person": person,
        "service": service,
        "running": running(request, service),
        "at": at,
        "number": PAGES.index(at) + 1,
        "form": form,
        "kinds": [(kind, said) for kind, said in known.kinds.items()],
        "kind_names": [known.kinds[kind] for kind in form.kinds],
        "slots": slots[:MOST],
        "chosen": next((slot for slot in slots if slot.key == form.slot), None),
        "illustrative": known.is_illustrative,
        "held": _held(person) if at == "me" else [],
        "has_one": valid_certificate(person) is not None,
        "wrong": wrong,
        "mistakes": [(anchor, wrong)] if wrong else [],
    } | last_form(request, _kept_last(person, service))
    return render(request, "portal/apply/first.html", context, status=422 if wrong else 200)


def _held(person: Person) -> list[tuple[str, str]]:
    """What identity is confirmed from; none of it is asked."""
    kept = kept_of(person)
    code = person.opened("id_number") or ""
    phone = person.opened("phone") or ""
    held = [
        ("姓名", person.name),
        ("证件号码", masked_number(mask(code)) if code else ""),
        ("手机", masked_number(mask_phone(phone), "手机号") if phone else ""),
        ("住在", divisions.names().get(kept.village_code if kept else person.village_code, "")),
    ]
    return [(name, value) for name, value in held if value]
