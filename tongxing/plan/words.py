"""The plan's figures, targets and definitions in plain words, for every face."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings

from tongxing.content.indicators import Definition, Indicator
from tongxing.content.instance import pack
from tongxing.content.pack import Condition
from tongxing.lib.money import spoken_yuan
from tongxing.plan.standing import Aim, Figure
from tongxing.rules.words import expression_in_words

NATURES = {"binding": "约束性", "expected": "预期性"}
KINDS = {"rate": "比例", "count": "数量", "sum": "合计", "growth": "增速", "entered": "录入的数"}
UNIT_WORDS = {"person": "人", "household": "户", "employer": "家"}
PARTS = {
    "counted": "做到了",
    "not_counted": "还没有",
    "unknown": "说不清",
    "excluded": "不算在内",
    "known": "该算",
}
BANDS = {"0-6": "6 岁以下", "7-15": "7 到 15 岁", "16-59": "16 到 59 岁", "60+": "60 岁以上", "unknown": "不知道"}
GRADES = {"1": "一级", "2": "二级", "3": "三级", "4": "四级", "9": "没有证", "unknown": "不知道"}
GROUPS = {"category": "残疾类别", "grade": "残疾等级", "age_band": "年龄", "sex": "性别"}


def group_names(group: str) -> Mapping[str, str]:
    """What the values of a group are called, in the order in which they are listed."""
    codes = pack(settings.PACK).codes
    named = {"grade": GRADES, "age_band": BANDS}
    return named[group] if group in named else {**codes.get(group, {}), "unknown": "不知道"}


def number_words(value: int | Decimal) -> str:
    """48200.0000 → 48,200; 5.20 → 5.2."""
    return f"{Decimal(value).normalize():,f}"


def value_words(indicator: Indicator, value: int | Decimal | None) -> str:
    """87.3 → 87.3%; 1798 → 1,798 户; None → 没有数."""
    if value is None:
        return "没有数"
    said = number_words(value)
    return f"{said}%" if indicator.result == "%" else f"{said} {indicator.result}"


def measure_words(indicator: Indicator, figure: Figure | None) -> str:
    """What the counted measure: 3,120 in all, of money the mean (1,250 元); '' where nothing is measured."""
    if indicator.measure is None or figure is None or not figure.counted:
        return ""
    if pack(settings.PACK).facts[indicator.measure.fact].type == "money":
        return spoken_yuan(round(figure.measure / figure.counted / 100) * 100)
    return f"{figure.measure:,}"


def aim_words(indicator: Indicator, aim: Aim) -> str:
    """至少 97%, 高于 85%, 和 5.2% 差不多; 没有定."""
    if aim.value is None:
        return "没有定"
    said = value_words(indicator, aim.value)
    if aim.compare == "more_than":
        return f"高于 {said}"
    if aim.compare == "about":
        return f"跟上 {said}"
    return said if indicator.kind == "rate" and aim.value == 100 else f"至少 {said}"


def reason_words(definition: Definition | None, code: str) -> str:
    """failed:1 → 没有做到：在领…; excluded:0 → 在校学生; income,grade → 要问：每月收入、残疾等级."""
    kind, _, number = code.partition(":")
    if not code or definition is None:
        return ""
    if kind == "excluded" and number.isdigit():
        return str(leaves(Condition(any=tuple(definition.excluded)))[int(number)].label)
    if kind == "failed" and number.isdigit():
        return f"没有：{leaves(definition.counted)[int(number)].label}"
    facts = pack(settings.PACK).facts
    return "要问：" + "、".join(facts[name].label if name in facts else name for name in code.split(","))


def leaves(condition: Condition) -> list[Condition]:
    """The conditions with an expression, in the order of the file."""
    items = condition.all or condition.any
    return [condition] if items is None else [leaf for item in items for leaf in leaves(item)]


def spoken_definition(indicator: Indicator, on: date) -> dict[str, Any] | None:
    """Population, counted and excluded as trees of labels with the expression in words; None before the first version.

    A tree is {label, words} or {label, kind: all|any, items}; `nobody` is said where no one is left out.
    """
    definition = indicator.on(on)
    if definition is None:
        return None
    names = _names()
    return {
        "from_date": definition.from_date,
        "population": _spoken(definition.population, names),
        "counted": _spoken(definition.counted, names),
        "excluded": [_spoken(each, names) for each in definition.excluded],
        "nobody": definition.nobody,
    }


def _spoken(node: Condition, names: Mapping[str, str]) -> dict[str, Any]:
    items = node.all or node.any
    if items:
        return {"label": node.label, "kind": "all" if node.all else "any", "items": [_spoken(n, names) for n in items]}
    said = expression_in_words(str(node.text), names)
    return {"label": node.label, "words": said if said != node.label else ""}


def _names() -> dict[str, str]:
    """Label of every fact, derived name, parameter and policy that an expression may use."""
    content = pack(settings.PACK)
    params = {f"param.{name}": param.label for name, param in content.params.items()}
    receipts = {f"receives({name})": f"在领{other.name}" for name, other in content.policies.items()}
    entitled = {f"entitled({name})": f"够条件领{other.name}" for name, other in content.policies.items()}
    return (
        {name: f.label for name, f in content.facts.items()}
        | dict(content.derived_labels)
        | params
        | receipts
        | entitled
    )
