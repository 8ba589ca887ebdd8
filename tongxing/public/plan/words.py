"""Published rows in plain words. Every number on a page comes from the rows of one release."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tongxing.content.indicators import Indicator
from tongxing.content.pack import Condition

NATURES = {"binding": "约束性指标", "expected": "预期性指标"}
COMPARES = {"at_least": "不低于 ", "more_than": "高于 ", "about": "大体跟上 "}
LEVELS = {"city": "全市", "county": "县区", "township": "乡镇街道"}
HIDDEN = "不公布"


def said(value: float | None, unit: str) -> str:
    """87.5 → 87.5%; 1284 → 1,284 人; None → 没有数."""
    if value is None:
        return "没有数"
    number = f"{value:,}"
    return f"{number}%" if unit == "%" else f"{number} {unit}"


def figure(row: Mapping[str, Any]) -> str:
    return "不公布" if row["state"] == "hidden" else said(row["value"], row["unit"])


def target(row: Mapping[str, Any]) -> str:
    if row["target"] is None:
        return "没有定"
    words = COMPARES[row["compare"]]
    if row["target"] == 100 and row["unit"] == "%":
        words = ""
    return words + said(row["target"], row["unit"])


def short_of(row: Mapping[str, Any]) -> str:
    """还差 99 人 for a rate that is short of its target, by published numbers alone."""
    if row["kind"] != "rate" or row["target"] is None or row["numerator"] is None:
        return ""
    wanted = -(-row["denominator"] * row["target"] // 100)
    missing = int(wanted - row["numerator"])
    return f"还差 {missing:,} 人" if missing > 0 else ""


def day(text: str) -> date:
    return date.fromisoformat(text)


def condition(node: Condition) -> str:
    """The labels of a condition as one sentence: A；B；C 或者 D."""
    if node.label and not node.any:
        return str(node.label) if node.text else _joined(node)
    return _joined(node)


def _joined(node: Condition) -> str:
    parts = [condition(each) for each in (node.all or node.any or ())]
    return ("，" if node.all else "，或者").join(parts)


def formula(indicator: Indicator, on: date) -> dict[str, str] | None:
    """Numerator, denominator and exclusions of the version in force, in words; None for what people enter."""
    version = indicator.on(on)
    if version is None or indicator.kind not in ("rate", "count", "sum"):
        return None
    left_out = "；".join(condition(each) for each in version.excluded) or version.nobody
    return {
        "population": condition(version.population),
        "counted": condition(version.counted),
        "excluded": left_out,
    }
