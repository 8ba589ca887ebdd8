"""Which person of the registry a line speaks of: exactly by blind index, or nobody. No guess by name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from tongxing.exchange.lines import KnownPerson, Line
from tongxing.registry.keys import ring
from tongxing.registry.models import Member, Person

T = TypeVar("T")
FIELDS = ("id", "name", "birth_date", "death_date", "village_code")
CHUNK = 900  # below the number of values that every SQLite takes in one question


def chunks(items: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    every = list(items)
    return (every[start : start + size] for start in range(0, len(every), size))


def match(lines: Sequence[Line]) -> None:
    """Sets `person` on each line whose number is known: by ID number, else by certificate number."""
    found = known_people("id_number", {number for line in lines if (number := line.id_number)})
    rest = [line.certificate.number for line in lines if line.certificate and line.id_number not in found]
    by_certificate = known_people("certificate", set(rest))
    for line in lines:
        number = line.certificate.number if line.certificate else ""
        line.person = found.get(line.id_number or "") or by_certificate.get(number)


def known_people(kind: str, numbers: set[str]) -> dict[str, KnownPerson]:
    """People by the number of this kind, under every version of the index."""
    number_of = {index: number for number in numbers for index in ring().blind_indexes(kind, number)}
    column = "certificates__number_index" if kind == "certificate" else "id_number_index"
    people: dict[str, KnownPerson] = {}
    merged: dict[str, int] = {}
    for part in chunks(number_of):
        found = Person.objects.filter(**{f"{column}__in": part})
        for index, into, *fields in found.values_list(column, "merged_into", *FIELDS):
            people[number_of[bytes(index)]] = KnownPerson(*fields)
            if into is not None:
                merged[number_of[bytes(index)]] = into
    return _with_households(people | _that_count(merged))


def _that_count(merged: dict[str, int]) -> dict[str, KnownPerson]:
    """The number of a merged file speaks of the one that it was merged into. Rare: no question where there is none."""
    if not merged:
        return {}
    rows = Person.objects.filter(pk__in=set(merged.values())).values_list(*FIELDS)
    counting = {row[0]: KnownPerson(*row) for row in rows}
    return {number: counting[into] for number, into in merged.items()}


def _with_households(people: dict[str, KnownPerson]) -> dict[str, KnownPerson]:
    homes: dict[int, tuple[int, str]] = {}
    for part in chunks({person.id for person in people.values()}):
        members = Member.objects.filter(person_id__in=part, until_date=None)
        rows = members.values_list("person_id", "household_id", "household__village_code")
        homes |= {person_id: (household_id, village) for person_id, household_id, village in rows}
    return {
        number: replace(person, household_id=homes[person.id][0], household_village=homes[person.id][1])
        if person.id in homes
        else person
        for number, person in people.items()
    }
