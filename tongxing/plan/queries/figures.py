"""Counts of the indicators by area and by what tells people apart. Every number here is the length of a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tongxing.plan.count import GROUPS
from tongxing.plan.models import Count
from tongxing.plan.queries.counts import ask, counts_up_to
from tongxing.plan.standing import Figure

SUMS = """
SUM(counted)::BIGINT AS counted, SUM(not_counted)::BIGINT AS not_counted, SUM("unknown")::BIGINT AS "unknown",
SUM(excluded)::BIGINT AS excluded, SUM(measure)::BIGINT AS measure
"""


def indicator_figures(count: Count, prefix: str = "") -> dict[str, Figure]:
    """By indicator, within an area. Indicators that nobody in the area belongs to are not in it."""
    sql = f"SELECT indicator, {SUMS} FROM cells WHERE starts_with(village_code, ?) GROUP BY ALL ORDER BY ALL"  # noqa: S608
    return {row["indicator"]: Figure(area=prefix, **row) for row in ask(count, sql, [prefix])}


def by_area(count: Count, prefix: str, length: int, indicator: str | None = None) -> dict[tuple[str, str], Figure]:
    """By (indicator, area) for the areas whose codes have `length` digits, within `prefix`."""
    sql = f"""
    SELECT indicator, left(village_code, {int(length)}) AS area, {SUMS} FROM cells
    WHERE starts_with(village_code, ?) AND (? IS NULL OR indicator = ?) GROUP BY ALL ORDER BY ALL
    """  # noqa: S608
    rows = ask(count, sql, [prefix, indicator, indicator])
    return {(row["indicator"], row["area"]): Figure(**row) for row in rows}


def by_group(count: Count, indicator: str, group: str, prefix: str = "") -> dict[str, Figure]:
    """By the values of `group` (category, grade, age_band or sex). Raises ValueError for another word."""
    if group not in GROUPS:
        raise ValueError(f"no such group: {group}")
    sql = f"""
    SELECT indicator, {group} AS area, {SUMS} FROM cells
    WHERE starts_with(village_code, ?) AND indicator = ? GROUP BY ALL ORDER BY ALL
    """  # noqa: S608
    return {row["area"]: Figure(**row) for row in ask(count, sql, [prefix, indicator])}


def trend(indicator: str, prefix: str, until: date, most: int = 12) -> Sequence[tuple[date, Figure | None]]:
    """The newest `most` countings up to a day, oldest first; one question a counting."""
    found = counts_up_to(until)[-most:]
    return [(count.as_of_date, indicator_figures(count, prefix).get(indicator)) for count in found]
