"""What people said they are not sure of when they asked: never a fact, but worth knowing before asking again."""

from __future__ import annotations

from collections.abc import Collection

from tongxing.casework.models import Case, Event

VERB = "unsure"  # of the event; its detail names the facts, joined by commas


def unsure_in(case: Case) -> frozenset[str]:
    """The facts, of this case."""
    found = Event.objects.filter(case=case, verb=VERB)
    return frozenset(fact for event in found for fact in facts_of(event))


def unsure_people(people: Collection[int]) -> frozenset[tuple[int, str]]:
    """(person, fact) over all cases of these people; one query. For people whom the caller may see."""
    found = Event.objects.filter(case__person__in=people, verb=VERB).select_related("case")
    return frozenset((event.case.person_id, fact) for event in found for fact in facts_of(event))


def facts_of(event: Event) -> list[str]:
    return [fact for fact in str(event.detail.get("facts", "")).split(",") if fact]
