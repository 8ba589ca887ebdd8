"""Nobody is found out by subtraction: random cities, two releases, an attacker who solves for every hidden cell."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.disclosure.attack import narrowed
from tongxing.lib.disclosure import Hide, Release, Row, Withheld, protect, small

COUNTS = st.one_of(st.integers(0, 12), st.integers(0, 60), st.integers(0, 900))
Group = tuple[int, int]


@st.composite
def people(draw: st.DrawFn) -> list[tuple[str, str, str, Group]]:
    """Towns in counties, each with how many are counted and not; a kind spreads them over a second table."""
    towns = []
    for county in range(draw(st.integers(2, 3))):
        for town in range(draw(st.integers(2, 4))):
            towns.append((f"c{county}", f"c{county}t{town}", "place", (draw(COUNTS), draw(COUNTS))))
    return towns


def rows(towns: list[tuple[str, str, str, Group]], kinds: list[Group], *, splits: bool) -> dict[str, Row]:
    """One figure: city, counties, towns, and the kinds as another table of the city."""
    made: dict[str, tuple[str, str | None, int, int]] = {}
    for county, town, _, (counted, rest) in towns:
        made[town] = ("place", county, counted, rest)
    for county in sorted({county for county, *_ in towns}):
        parts = [group for of, _, _, group in towns if of == county]
        made[county] = ("place", "city", sum(c for c, _ in parts), sum(r for _, r in parts))
    counties = [said for said in made.values() if said[1] == "city"]
    city = sum(said[2] for said in counties), sum(said[3] for said in counties)
    made["city"] = ("place", None, *city)
    for number, (counted, rest) in enumerate(spread(city, kinds)):
        made[f"k{number}"] = ("kind", "city", counted, rest)
    return {
        key: Row(key, table, parent, counted + rest, counted if splits else None)
        for key, (table, parent, counted, rest) in made.items()
    }


def spread(city: Group, kinds: list[Group]) -> list[Group]:
    """Kinds of the drawn sizes as far as the city has people, the last one the remainder."""
    left, found = list(city), []
    for wanted in kinds:
        taken = min(wanted[0], left[0]), min(wanted[1], left[1])
        left = [left[0] - taken[0], left[1] - taken[1]]
        found.append(taken)
    return [*found, (left[0], left[1])]


@st.composite
def two_months(draw: st.DrawFn) -> tuple[dict[str, Row], dict[str, Row]]:
    """A city and the same a month later: most towns as they were, a few moved a little or much."""
    splits = draw(st.booleans())
    towns = draw(people())
    kinds = draw(st.lists(st.tuples(COUNTS, COUNTS), min_size=2, max_size=3))
    later = [
        (
            county,
            town,
            table,
            draw(st.one_of(st.just(group), st.just(group), st.tuples(near(group[0]), near(group[1])))),
        )
        for county, town, table, group in towns
    ]
    return rows(towns, kinds, splits=splits), rows(later, kinds, splits=splits)


def later_than(group: Group) -> st.SearchStrategy[Group]:
    moved = st.tuples(near(group[0]), near(group[1]))
    return st.one_of(st.just(group), st.just(group), moved)


def near(count: int) -> st.SearchStrategy[int]:
    return st.one_of(st.integers(max(0, count - 6), count + 6), COUNTS)


def released(months: tuple[dict[str, Row], ...], how: Callable[..., Release] = protect) -> list[Release]:
    """Those months that could be released."""
    out: list[Release] = []
    for month in months:
        try:
            out.append(how(month.values(), out[-1] if out else None))
        except Withheld:
            continue
    return out


@given(two_months())
@settings(max_examples=25)
def test_no_hidden_cell_is_narrowed_below_five_values(months: tuple[dict[str, Row], dict[str, Row]]) -> None:
    assert narrowed(released(months)) == {}


@given(two_months())
@settings(max_examples=60)
def test_no_small_count_is_shown(months: tuple[dict[str, Row], dict[str, Row]]) -> None:
    for release in released(months):
        for key, row in release.rows.items():
            assert release.hidden[key] == Hide.ALL or not small(row.whole), key
            assert release.hidden[key] or not (small(row.counted) or small(row.rest)), key


def only_the_small(month: dict[str, Row]) -> Release:
    """Primary suppression alone."""
    hidden = {
        key: Hide.ALL if small(row.whole) else Hide.SPLIT if small(row.counted) or small(row.rest) else Hide.NOTHING
        for key, row in month.items()
    }
    return Release(month, hidden)


TOWNS = [("c0", "c0t0", "place", (40, 3)), ("c0", "c0t1", "place", (50, 30)), ("c1", "c1t0", "place", (90, 80))]
TOWNS.append(("c1", "c1t1", "place", (60, 70)))
KINDS = [(100, 90), (40, 50)]


def test_the_attack_works_where_only_small_cells_are_hidden() -> None:
    month = rows(TOWNS, KINDS, splits=True)
    assert narrowed([only_the_small(month)])[("0", "c0t0", "rest")] == (3, 3)
    assert narrowed([protect(month.values())]) == {}


def test_the_attack_works_on_a_release_that_forgets_the_one_before() -> None:
    """Town 0 alone changed, from enough to too few: without memory the difference of the two totals tells it."""
    before = rows([("c0", "c0t0", "place", (40, 33)), *TOWNS[1:]], KINDS, splits=True)
    after = rows(TOWNS, KINDS, splits=True)
    forgetful = [protect(before.values()), protect(after.values())]
    assert narrowed(forgetful)[("1", "c0t0", "rest")] == (3, 3)
    assert narrowed(released((before, after))) == {}


def test_the_same_rows_give_the_same_answer() -> None:
    month = rows(TOWNS, KINDS, splits=True)
    assert protect(month.values()).hidden == protect(reversed(list(month.values()))).hidden
