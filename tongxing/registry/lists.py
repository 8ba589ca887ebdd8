"""Which departments' lists have come for an area, and which are late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Max

from tongxing.content.instance import pack
from tongxing.registry.models import ListReceived


@dataclass(frozen=True)
class ListState:
    """The newest list of a fact for a division."""

    fact: str
    label: str
    owner: str
    division_code: str
    as_of_date: date
    late: bool
    days: int


def list_states(prefix: str, as_of: date) -> list[ListState]:
    """Newest list of each fact for each division in or above the area, the latest ones first. One query."""
    facts = pack(settings.PACK).facts
    newest = ListReceived.objects.values("fact", "division_code").annotate(day=Max("as_of_date"))
    states = [
        _state(facts[row["fact"]], row["division_code"], row["day"], as_of)
        for row in newest
        if row["fact"] in facts and _touches(row["division_code"], prefix)
    ]
    return sorted(states, key=lambda state: (-state.days, state.fact, state.division_code))


def _state(fact: object, division: str, day: date, as_of: date) -> ListState:
    limit = getattr(fact, "stale_days", None)
    late = limit is not None and day < as_of - timedelta(days=limit)
    return ListState(
        fact.name,
        fact.label,
        fact.owner or "",
        division,
        day,
        late,
        (as_of - day).days,  # type: ignore[attr-defined]
    )


def _touches(division: str, prefix: str) -> bool:
    stem = division.rstrip("0")
    return division.startswith(prefix) or prefix.startswith(stem)
