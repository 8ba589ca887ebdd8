"""Constants: literals of an expression and values of parameters. Errors are ValueErrors; the caller knows the place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from tongxing.rules import make
from tongxing.rules.source import ParamSource
from tongxing.rules.tree import Node, Value

KINDS: dict[str, type] = {"bool": bool, "int": int, "money": int, "date": date, "code": str}
Plain = bool | int | str | date
ParamValue = Plain | Mapping[str, Plain] | None


def whole(digits: str) -> Node:
    number = int(digits)
    make.bounded(number, number)
    return make.const("int", number) if number else make.ZERO


def day(text: str) -> Node:
    try:
        return make.day(date.fromisoformat(text))
    except ValueError:
        raise ValueError(f"没有 {text} 这一天；日期写成 DATE '2025-01-31'") from None


def constant(type_: str, value: object) -> Node:
    if isinstance(value, date):
        return make.day(value)
    return make.const(type_, value)  # type: ignore[arg-type]


def in_force(param: ParamSource, as_of: date) -> ParamValue:
    """The value of the day; None (unknown) before the first."""
    begun = [value for value in param.values if value.from_date <= as_of]
    return begun[-1].value if begun else None


def changed(key: str, param: ParamSource, value: ParamValue, other: Value) -> ParamValue:
    """The value with what a simulation puts in its place; with `by`, every code's."""
    if not isinstance(other, KINDS[param.type]) or isinstance(other, bool) != (param.type == "bool"):
        raise ValueError(f"参数 {key} 的值要是{make.NAMES[param.type]}，不是 {other}")
    return {code: other for code in value} if isinstance(value, Mapping) else other  # type: ignore[misc]
