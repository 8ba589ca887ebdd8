"""Reads plan/indicators/<id>.yaml: what is counted of whom, in the rule language, and what it is held against.

An indicator puts three questions to each unit: does it belong to the population, is it left out, does it count.
How they are asked: `asking`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from tongxing.content.blocks import Block, Value
from tongxing.content.facts import STATUSES, UNITS
from tongxing.content.fields import Fields, Mistakes, check_ascending, check_name
from tongxing.content.pack import Condition, Pack
from tongxing.content.policies import read_condition
from tongxing.content.rooms import check_known
from tongxing.lib.place import Place, Text

KINDS = ("rate", "count", "sum", "growth", "entered")
COUNTED_KINDS = ("rate", "count", "sum")
NATURES = ("binding", "expected")
COMPARES = ("at_least", "more_than", "about")


@dataclass(frozen=True)
class Series:
    """A number that people enter once a year, with its source: a survey's mean, a growth rate of the economy."""

    id: Text
    name: str
    unit: str
    ask: str
    owner: str


@dataclass(frozen=True)
class Target:
    """`value` in the unit of the indicator; None: not set, and `missing` says why."""

    value: Decimal | None
    compare: str
    source: str
    missing: str
    tolerance: Decimal


@dataclass(frozen=True)
class Step:
    """Where the indicator should stand at the end of a year."""

    year: int
    value: Decimal
    status: str


@dataclass(frozen=True)
class Measure:
    """What is added up over the counted units: a whole-number fact, or a money fact, of which the mean is said."""

    label: str
    fact: Text
    unit: str


@dataclass(frozen=True)
class Definition:
    """One dated version. `nobody` is said where no one is left out."""

    from_date: date
    change: str
    population: Condition
    counted: Condition
    excluded: Sequence[Condition]
    nobody: str


@dataclass(frozen=True)
class Contact:
    name: str
    phone: str


@dataclass(frozen=True)
class Indicator:
    """`result` is the unit of its value (%, 人, 户 …). Growth compares `series` year over year with `against`."""

    id: Text
    clause: Text
    name: str
    plain: str
    nature: str
    kind: str
    unit: str
    result: str
    owner: Text
    contact: Contact
    source: str
    rhythm_days: int
    target: Target
    path: Sequence[Step]
    note: str
    series: Text | None
    against: Text | None
    measure: Measure | None
    versions: Sequence[Definition]

    @property
    def is_headline(self) -> bool:
        """One of the plan's own indicators, not a number of one of its boxes."""
        return self.id == self.clause

    def on(self, day: date) -> Definition | None:
        """The version in force."""
        begun = [version for version in self.versions if version.from_date <= day]
        return begun[-1] if begun else None


def read_series(block: Block | None, mistakes: Mistakes) -> dict[str, Series]:
    found = {}
    for id_, value in (block or {}).items():
        fields = Fields(value, mistakes, f"统计数 {id_} ", id_.place)
        check_name(id_, mistakes)
        words = [fields.words(key, need=True) for key in ("name", "unit", "ask", "owner")]
        found[str(id_)] = Series(id_, *words)
        fields.finish()
    return found


def read_indicator(block: Block, stem: str, mistakes: Mistakes) -> Indicator:
    """One indicator. No part may be empty (P1): what is missing is noted."""
    fields = Fields(block, mistakes, "指标")
    id_ = fields.text("id", need=True) or Text(stem, block.place)
    check_name(id_, mistakes)
    if id_ != stem:
        mistakes.note(f"id 是 {id_}，文件名是 {stem}.yaml，两个要一样", id_.place)
    indicator = Indicator(
        id=id_,
        clause=fields.text("clause") or id_,
        name=fields.words("name", stem, need=True),
        plain=fields.words("plain", need=True),
        nature=fields.choice("nature", NATURES),
        kind=fields.choice("kind", KINDS),
        unit=fields.choice("unit", UNITS, "person"),
        result=fields.words("result", need=True),
        owner=fields.text("owner", need=True) or Text("", block.place),
        contact=_contact(fields, mistakes),
        source=fields.words("source", need=True),
        rhythm_days=fields.whole("rhythm_days", need=True) or 1,
        target=_target(fields, mistakes),
        path=_path(fields, mistakes),
        note=fields.words("note", need=True),
        series=fields.text("series"),
        against=fields.text("against"),
        measure=_measure(fields, mistakes),
        versions=tuple(_definition(item, mistakes) for item in fields.items("versions")),
    )
    fields.finish()
    _check(indicator, block.place, mistakes)
    return indicator


