"""The tables of an indicator with small cells hidden: city, counties, townships; category, grade, age, sex."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from tongxing.lib.disclosure import Cell, Hide, Release, Row, Withheld, protect, shown
from tongxing.organisation.models import Division
from tongxing.plan.count import GROUPS
from tongxing.plan.models import Count
from tongxing.plan.queries.counts import ask

CITY = "city"
LENGTHS = {"county": 6, "township": 9}
PEOPLE = "SUM(counted)::BIGINT AS counted, SUM(not_counted)::BIGINT AS rest"


class Tables:
    """The true rows of every indicator of one counting. Six questions, whatever the number of indicators."""

    def __init__(self, count: Count, kinds: Mapping[str, str]) -> None:
        """`kinds`: of each indicator that is counted, rate or another."""
        self.count, self.kinds = count, kinds

    @cached_property
    def _found(self) -> dict[str, dict[tuple[str, str], tuple[int, int]]]:
        """By indicator: (table, value) → (counted, rest)."""
        found: dict[str, dict[tuple[str, str], tuple[int, int]]] = {}
        by = {level: f"left(village_code, {length})" for level, length in LENGTHS.items()}
        for table, column in (by | {group: group for group in GROUPS}).items():
            sql = f"SELECT indicator, {column} AS value, {PEOPLE} FROM cells GROUP BY ALL ORDER BY ALL"  # noqa: S608
            for row in ask(self.count, sql):
                found.setdefault(row["indicator"], {})[table, row["value"]] = row["counted"], row["rest"]
        return found

    @cached_property
    def _places(self) -> dict[str, str]:
        """The level of each county and township by the digits of its code."""
        codes = Division.objects.filter(level__in=LENGTHS).values_list("code", "level")
        return {code[: LENGTHS[level]]: level for code, level in codes}

    def rows(self, indicator: str) -> dict[str, Row]:
        """City, counties, townships; and for people their groups, each a table of the city. Keys: `city`, `place:…`,
        `sex:male`. Every division has a row."""
        cells = self._found.get(indicator, {})
        rows: dict[str, Row] = {}
        for code in sorted({*self._places, *(value for table, value in cells if table in LENGTHS)}):
            level = "county" if len(code) == LENGTHS["county"] else "township"
            parent = CITY if level == "county" else f"place:{code[: LENGTHS['county']]}"
            rows[f"place:{code}"] = self._row(indicator, f"place:{code}", ("place", parent), cells.get((level, code)))
        for (table, value), counts in cells.items():
            if table in GROUPS and value:
                rows[f"{table}:{value}"] = self._row(indicator, f"{table}:{value}", (table, CITY), counts)
        counties = [row for row in rows.values() if row.table == "place" and row.parent == CITY]
        whole = sum(row.whole for row in counties)
        counted = sum(row.counted or 0 for row in counties) if self.kinds[indicator] == "rate" else None
        return {CITY: Row(CITY, "place", None, whole, counted), **rows}

    def _row(self, indicator: str, key: str, where: tuple[str, str], counts: tuple[int, int] | None) -> Row:
        """A figure that only counts has no rest: its whole is who is counted."""
        counted, rest = counts or (0, 0)
        is_rate = self.kinds[indicator] == "rate"
        return Row(key, *where, counted + rest if is_rate else counted, counted if is_rate else None)


def protected(rows: Mapping[str, Row], before: Release | None) -> Release | None:
    """None where nothing of the indicator can be shown."""
    try:
        return protect(rows.values(), before)
    except Withheld:
        return None


def cells_of(release: Release) -> dict[str, Cell]:
    """Without what a county has beside its townships: people whose place is protected. It is hidden with the small
    cells, so that no subtraction tells it, and has no row of its own."""
    return {key: shown(release, key) for key in release.rows if not _is_rest(key)}


def _is_rest(key: str) -> bool:
    code = key.removeprefix("place:")
    return len(code) == LENGTHS["township"] and code.endswith("000")


def hidden_in(said: Mapping[str, str]) -> dict[str, Hide]:
    """From the words of a published file back to how much of each row it hid."""
    return {key: Hide(WORDS.index(word)) for key, word in said.items()}


WORDS = ("", "split", "all")
