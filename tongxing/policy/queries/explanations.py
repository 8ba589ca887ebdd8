"""One person's rights today, condition by condition, each fact with its source and date."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from tongxing.policy.program import explainer, program
from tongxing.registry.facts import fact_tables
from tongxing.registry.models import Person, Status
from tongxing.registry.queries import household_of
from tongxing.rules.one import Answer


@dataclass(frozen=True)
class Explained:
    """Answers by policy id, the facts they rest on, and whether each receipt fact says yes (None: not known)."""

    as_of: date
    answers: dict[str, Answer]
    facts: dict[str, Any]
    receives: dict[str, bool | None]


def explain(person: Person, as_of: date, policies: Collection[str] | None = None) -> Explained:
    """All policies of the person and of their household, from the registry as it stands now."""
    household = household_of(person)
    if household is None:
        return Explained(as_of, {}, {}, {})
    tables = fact_tables(as_of, [household.pk])
    people, home = tables.persons.to_pylist(), tables.households.to_pylist()[0]
    position = next(i for i, row in enumerate(people) if row["person_id"] == person.pk)
    answers = explainer(as_of).explain(position, people, home, policies)
    facts = people[position] | {name: value for name, value in home.items() if name not in people[position]}
    rules = program(as_of).policies
    receives = {name: facts.get(rules[name].receipt) for name in answers}
    return Explained(as_of, answers, facts, receives)


def facts_of_household(household_id: int, as_of: date) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """(facts of each member, facts of the household) as the rules see them."""
    tables = fact_tables(as_of, [household_id])
    return tables.persons.to_pylist(), tables.households.to_pylist()[0]


def sources(person: Person, statuses: list[Status]) -> dict[str, Status]:
    """The newest status behind each reported fact."""
    newest: dict[str, Status] = {}
    for status in sorted(statuses, key=lambda status: (status.received_date, status.pk)):
        newest[status.fact] = status
    return newest