def _contact(fields: Fields, mistakes: Mistakes) -> Contact:
    inner = Fields(fields.raw("contact"), mistakes, "contact ", fields.place)
    contact = Contact(inner.words("name", need=True), inner.words("phone", need=True))
    inner.finish()
    return contact


def _target(fields: Fields, mistakes: Mistakes) -> Target:
    inner = Fields(fields.raw("target"), mistakes, "target ", fields.place)
    value = inner.typed("value", as_number, need=False)
    missing = inner.words("missing")
    if (value is None) == (missing == "") and inner.real:
        mistakes.note("target 要么有 value，要么用 missing 说明为什么没有", inner.place)
    target = Target(
        value=value,
        compare=inner.choice("compare", COMPARES, "at_least"),
        source=inner.words("source", need=True),
        missing=missing,
        tolerance=inner.typed("tolerance", as_number, need=False) or Decimal(0),
    )
    inner.finish()
    return target


def _path(fields: Fields, mistakes: Mistakes) -> tuple[Step, ...]:
    steps = []
    for item in fields.items("path"):
        inner = Fields(item, mistakes, "path ")
        year = inner.whole("year", need=True) or 0
        value = inner.typed("value", as_number, need=True) or Decimal(0)
        steps.append(Step(year, value, inner.choice("status", STATUSES)))
        inner.finish()
    return tuple(sorted(steps, key=lambda step: step.year))


def _measure(fields: Fields, mistakes: Mistakes) -> Measure | None:
    value = fields.raw("measure")
    if value is None:
        return None
    inner = Fields(value, mistakes, "measure ")
    fact = inner.text("fact", need=True) or Text("", inner.place)
    measure = Measure(inner.words("label", need=True), fact, inner.words("unit", need=True))
    inner.finish()
    return measure


def _definition(item: Value, mistakes: Mistakes) -> Definition:
    fields = Fields(item, mistakes, "版本")
    nowhere = Condition(Text("？", fields.place), Text("TRUE", fields.place))
    who, counted = fields.raw("population"), fields.raw("counted")
    for key, value in (("population", who), ("counted", counted)):
        if value is None:
            mistakes.note(f"版本缺少 {key}", fields.place)
    version = Definition(
        from_date=fields.day("from", need=True) or date.min,
        change=fields.words("change", need=True),
        population=nowhere if who is None else read_condition(who, mistakes),
        counted=nowhere if counted is None else read_condition(counted, mistakes),
        excluded=tuple(read_condition(each, mistakes) for each in fields.items("excluded")),
        nobody=fields.words("nobody"),
    )
    if bool(version.excluded) == bool(version.nobody):
        mistakes.note("要么列出 excluded，要么用 nobody 说明没有不算的人", fields.place)
    fields.finish()
    return version


def _check(indicator: Indicator, place: Place, mistakes: Mistakes) -> None:
    check_ascending((version.from_date for version in indicator.versions), "版本", place, mistakes)
    kind = indicator.kind
    if kind in COUNTED_KINDS and not indicator.versions:
        mistakes.note(f"kind 是 {kind}，要写 versions", place)
    if (indicator.series is None) == (kind in ("growth", "entered")):
        mistakes.note(f"kind 是 {kind}，{'要写' if indicator.series is None else '不写'} series", place)
    if (indicator.against is None) == (kind == "growth"):
        mistakes.note("against 只写在 growth 里，也必须写", place)
    if kind == "sum" and indicator.measure is None:
        mistakes.note("kind 是 sum，要写 measure", place)


def check_indicator(indicator: Indicator, pack: Pack, series: Mapping[str, Series], mistakes: Mistakes) -> None:
    """Its series and its measure exist."""
    for name in (indicator.series, indicator.against):
        check_known(name, series, "统计数", mistakes)
    if indicator.measure:
        check_known(indicator.measure.fact, pack.facts, "事实", mistakes)
        fact = pack.facts.get(indicator.measure.fact)
        if fact and (fact.unit != indicator.unit or fact.type not in ("int", "money")):
            mistakes.note(f"measure 的事实要是 {indicator.unit} 的 int 或 money", indicator.measure.fact.place)


def as_number(text: str) -> Decimal:
    """A plain decimal. Raises ValueError."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"要写一个数，不是 {text}") from None
    if not number.is_finite():
        raise ValueError(f"要写一个数，不是 {text}")
    return number
