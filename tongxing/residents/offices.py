"""Which office answers for what a resident asks, and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from tongxing.content.instance import pack
from tongxing.lib.calendar import CalendarEnds, WorkCalendar
from tongxing.residents.models import Request

WORKING_DAYS = 15
NEAR, VILLAGE = "township_officer", "village_worker"
ABOVE_ALL = "federation"


@dataclass(frozen=True)
class Office:
    """A role, or else a department."""

    role: str = ""
    department: str = ""

    @property
    def name(self) -> str:
        known = pack(settings.PACK)
        return known.departments[self.department].name if self.department else known.roles[self.role].name


def of(kind: str, fact: str, *, is_protected: bool = False) -> Office:
    """The department that owns the fact, if it works here; else the township, which passes it on.

    Where the place is protected nobody of the village or township is to know: the federation passes it on.
    """
    office = _of(kind, fact)
    return Office(department=ABOVE_ALL) if is_protected and not office.department else office


def _of(kind: str, fact: str) -> Office:
    if kind == Request.Kind.VISIT:
        return Office(role=VILLAGE)
    known = pack(settings.PACK)
    owner = known.facts[fact].owner if fact in known.facts else ""
    found = next((id_ for id_, department in known.departments.items() if department.name == owner), "")
    staffed = any(role.department == found for role in known.roles.values())
    return Office(department=found) if found and staffed else Office(role=NEAR)


def due(today: date) -> date | None:
    """Fifteen working days; None where the calendar ends, for nothing is guessed."""
    known = pack(settings.PACK).calendar
    if known is None:
        return None
    try:
        return WorkCalendar(known.holidays, known.workdays, known.ends).add_workdays(today, WORKING_DAYS)
    except CalendarEnds:
        return None
