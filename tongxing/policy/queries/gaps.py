"""The four lists with names: who, why, since when, how to reach them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongxing.accounts.access import Actor
from tongxing.organisation.queries import employer_names
from tongxing.policy.models import Run
from tongxing.policy.queries.runs import ask
from tongxing.registry.models import Person
from tongxing.registry.queries import shown_people

A_YEAR = 12
SORTS = {
    "since": "since_date ASC, person_id, policy, unit_id",
    "money": "monthly_fen DESC, person_id, policy, unit_id",
    "village": "village_code, person_id, policy, unit_id",
    "age": "birth_date ASC NULLS LAST, person_id, policy, unit_id",
}
ROWS = """
SELECT l.policy, l.kind, l.unit_id, l.person_id, l.household_id, l.village_code, l.reason, l.monthly_fen, l.since_date,
       p.birth_date, p.category, p.grade
FROM lists l LEFT JOIN persons p ON p.person_id = l.person_id
WHERE {where} ORDER BY {order}
"""


@dataclass(frozen=True)
class Filter:
    """What a list shows; also its sentence and its URL. `policies` are those the actor answers for; None: all."""

    kind: str = "missing"
    policy: str | None = None
    policies: tuple[str, ...] | None = None
    prefix: str = ""
    reason: str | None = None
    min_months: int = 0
    sort: str = "since"


@dataclass(frozen=True)
class Row:
    """One unit on a list. `employer` is the name of one, else ''.

    `person` is None for an employer, or where the purpose of the actor hides the person: the row still counts, so that
    a list is as long as the figure that led to it.
    """

    policy: str
    unit_id: int
    person: Person | None
    employer: str
    village_code: str
    reason: str
    since_date: date
    monthly_fen: int
    missed_fen: int  # of the last twelve months at most
    age: int | None
    category: str | None
    grade: int | None


@dataclass(frozen=True)
class Page:
    rows: list[Row]
    total: int
    monthly_fen: int


def page(actor: Actor, run: Run, wanted: Filter, number: int = 1, size: int = 50) -> Page:
    """One page of a list. Three queries on the database whatever the size."""
    where, values = _where(run, wanted)
    order = SORTS.get(wanted.sort, SORTS["since"])
    sql = ROWS.format(where=where, order=order)
    count = ask(run, f"SELECT COUNT(*) AS n, SUM(l.monthly_fen)::BIGINT AS fen FROM lists l WHERE {where}", values)[0]  # noqa: S608
    found = ask(run, f"{sql} LIMIT {int(size)} OFFSET {max(0, int(number) - 1) * int(size)}", values)
    people = shown_people(actor, [row["person_id"] for row in found if row["person_id"] > 0])
    employers = employer_names([row["unit_id"] for row in found if row["person_id"] < 0])
    rows = [_row(found_row, people, employers, run.as_of_date) for found_row in found]
    return Page(rows, count["n"], count["fen"] or 0)


def counts(run: Run, filters: Sequence[Filter]) -> list[int]:
    """How many rows each list has; one question for all."""
    parts, values = [], []
    for at, wanted in enumerate(filters):
        where, given = _where(run, wanted)
        parts.append(f"SELECT {at} AS place, COUNT(*) AS n FROM lists l WHERE {where}")  # noqa: S608
        values += given
    return [row["n"] for row in ask(run, " UNION ALL ".join(parts) + " ORDER BY place", values)]


def _where(run: Run, wanted: Filter) -> tuple[str, list[Any]]:
    conditions = ["l.kind = ?", "starts_with(l.village_code, ?)"]
    values: list[Any] = [wanted.kind, wanted.prefix]
    if wanted.policy:
        conditions.append("l.policy = ?")
        values.append(wanted.policy)
    elif wanted.policies is not None:
        conditions.append("l.policy IN (SELECT unnest(?::VARCHAR[]))")
        values.append(list(wanted.policies))
    if wanted.reason:
        conditions.append("l.reason = ?")
        values.append(wanted.reason)
    if wanted.min_months:
        conditions.append("l.since_date <= CAST(? AS DATE) - to_months(CAST(? AS INTEGER))")
        values.extend([run.as_of_date.isoformat(), wanted.min_months])
    return " AND ".join(conditions), values


def _row(row: dict[str, Any], people: dict[int, Person], employers: dict[int, str], as_of: date) -> Row:
    months = min(_months(row["since_date"], as_of), A_YEAR)
    return Row(
        policy=row["policy"],
        unit_id=row["unit_id"],
        person=people.get(row["person_id"]),
        employer=employers.get(row["unit_id"], "") if row["person_id"] < 0 else "",
        village_code=row["village_code"],
        reason=row["reason"],
        since_date=row["since_date"],
        monthly_fen=row["monthly_fen"],
        missed_fen=months * row["monthly_fen"],
        age=_years(row["birth_date"], as_of),
        category=row["category"],
        grade=row["grade"],
    )


def _months(since: date, as_of: date) -> int:
    """Calendar months begun, the first and the current one included."""
    return (as_of.year - since.year) * 12 + as_of.month - since.month + 1


def _years(birth: date | None, as_of: date) -> int | None:
    return None if birth is None else as_of.year - birth.year - ((as_of.month, as_of.day) < (birth.month, birth.day))


def reasons(run: Run, wanted: Filter) -> list[tuple[str, int]]:
    """How many of a list for each reason, most first."""
    policy = "AND policy = ?" if wanted.policy else ""
    sql = f"""SELECT reason, COUNT(*) AS n FROM lists WHERE kind = ? AND starts_with(village_code, ?) {policy}
    GROUP BY reason ORDER BY n DESC, reason"""  # noqa: S608
    values = [wanted.kind, wanted.prefix] + ([wanted.policy] if wanted.policy else [])
    return [(row["reason"], row["n"]) for row in ask(run, sql, values)]


def missed_by(run: Run, person_id: int) -> dict[str, dict[str, Any]]:
    """What one person misses out on, by policy: {reason, since_date}. One question."""
    sql = "SELECT policy, reason, since_date FROM lists WHERE person_id = ? AND kind = 'missing'"
    return {row.pop("policy"): row for row in ask(run, sql, [person_id])}
