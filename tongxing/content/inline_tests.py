"""The people of a policy's inline tests, with typed values. Running them is not ours: see tongxing/policy/check.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tongxing.content.fields import VALUE, Mistakes
from tongxing.content.pack import Case, Fact, Pack, Plain, Policy
from tongxing.lib.place import Text, nearest

Facts = Mapping[str, Fact]


@dataclass(frozen=True)
class Home:
    """Who a case is about: `persons[0]` is the person under test. An employer's case has only `employer`."""

    persons: Sequence[Mapping[str, Plain]]
    household: Mapping[str, Plain]
    employer: Mapping[str, Plain]


def home(case: Case, facts: Facts) -> Home:
    """The case's facts by unit. A value that cannot be read raises ValueError; `check_cases` has found it before."""
    units: dict[str, dict[str, Plain]] = {"person": {}, "household": {}, "employer": {}}
    for name, text in case.given.items():
        units[facts[name].unit][str(name)] = value_of(facts[name], text)
    members = [{str(name): value_of(facts[name], text) for name, text in given.items()} for given in case.members]
    return Home([units["person"], *members], units["household"], units["employer"])


def value_of(fact: Fact, text: str) -> Plain:
    """A fact's value as written: money in fen. ValueError in words."""
    value = VALUE[fact.type](text)
    if fact.codes and value not in fact.code_values:
        raise ValueError(f"{fact.name} 没有代码 {text}{nearest(text, fact.code_values)}")
    return value


def case_day(case: Case, policy: Policy, pack: Pack) -> date:
    """The day for which a case is worked out: its own, or the newest on which a rule it may read changed."""
    return case.as_of or newest_day(policy, pack)


def newest_day(policy: Policy, pack: Pack) -> date:
    params = [*policy.params.values(), *pack.params.values()]
    changes = [value.from_date for param in params for value in param.values]
    return max([*changes, *(version.from_date for version in policy.versions)], default=date.min)


def check_cases(policies: Iterable[Policy], facts: Facts, mistakes: Mistakes) -> None:
    """Notes every name and value of an inline test that does not fit the facts."""
    for policy in policies:
        mine = ("employer",) if policy.unit == "employer" else ("person", "household")
        for case in policy.tests:
            _check_given(case.given, facts, mine, mistakes)
            for member in case.members:
                _check_given(member, facts, ("person",), mistakes)
            for name in case.expect.ask or ():
                if name not in facts:
                    mistakes.note(f"没有事实 {name}{nearest(name, facts)}", name.place)


def _check_given(given: Mapping[Text, Text], facts: Facts, units: Sequence[str], mistakes: Mistakes) -> None:
    for name, text in given.items():
        if name not in facts:
            mistakes.note(f"没有事实 {name}{nearest(name, facts)}", name.place)
        elif facts[name].unit not in units:
            mistakes.note(f"{name} 是{UNIT_WORDS[facts[name].unit]}的事实，不能写在这里", name.place)
        else:
            _check_value(facts[name], text, mistakes)


def _check_value(fact: Fact, text: Text, mistakes: Mistakes) -> None:
    try:
        value_of(fact, text)
    except ValueError as wrong:
        mistakes.note(str(wrong), text.place)


UNIT_WORDS = {"person": "人", "household": "户", "employer": "单位"}
