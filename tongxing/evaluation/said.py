"""Figures in words: what a row of an open file says to a reader. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tongxing.content.indicators import Indicator
from tongxing.lib.dates import spoken_date
from tongxing.ui.states import STATES

Row = Mapping[str, Any]
Number = int | float | None
UNITS = {"person": "人", "household": "户", "employer": "家"}
HIDDEN, NOTHING, NONE = "不公布", "没有数", "—"
COMPARES = {"at_least": "至少 {}", "more_than": "超过 {}", "about": "跟上 {}"}


def number(value: Number) -> str:
    """1798 → 1,798; 87.3 → 87.3; None → —."""
    return NONE if value is None else f"{value:,}"


def value(indicator: Indicator, found: Number, nothing: str = NOTHING) -> str:
    """In the unit of the indicator: 87.3%, 1,798 户."""
    if found is None:
        return nothing
    return f"{found:,}%" if indicator.result == "%" else f"{found:,} {indicator.result}"


def target(indicator: Indicator, row: Row) -> str:
    if row["target"] is None:
        return "没有定"
    said = value(indicator, row["target"])
    is_all = indicator.kind == "rate" and row["target"] == 100
    return said if is_all else COMPARES[row["compare"]].format(said)


def state(word: str) -> str:
    return "人太少，不公布" if word == "hidden" else STATES[word].word


def day(iso: str) -> str:
    return spoken_date(date.fromisoformat(iso))


def now(indicator: Indicator, row: Row) -> str:
    """The value, or why there is none."""
    return HIDDEN if row["state"] == "hidden" else value(indicator, row["value"])


def unit(indicator: Indicator) -> str:
    return UNITS[indicator.unit]


def part(found: Number, row: Row) -> str:
    """One cell of a table of parts; a hidden one says so, whichever rule hid it."""
    return HIDDEN if found is None and row["hidden"] else number(found)


def rate(row: Row) -> str:
    if row["rate"] is not None:
        return f"{row['rate']:,}%"
    return HIDDEN if row["hidden"] else "人太少" if row["whole"] else "没有人"


def several(names: Sequence[str]) -> str:
    return "、".join(names)
