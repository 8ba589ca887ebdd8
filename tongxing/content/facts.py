"""Reads facts.yaml: facts of each unit, derived names, shared parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tongxing.content.blocks import Block, Value
from tongxing.content.fields import VALUE, Fields, Mistakes, as_fen, check_ascending, check_name
from tongxing.content.pack import Fact, Param, ParamValue, Plain
from tongxing.lib.place import Text, nearest

UNITS = ("person", "household", "employer")
TYPES = ("bool", "int", "money", "date", "code")
ORIGINS = ("registry", "list", "status", "system")
SENSITIVITIES = ("normal", "high")
STATUSES = ("cited", "illustrative", "to_confirm")
UNIT_WORDS = {"person": "人", "household": "户", "employer": "单位"}
Codes = Mapping[str, Mapping[str, str]]


@dataclass
class FactsFile:
    """What facts.yaml says."""

    facts: dict[str, Fact] = field(default_factory=dict)
    derived: dict[str, Text] = field(default_factory=dict)
    derived_labels: dict[str, str] = field(default_factory=dict)
    params: dict[str, Param] = field(default_factory=dict)


def read_facts(block: Block, codes: Codes, mistakes: Mistakes) -> FactsFile:
    fields, found = Fields(block, mistakes, "facts.yaml "), FactsFile()
    for unit in UNITS:
        for name, value in fields.inner(unit).items():
            check_name(name, mistakes)
            if name in found.facts:
                mistakes.note(f"事实 {name} 在{UNIT_WORDS[found.facts[name].unit]}里已经写过", name.place)
            found.facts[str(name)] = _fact(name, unit, value, codes, mistakes)
    for name, value in fields.inner("derived").items():
        check_name(name, mistakes)
        if name in found.facts:
            mistakes.note(f"{name} 已经是一个事实，推算的名字要换一个", name.place)
        inner = Fields(value, mistakes, f"{name} ", name.place)
        found.derived[str(name)] = inner.text("is", need=True) or Text("TRUE", name.place)
        found.derived_labels[str(name)] = inner.words("label", str(name))
        inner.finish()
    found.params = read_params(fields, mistakes)
    fields.finish()
    return found


def _fact(name: Text, unit: str, value: Value, codes: Codes, mistakes: Mistakes) -> Fact:
    fields = Fields(value, mistakes, f"事实 {name} ", name.place)
    type_ = fields.choice("type", TYPES)
    list_name = fields.text("codes", need=type_ == "code")
    if list_name and list_name not in codes:
        mistakes.note(f"没有代码表 {list_name}{nearest(list_name, codes)}", list_name.place)
    fact = Fact(
        name=name,
        type=type_,
        unit=unit,
        label=fields.words("label", str(name)),
        ask=fields.words("ask", str(name)),
        origin=fields.choice("from", ORIGINS, "status"),
        owner=fields.words("owner"),
        codes=str(list_name or ""),
        code_values=tuple(codes.get(list_name or "", ())),
        stale_days=_days(fields, mistakes),
        sensitivity=fields.choice("sensitivity", SENSITIVITIES, "normal"),
        min=fields.whole("min"),
        max=fields.whole("max"),
    )
    if fact.min is not None and fact.max is not None and fact.min > fact.max:
        mistakes.note(f"事实 {name} 的 min 比 max 大", name.place)
    fields.finish()
    return fact


def _days(fields: Fields, mistakes: Mistakes) -> int | None:
    text = fields.text("stale_after")
    if text is None:
        return None
    number, _, word = text.partition(" ")
    if not (number.isascii() and number.isdigit()) or word not in ("day", "days"):
        mistakes.note(f"stale_after 要写成“45 days”，不是 {text}", text.place)
        return None
    return int(number)


def read_params(outer: Fields, mistakes: Mistakes) -> dict[str, Param]:
    """The `params` of facts.yaml or of a policy."""
    found = {}
    for name, value in outer.inner("params").items():
        check_name(name, mistakes)
        found[str(name)] = _param(name, value, mistakes)
    return found


def _param(name: Text, value: Value, mistakes: Mistakes) -> Param:
    """A dated parameter. Values ascend; each has a source and a status."""
    fields = Fields(value, mistakes, f"参数 {name} ", name.place)
    type_ = fields.choice("type", TYPES)
    label, by = fields.words("label", str(name)), fields.text("by")
    items = fields.items("values", need=True)
    values = tuple(_param_value(item, name, type_, by is not None, mistakes) for item in items)
    fields.finish()
    check_ascending((each.from_date for each in values), f"参数 {name} ", name.place, mistakes)
    return Param(name, type_, label, by, values)


def _param_value(item: Value, name: Text, type_: str, by: bool, mistakes: Mistakes) -> ParamValue:
    fields = Fields(item, mistakes, f"参数 {name} 的值", name.place)
    key = "value" if type_ != "money" else "fen" if Text("fen") in fields.block else "yuan"
    parse = as_fen if key == "yuan" else VALUE[type_]
    value: Plain | Mapping[str, Plain] | None
    value = fields.typed_by_code(key, parse) if by else fields.typed(key, parse, need=True)
    read = ParamValue(
        from_date=fields.day("from", need=True) or date.min,
        value=0 if value is None else value,
        source=fields.words("source", need=True),
        status=fields.choice("status", STATUSES),
        note=fields.words("note"),
    )
    fields.finish()
    return read
