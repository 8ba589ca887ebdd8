"""Missing facts as tasks: ask this family this; it decides so many policies and may be worth so much a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tongxing.accounts.access import Actor
from tongxing.policy.models import Run
from tongxing.policy.queries.runs import ask
from tongxing.registry.models import Person
from tongxing.registry.queries import shown_people


@dataclass(frozen=True)
class Question:
    """One fact of one household; asking it may settle `policies` for `people` of its members."""

    fact: str
    household_id: int
    person: Person | None
    village_code: str
    policies: list[str]
    people: int
    worth_fen: int  # a year


@dataclass(frozen=True)
class FactTotal:
    fact: str
    households: int
    decides: int  # persons × policies that wait for it
    worth_fen: int


def by_fact(run: Run, prefix: str, policies: list[str]) -> list[FactTotal]:
    """Every fact that somebody's right waits for, the most valuable first."""
    sql = """
    SELECT fact, COUNT(DISTINCT household_id) AS households, COUNT(*) AS decides, SUM(worth_fen)::BIGINT AS worth_fen
    FROM asks WHERE starts_with(village_code, ?) AND policy IN (SELECT unnest(?::VARCHAR[]))
    GROUP BY fact ORDER BY worth_fen DESC, decides DESC, fact
    """
    return [FactTotal(**row) for row in ask(run, sql, [prefix, policies])]


@dataclass(frozen=True)
class Wanted:
    """Which questions: of an area, for some policies, perhaps one fact; pages count from 1."""

    prefix: str
    policies: list[str]
    fact: str | None = None
    number: int = 1
    size: int = 30


GROUPED = """
FROM asks WHERE starts_with(village_code, ?) AND policy IN (SELECT unnest(?::VARCHAR[]))
AND (? IS NULL OR fact = ?) AND household_id > 0 GROUP BY fact, household_id
"""
COUNT = f"SELECT COUNT(*) AS n FROM (SELECT fact, household_id {GROUPED})"  # noqa: S608 - no value is in it
ROWS = f"""
SELECT fact, household_id, MIN(person_id) AS person_id, MIN(village_code) AS village_code,
       list_sort(list(DISTINCT policy)) AS policies, COUNT(DISTINCT person_id) AS people,
       SUM(worth_fen)::BIGINT AS worth_fen
{GROUPED} ORDER BY worth_fen DESC, people DESC, household_id LIMIT ? OFFSET ?
"""


def page(actor: Actor, run: Run, wanted: Wanted) -> tuple[list[Question], int]:
    """One page of questions to households, the most valuable first, and how many there are."""
    values = [wanted.prefix, wanted.policies, wanted.fact, wanted.fact]
    total = ask(run, COUNT, values)[0]["n"]
    rows = ask(run, ROWS, [*values, wanted.size, (max(1, wanted.number) - 1) * wanted.size])
    people = shown_people(actor, [row["person_id"] for row in rows])
    return [Question(person=people.get(row.pop("person_id")), **row) for row in rows], total


def counts(run: Run, filters: Sequence[Wanted]) -> list[int]:
    """How many questions each has; one question for all."""
    values: list[object] = []
    for wanted in filters:
        values += [wanted.prefix, wanted.policies, wanted.fact, wanted.fact]
    parts = [f"SELECT {at} AS place, n FROM ({COUNT})" for at in range(len(filters))]  # noqa: S608
    return [row["n"] for row in ask(run, " UNION ALL ".join(parts) + " ORDER BY place", values)]
