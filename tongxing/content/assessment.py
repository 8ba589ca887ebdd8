"""Reads assessment.yaml: where, on which weekdays and for how many people the first certificate is assessed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tongxing.content.blocks import Block
from tongxing.content.extra import read_fields
from tongxing.content.fields import Fields, Mistakes
from tongxing.content.rooms import each

FILE = "assessment.yaml"


@dataclass(frozen=True)
class Hospital:
    """`weekdays` 1 to 7, Monday first; `seats` people each morning and each afternoon."""

    id: str
    name: str
    division: str
    weekdays: Sequence[int]
    seats: int


@dataclass(frozen=True)
class Assessment:
    """`kinds`: category → how people say it. Slots are offered from `first_after_days` to `within_days` from today."""

    is_illustrative: bool
    first_after_days: int
    within_days: int
    kinds: Mapping[str, str]
    places: Mapping[str, Hospital]


@lru_cache(maxsize=4)
def assessment(folder: Path) -> Assessment:
    """Of the pack in `folder`, read once. Raises PackErrors."""
    return read_assessment(folder)


def read_assessment(folder: Path) -> Assessment:
    """A pack without the file has only assessments at home. Raises PackErrors with all mistakes."""
    return read_fields(folder, FILE, _assessment, Assessment(False, 0, 0, {}, {}))


def _assessment(fields: Fields) -> Assessment:
    return Assessment(
        is_illustrative=fields.choice("status", ("official", "illustrative")) == "illustrative",
        first_after_days=fields.whole("first_after_days", need=True) or 1,
        within_days=fields.whole("within_days", need=True) or 1,
        kinds={str(kind): str(said) for kind, said in fields.inner("kinds").items()},
        places=_places(fields.raw("places"), fields.mistakes),
    )


def _places(value: object, mistakes: Mistakes) -> dict[str, Hospital]:
    found: dict[str, Hospital] = {}
    for id_, fields in each(value if isinstance(value, Block) else Block(), "医院", mistakes):
        weekdays = [int(day) for day in fields.names("weekdays", need=True) if day.isdigit()]
        seats = fields.whole("seats", need=True) or 0
        if not weekdays or not all(1 <= day <= 7 for day in weekdays) or seats < 1:
            mistakes.note("weekdays 要是 1 到 7，seats 要大于 0", id_.place)
        found[str(id_)] = Hospital(
            str(id_), fields.words("name", need=True), str(fields.text("division", need=True)), weekdays, seats
        )
    return found
