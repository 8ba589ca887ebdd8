"""Free hours at the hospitals, who is waiting for a doctor, what a new certificate brings along, and drafts."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, QuerySet

from tongxing.accounts.access import Actor
from tongxing.applications.models import Application, Draft, DraftPaper
from tongxing.casework import catalogue
from tongxing.casework.clocks import calendar
from tongxing.casework.models import Case
from tongxing.casework.queries import cases_for, queue_for
from tongxing.content.assessment import Hospital, assessment
from tongxing.content.services import Service
from tongxing.lib.calendar import CalendarEnds
from tongxing.policy.models import Declined
from tongxing.policy.queries.explanations import explain
from tongxing.registry.keys import ring
from tongxing.registry.models import Certificate, Person

SERVICE_OUTCOME = "certificate"
NEAR_END = timedelta(days=366)


@dataclass(frozen=True)
class Slot:
    """A half-day at a hospital. `key` stands in forms."""

    place: Hospital
    day: date
    half: str

    @property
    def key(self) -> str:
        return f"{self.place.id}.{self.day.isoformat()}.{self.half}"

    @property
    def half_name(self) -> str:
        return str(Application.Half(self.half).label)


def certificate_service() -> Service | None:
    """The service of the pack that ends with a first certificate."""
    return next((found for found in catalogue.known().values() if found.outcome == SERVICE_OUTCOME), None)


def slots_for(person: Person | None, today: date) -> list[Slot]:
    """Every half-day that may be asked for, of the hospitals of the person's county, else of the whole city.

    `person` None is somebody of whom nobody knows yet where they live.
    """
    known = assessment(settings.PACK)
    places = known.places.values()
    near = [place for place in places if person and place.division[:6] == person.village_code[:6]]
    days = [today + timedelta(days=n) for n in range(known.first_after_days, known.within_days + 1)]
    open_days = [day for day in days if _is_open(day)]
    return [slot for day in open_days for place in near or places for slot in _of_day(place, day)]


def _is_open(day: date) -> bool:
    """A day beyond the calendar is not offered."""
    try:
        return calendar().is_workday(day)
    except CalendarEnds:
        return False


def _of_day(place: Hospital, day: date) -> Iterator[Slot]:
    if day.isoweekday() in place.weekdays:
        yield from (Slot(place, day, half) for half in Application.Half.values)


def free_slots(person: Person | None, today: date) -> list[Slot]:
    """Those on which a seat is left; two queries at most."""
    slots = slots_for(person, today)
    found = (
        Application.objects.filter(day__gt=today, seat__isnull=False)
        .exclude(case__state=Case.State.WITHDRAWN)
        .values("place", "day", "half")
        .annotate(n=Count("pk"))
    )
    taken = {(row["place"], row["day"], row["half"]): row["n"] for row in found}
    return [slot for slot in slots if taken.get((slot.place.id, slot.day, slot.half), 0) < slot.place.seats]


def application_of(case: Case) -> Application | None:
    return Application.objects.filter(case=case).first()


def application_for(actor: Actor, number: str) -> Application | None:
    """One's own or a ward's."""
    return (
        Application.objects.select_related("case__person")
        .filter(case__in=cases_for(actor), case__number=number)
        .first()
    )


def to_assess(actor: Actor) -> QuerySet[Application]:
    """Who waits for this doctor's finding: those with an hour by the hour, then those to be visited."""
    waiting = queue_for(actor).values("pk")
    return (
        Application.objects.filter(case__in=waiting)
        .select_related("case__person")
        .order_by("at_home", "day", "half", "id")
    )


def linked(person: Person, today: date) -> list[Service]:
    """The services of what the person is entitled to, does not receive, has not refused and has not asked for."""
    found = explain(person, today)
    asked = set(Case.objects.filter(person=person, state__in=Case.WAITING).values_list("policy", flat=True))
    asked |= set(Case.objects.filter(person=person, state="decided").values_list("policy", flat=True))
    owed = {name for name, answer in found.answers.items() if answer.eligible and not found.receives[name]}
    declined = set(Declined.objects.filter(person=person, withdrawn_at=None).values_list("policy", flat=True))
    services = catalogue.by_policy()
    return [services[name] for name in sorted(owed - asked - declined) if "resident" in _starts(services, name)]


def renewal(certificate: Certificate | None, found: Sequence[Service]) -> Service | None:
    """Of what may be taken, the one that renews this certificate; the rule says from when on."""
    return next((service for service in found if service.renews), None) if certificate else None


def ends_soon(certificate: Certificate | None, today: date) -> bool:
    """Near enough that it is worth asking the rule."""
    return certificate is not None and certificate.valid_until_date - today <= NEAR_END


def _starts(services: dict[str, Service], policy: str) -> tuple[str, ...]:
    service = services.get(policy)
    return tuple(service.starts) if service else ()


def drafts_of(person: Person) -> list[Draft]:
    """What the person began and has not sent, the last one first."""
    return list(Draft.objects.filter(person=person))


def draft_of(person: Person, service: str) -> Draft | None:
    return Draft.objects.filter(person=person, service=service).select_related("person").first()


def draft_by_number(number: str, people: Collection[int]) -> Draft | None:
    """For whoever proved to hold the phone of one of these `people`."""
    return Draft.objects.filter(number=number, person__in=people).select_related("person").first()


def answers_in(draft: Draft | None) -> dict[str, list[str]]:
    """{control: what was chosen or typed}; empty where nothing is kept."""
    if draft is None:
        return {}
    plain = ring().open(bytes(draft.answers_sealed), place=Draft.place(draft.person_id, draft.service))
    return {str(name): [str(value) for value in values] for name, values in json.loads(plain).items()}


def papers_in(draft: Draft | None) -> list[str]:
    """The items that were handed in with it."""
    return list(DraftPaper.objects.filter(draft=draft).values_list("item", flat=True)) if draft else []
