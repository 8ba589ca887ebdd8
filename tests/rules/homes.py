"""Random households: every fact may be unknown, and dates and numbers like to stand on a border.

`worlds` are hypothesis's, small, to be shrunk to the case that matters; `crowd` is a large seeded one, fast to make.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.rules.engines import Home, World
from tongxing.content.pack import Fact

DAYS = [date(2024, 2, 29), date(2025, 2, 28), date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 1), date(2026, 7, 31)]
NUMBERS = [-50, -3, -1, 0, 1, 2, 3, 4, 7, 9]
FEN = [-100_000, -1, 0, 1, 2, 3, 49_999, 50_000, 50_001, 60_000, 77_999, 78_000, 78_055, 78_056, 100_000, 10_000_000]
MONTHS = [*range(-3, 40), 348, 360, 480, 720, 840]
LEAP = [date(1964, 2, 29), date(1996, 2, 29), date(2000, 2, 29), date(2024, 2, 29)]


def months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def liked(fact: Fact, as_of: date) -> list[Any]:
    """The values at which rules turn: whole months before as_of and the days beside them, 29 February, round sums."""
    if fact.type == "bool":
        return [True, False]
    if fact.type == "code":
        return list(fact.code_values)
    if fact.type == "date":
        return LEAP + [months_before(as_of, months) + timedelta(days) for months in MONTHS for days in (-1, 0, 1)]
    low, high = span(fact)
    return [n for n in (NUMBERS if fact.type == "int" else FEN) if low <= n <= high]


def span(fact: Fact) -> tuple[int, int]:
    return fact.min or 0, 10**6 if fact.max is None else fact.max


def values(fact: Fact, as_of: date) -> st.SearchStrategy[Any]:
    some = st.sampled_from(liked(fact, as_of))
    if fact.type == "date":
        return some | st.dates(date(1900, 1, 1), date(2100, 1, 1))
    return some | st.integers(*span(fact)) if fact.type in ("int", "money") else some


def facts(source: Any, unit: str, as_of: date) -> st.SearchStrategy[dict[str, Any]]:
    """Facts of one unit; some are None and some not there, which is the same."""
    own = {str(name): values(fact, as_of) for name, fact in source.facts.items() if fact.unit == unit}
    hidden = st.sets(st.sampled_from(sorted(own)), max_size=3)
    known = st.builds(lambda all_, some: all_ | dict.fromkeys(some), st.fixed_dictionaries(own), hidden)
    return known | st.fixed_dictionaries({}, optional=own)


def worlds(source: Any, as_of: date) -> st.SearchStrategy[World]:
    """One household of up to three, and one employer."""
    people = st.lists(facts(source, "person", as_of), min_size=1, max_size=3)
    home = st.builds(Home, people, facts(source, "household", as_of))
    return st.builds(World, st.tuples(home), st.tuples(facts(source, "employer", as_of)))


def crowd(source: Any, as_of: date, seed: int, homes: int) -> World:
    """Households of one to six; in a third of the units nothing is unknown, in the others a fifth of the facts."""
    random = Random(seed)
    made: dict[str, Callable[[], dict[str, Any]]] = {}
    for unit in ("person", "household", "employer"):
        own = {str(name): (fact, liked(fact, as_of)) for name, fact in source.facts.items() if fact.unit == unit}
        made[unit] = lambda own=own: _unit(own, random)  # type: ignore[misc]
    sizes = random.choices([1, 2, 3, 6], [5, 3, 2, 1], k=homes)
    people = [Home([made["person"]() for _ in range(size)], made["household"]()) for size in sizes]
    return World(people, [made["employer"]() for _ in range(homes // 4)])


def _unit(own: dict[str, tuple[Fact, list[Any]]], random: Random) -> dict[str, Any]:
    unknown = random.choice([0, 0.2, 0.2])
    return {name: None if random.random() < unknown else _value(*known, random) for name, known in own.items()}


def _value(fact: Fact, some: list[Any], random: Random) -> Any:
    if fact.type in ("int", "money") and random.random() < 0.3:
        return random.randint(*span(fact))
    return random.choice(some)
