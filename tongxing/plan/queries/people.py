"""Who is behind a figure of an indicator: the same snapshot, the same number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tongxing.accounts.access import Actor
from tongxing.organisation.queries import employer_names
from tongxing.plan.count import GROUPS, PART_NAMES
from tongxing.plan.models import Count
from tongxing.plan.queries.counts import ask
from tongxing.registry.models import Person
from tongxing.registry.queries import shown_people

# the parts of a list; `known` is the denominator of a rate
LISTS = {**{part: (part,) for part in PART_NAMES}, "known": ("counted", "not_counted")}


@dataclass(frozen=True)
class Behind:
    """Which units: of an indicator, in a part (a key of LISTS), in an area, of a group (`category`, `visual`)."""

    indicator: str
    part: str
    prefix: str = ""
    group: str = ""
    value: str = ""


@dataclass(frozen=True)
class Row:
    """One unit. `person` is None for an employer (`employer` is its name), or where the purpose of the actor hides the
    person: the row still counts, so that a list is as long as the figure that led to it."""

    unit_id: int
    part: str
    person: Person | None
    employer: str
    village_code: str
    birth_date: date | None
    reason: str


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    total: int


def page_of(actor: Actor, count: Count, behind: Behind, number: int = 1, size: int = 50) -> Page:
    """One page of the list behind a figure, by village. Three queries on the database whatever the size.

    Raises ValueError for a part or a group that does not exist.
    """
    where, values = _where(behind)
    total = ask(count, f"SELECT COUNT(*) AS n FROM units u WHERE {where}", values)[0]["n"]  # noqa: S608
    sql = f"""
    SELECT u.part, u.unit_id, u.person_id, u.village_code, u.reason, p.birth_date
    FROM units u LEFT JOIN persons p ON p.person_id = u.person_id
    WHERE {where} ORDER BY u.village_code, u.unit_id LIMIT {int(size)} OFFSET {max(0, int(number) - 1) * int(size)}
    """  # noqa: S608
    found = ask(count, sql, values)
    people = shown_people(actor, [row["person_id"] for row in found if row["person_id"] > 0])
    employers = employer_names([row["unit_id"] for row in found if row["person_id"] < 0])
    return Page([_row(row, people, employers) for row in found], total)


def _where(behind: Behind) -> tuple[str, list[Any]]:
    if behind.part not in LISTS:
        raise ValueError(f"no such part: {behind.part}")
    parts = LISTS[behind.part]
    marks = ", ".join("?" * len(parts))
    conditions = ["u.indicator = ?", f"u.part IN ({marks})", "starts_with(u.village_code, ?)"]
    values: list[Any] = [behind.indicator, *parts, behind.prefix]
    if behind.group:
        if behind.group not in GROUPS:
            raise ValueError(f"no such group: {behind.group}")
        conditions.append(f"u.{behind.group} = ?")
        values.append(behind.value)
    return " AND ".join(conditions), values


def _row(row: dict[str, Any], people: dict[int, Person], employers: dict[int, str]) -> Row:
    is_employer = row["person_id"] < 0
    return Row(
        unit_id=row["unit_id"],
        part=row["part"],
        person=people.get(row["person_id"]),
        employer=employers.get(row["unit_id"], "") if is_employer else "",
        village_code=row["village_code"],
        birth_date=row["birth_date"],
        reason=row["reason"],
    )
