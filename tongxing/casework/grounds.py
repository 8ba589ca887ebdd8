"""What a decision rests on: the rule's advice, and everything it read, frozen without names or numbers of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from tongxing.casework import clocks
from tongxing.casework.models import Case
from tongxing.content.instance import pack
from tongxing.policy.program import program
from tongxing.policy.queries.explanations import Explained, explain, sources
from tongxing.registry.lists import ListState, list_states
from tongxing.registry.models import Status
from tongxing.registry.queries import finding_of, household_of, statuses_of
from tongxing.residents.voices import conflict_of


@dataclass(frozen=True)
class Ground:
    """`advice` None: it cannot tell, or guardian and ward may differ (S29); `ask` are the facts that would tell."""

    advice: bool | None
    amount_fen: int | None
    ask: list[str]
    frozen: dict[str, Any]


def of(case: Case) -> Ground:
    """The rule's answer today, on the registry as it stands; for a certificate, whether a doctor's finding is there."""
    if not case.policy:
        found_by = finding_of(case.number)
        frozen = {"as_of": clocks.today().isoformat(), "policy": "", "tree": None}
        return Ground(True if found_by else None, None, [], frozen | {"finding": found_by.pk if found_by else None})
    found = explain(case.person, clocks.today(), [case.policy])
    answer = found.answers.get(case.policy)
    if answer is None:
        return Ground(None, None, [], {"as_of": clocks.today().isoformat(), "policy": case.policy, "tree": None})
    eligible = None if conflict_of(case.person) else answer.eligible
    return Ground(eligible, answer.amount_fen, sorted(answer.ask), _frozen(case, found))


def _frozen(case: Case, found: Explained) -> dict[str, Any]:
    """{as_of, policy, pack (its fingerprint), version, eligible, amount_fen, tree, facts: {name: {value, source, from,
    received}}}: enough to recompute and to explain years later."""
    answer = found.answers[case.policy]
    tree = answer.tree.as_json()
    lists = {state.fact: state for state in reversed(list_states(case.village_code, found.as_of))}
    told = sources(case.person, statuses_of(case.person, household_of(case.person)))
    return {
        "as_of": found.as_of.isoformat(),
        "policy": case.policy,
        "pack": pack(settings.PACK).digest,
        "version": program(found.as_of).policies[case.policy].from_date.isoformat(),
        "eligible": answer.eligible,
        "amount_fen": answer.amount_fen,
        "ask": sorted(answer.ask),
        "tree": tree,
        "facts": {name: _fact(value, told.get(name), lists.get(name)) for name, value in facts_in(tree).items()},
    }


def facts_in(tree: dict[str, Any]) -> dict[str, Any]:
    """The facts that a tree shows, by name."""
    found = dict(tree.get("facts") or {})
    for item in tree.get("all") or tree.get("any") or []:
        found |= facts_in(item)
    return found


def _fact(value: Any, status: Status | None, listed: ListState | None) -> dict[str, Any]:
    """Who says so: a status, else the department's newest list, on which the unit stands or does not."""
    if status is None and listed is not None and value is not None:
        return {"value": value, "source": f"{listed.owner}名单", "received": listed.as_of_date.isoformat()}
    if status is None:
        return {"value": value}
    return {
        "value": value,
        "source": status.source,
        "from": status.from_date.isoformat(),
        "received": status.received_date.isoformat(),
    }


def first_month(case: Case) -> date:
    """From which month it is owed: the month in which it was found or asked for; an appeal's, the first case's."""
    origin = case
    while origin.about is not None:
        origin = origin.about
    return clocks.day_of(origin.opened_at).replace(day=1)
