"""The three tables of a snapshot, built from the registry for one day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
from django.conf import settings

from tongxing.content.instance import pack
from tongxing.content.pack import Fact
from tongxing.registry.facts import rows
from tongxing.registry.facts.columns import Column
from tongxing.registry.facts.reported import Read, Units, employer_columns, reported_columns
from tongxing.registry.facts.typed import certificate_columns, person_columns


@dataclass(frozen=True)
class FactTables:
    """persons (person_id, household_id, village_code, facts), sorted by household_id; households; employers."""

    persons: pa.Table
    households: pa.Table
    employers: pa.Table


def fact_tables(as_of: date, household_ids: Sequence[int] | None = None) -> FactTables:
    """Everybody on `as_of`, or only the given households (then without employers)."""
    declared = pack(settings.PACK).facts.values()
    people, houses = rows.people(as_of, household_ids), rows.households(household_ids)
    person_ids = [int(row[1]) for row in people]  # type: ignore[call-overload]
    read, lists = _reader(as_of, person_ids, household_ids), rows.lists(as_of)
    persons = Units(person_ids, [str(row[6]) for row in people])
    person_facts = _typed(people, as_of, None if household_ids is None else person_ids)
    own = [fact for fact in declared if fact.unit == "person"]
    person_facts |= reported_columns(own, persons, read, lists, as_of)
    homes = Units([int(row[0]) for row in houses], [str(row[1]) for row in houses])  # type: ignore[call-overload]
    shared = [fact for fact in declared if fact.unit == "household"]
    home_facts = reported_columns(shared, homes, read, lists, as_of)
    ids = {
        "person_id": pa.array(person_ids, pa.int64()),
        "household_id": pa.array([row[0] for row in people], pa.int64()),
    }
    return FactTables(
        persons=_table(ids, persons, person_facts),
        households=_table({"household_id": pa.array(homes.ids)}, homes, home_facts),
        employers=_employers() if household_ids is None else pa.table({}),
    )


def _typed(people: rows.Rows, as_of: date, person_ids: list[int] | None) -> dict[str, Column]:
    counties = tuple(pack(settings.PACK).codes["county"])
    order = {int(row[1]): place for place, row in enumerate(people)}  # type: ignore[call-overload]
    certificates = certificate_columns(rows.certificates(as_of, person_ids), order, as_of)
    return person_columns(people, counties, as_of) | certificates


def _reader(as_of: date, person_ids: list[int], household_ids: Sequence[int] | None) -> Read:
    """How statuses are read: fact by fact for the whole city, all in one query for a few households."""
    if household_ids is None:
        return lambda fact: _of_city(fact, as_of)
    few = rows.statuses_of(as_of, person_ids, household_ids)
    return lambda fact: _of_few(fact, few.get(fact.name, []))


def _of_few(fact: Fact, found: rows.Rows) -> rows.Rows:
    """Of a list's rows: unit, since when, value, whether we pay it ourselves."""
    return [(*row[:3], row[5]) for row in found] if fact.origin == "list" else found


def _of_city(fact: Fact, as_of: date) -> rows.Rows:
    if fact.origin == "list" and fact.type == "bool":
        return rows.listed(fact.name, as_of)
    return _of_few(fact, rows.statuses(fact.name, as_of))


def _table(ids: dict[str, pa.Array], units: Units, facts: dict[str, Column]) -> pa.Table:
    villages = pa.array(units.villages.tolist(), pa.string()).dictionary_encode()
    return pa.table(ids | {"village_code": villages} | {name: column.arrow() for name, column in facts.items()})


def _employers() -> pa.Table:
    declared = [fact for fact in pack(settings.PACK).facts.values() if fact.unit == "employer"]
    employers = rows.employers()
    columns = employer_columns(declared, employers)
    ids = {
        "employer_id": pa.array([row[0] for row in employers], pa.int64()),
        "village_code": pa.array([row[1] for row in employers], pa.string()),
    }
    return pa.table(ids | {name: column.arrow() for name, column in columns.items()})
