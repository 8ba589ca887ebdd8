"""The frozen objects of a pack. Shapes as in docs/rule-language.md; money in fen, dates as dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from tongxing.lib.place import Text

Plain = bool | int | str | date


@dataclass(frozen=True)
class Fact:
    """What can be known of a unit. `origin` is registry, list, status or system; `stale_days` None: never too old."""

    name: Text
    type: str
    unit: str
    label: str
    ask: str
    origin: str
    owner: str = ""
    codes: str = ""
    code_values: Sequence[str] = ()
    stale_days: int | None = None
    sensitivity: str = "normal"
    min: int | None = None
    max: int | None = None


@dataclass(frozen=True)
class ParamValue:
    from_date: date
    value: Plain | Mapping[str, Plain]
    source: str = ""
    status: str = ""
    note: str = ""


@dataclass(frozen=True)
class Param:
    """`values` ascend by date. `by` names a code fact; then each value is a mapping from code to value."""

    name: Text
    type: str
    label: str
    by: Text | None
    values: Sequence[ParamValue]


@dataclass(frozen=True)
class Condition:
    """Either `all` or `any` (label optional), or `label` and `text`, the expression."""

    label: Text | None = None
    text: Text | None = None
    all: Sequence[Condition] | None = None
    any: Sequence[Condition] | None = None


@dataclass(frozen=True)
class Version:
    from_date: date
    until_date: date | None
    who: Condition
    amount: Text | None


@dataclass(frozen=True)
class Law:
    title: str
    about: str = ""


@dataclass(frozen=True)
class Expectation:
    """`eligible` None: unknown. `amount_fen` or `ask` None: not looked at."""

    eligible: bool | None
    amount_fen: int | None = None
    ask: frozenset[Text] | None = None


@dataclass(frozen=True)
class Case:
    """An inline test: one person (`given`), further members of the household, and what must come out."""

    name: Text
    as_of: date | None
    given: Mapping[Text, Text]
    members: Sequence[Mapping[Text, Text]]
    expect: Expectation


@dataclass(frozen=True)
class Policy:
    id: Text
    name: str
    unit: str
    plan: Sequence[Text]
    owner: str
    law: Sequence[Law]
    summary: str
    period: str
    receipt: Text | None
    shared_list: bool
    higher_of: Sequence[Text]
    certainty: str
    params: Mapping[str, Param]
    versions: Sequence[Version]
    tests: Sequence[Case]


@dataclass(frozen=True)
class Demo:
    """The person of this role whom the demo offers."""

    name: str
    hint: str
    division: Text


@dataclass(frozen=True)
class Role:
    id: Text
    name: str
    department: str | None
    level: str
    rights: Sequence[Text]
    purposes: Sequence[Text]
    demo: Demo | None = None


@dataclass(frozen=True)
class Purpose:
    """For what people are looked at; `people` is whom one then sees, `basis` the legal ground in words."""

    id: Text
    name: str
    people: str
    basis: str


@dataclass(frozen=True)
class Department:
    """`county` and `city` are its unit names there, with {place} for the place."""

    id: Text
    name: str
    county: str
    city: str


@dataclass(frozen=True)
class FeedColumn:
    """`aliases` are other headers for it; `codes` is its code list, '' if it has none."""

    name: Text
    field: Text
    type: str
    aliases: Sequence[Text] = ()
    codes: Text = Text("")  # noqa: RUF009
    required: bool = False


@dataclass(frozen=True)
class FeedSets:
    """The fact that being on the list sets; `from_field` is the column of its first day, '' if there is none."""

    fact: Text
    value: Text
    from_field: Text


@dataclass(frozen=True)
class Feed:
    """A department's list. `complete`: who is missing from it is a known no."""

    id: Text
    name: str
    department: Text
    unit: str
    format: Sequence[str]
    columns: Sequence[FeedColumn]
    match_by: Sequence[Text]
    sets: FeedSets | None
    complete: bool
    scope: str


@dataclass(frozen=True)
class Division:
    code: str
    name: str
    level: str
    parent: str


@dataclass(frozen=True)
class Calendar:
    """Days off, weekend days worked, and the last day known."""

    holidays: frozenset[date]
    workdays: frozenset[date]
    ends: date


@dataclass(frozen=True)
class Term:
    """One Chinese term with its identifier, its English and a plain explanation."""

    id: Text
    term: str
    english: str
    plain: str


@dataclass(frozen=True)
class Pack:
    """A city's pack. `digest` changes with any byte of any file."""

    folder: Path
    digest: str
    facts: Mapping[str, Fact]
    derived: Mapping[str, Text]
    derived_labels: Mapping[str, str]
    params: Mapping[str, Param]
    policies: Mapping[str, Policy]
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    purposes: Mapping[str, Purpose] = field(default_factory=dict)
    departments: Mapping[str, Department] = field(default_factory=dict)
    feeds: Mapping[str, Feed] = field(default_factory=dict)
    divisions: Sequence[Division] = ()
    calendar: Calendar | None = None
    glossary: Mapping[str, Term] = field(default_factory=dict)
