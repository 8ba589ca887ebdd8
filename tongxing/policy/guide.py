"""What a guest can be asked, with every answer that makes a difference. No database, no clock.

A question stands in find.yaml with its own options, or it is a fact's own: yes or no, one of the codes, or the ranges
between the values at which a rule turns (`rules.decisive`), so that nobody counts his income to the cent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise

from tongxing.content.find import Asked, Find, Wording
from tongxing.content.pack import Fact as Known
from tongxing.content.pack import Pack
from tongxing.lib.money import spoken_yuan
from tongxing.lib.text import normalise
from tongxing.rules.compile import compile_program
from tongxing.rules.decisive import turns
from tongxing.rules.one import Explainer, FactValue
from tongxing.rules.tree import EPOCH, Fact, Members, Node, Policy

UNSURE = "unsure"
NEVER = date(1900, 1, 1)  # what has not happened at all, see facts.yaml
OLDEST = 120
YEAR = 12  # months


@dataclass(frozen=True)
class Choice:
    """One answer and the facts that it makes known."""

    value: str
    say: str
    sets: Mapping[str, FactValue]
    about: str = ""


@dataclass(frozen=True)
class Question:
    """`choices` are all the answers; where `typed` is set they only stand for the ages between which rules turn."""

    id: str
    ask: str
    label: str
    hint: str
    why: str
    choices: tuple[Choice, ...]
    facts: frozenset[str]
    typed: str = ""  # the day that follows from an age
    as_of: date = NEVER
    is_delicate: bool = False

    def choice(self, said: str) -> Choice | None:
        """The answer that was said, None for what is none of the answers."""
        if self.typed:
            return self._age(said)
        return next((choice for choice in self.choices if choice.value == said), None)

    def _age(self, said: str) -> Choice | None:
        digits = normalise(said).removesuffix("岁").strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 3 and int(digits) <= OLDEST):
            return None
        return _aged(int(digits), self.typed, self.as_of)


def _aged(years: int, fact: str, as_of: date) -> Choice:
    return Choice(str(years), f"{years} 岁", {fact: _years_before(as_of, years)})


def _years_before(day: date, years: int) -> date:
    """Somebody born then is exactly that old; on 29 February the day before serves as well."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


class Guide:
    """The questions of a pack on one day, and the compiled rules that they feed."""

    def __init__(self, pack: Pack, find: Find, as_of: date) -> None:
        self.pack, self.find, self.as_of = pack, find, as_of
        self.program = compile_program(pack, as_of)
        self.explainer = Explainer(self.program)
        self.presumed: dict[str, FactValue] = dict.fromkeys(map(str, find.presume), False)
        known = self.program.policies
        self.policies = {name: known[name] for group in find.groups for name in group.policies if name in known}
        self.fixed = frozenset(name for name, p in self.policies.items() if p.amount is None or not _counts(p.amount))

    @cached_property
    def questions(self) -> dict[str, Question]:
        """By id: those of find.yaml, then one for each fact that a rule reads and of which a range can be said."""
        own = {name: self._asked(asked) for name, asked in self.find.questions.items()}
        by_name = (self._of_fact(self.pack.facts[name]) for name in sorted(self._read()))
        return own | {question.id: question for question in by_name if len(question.choices) > 1}

    @cached_property
    def by_fact(self) -> dict[str, tuple[str, ...]]:
        """The questions that may make a fact known, the one to ask first in front."""
        found: dict[str, tuple[str, ...]] = {}
        for id_, question in self.questions.items():
            for fact in question.facts:
                found[fact] = (*found.get(fact, ()), id_)
        return found

    def _read(self) -> set[str]:
        """Facts of the rules that are asked for by name: not what is given, nor a day that follows from an age."""
        follow = {str(asked.years) for asked in self.find.questions.values() if asked.years}
        code = self.explainer.codes["home"]
        names = {name for policy in self.policies.values() for node in _roots(policy) for name in code.facts_of(node)}
        return names - set(self.find.given) - follow

    @cached_property
    def _turns(self) -> dict[str, tuple[int, ...]]:
        return turns(node for policy in self.policies.values() for node in _roots(policy))

    def _asked(self, asked: Asked) -> Question:
        if asked.years:
            choices = tuple(_aged(years, asked.years, self.as_of) for years in self._ages(asked.years))
        else:
            choices = tuple(Choice(str(n), o.say, o.sets, o.about) for n, o in enumerate(asked.options, 1))
        facts = frozenset(name for choice in choices for name in choice.sets)
        typed = str(asked.years or "")
        return Question(str(asked.id), asked.ask, asked.label, asked.hint, asked.why, choices, facts, typed, self.as_of)

    def _ages(self, fact: str) -> list[int]:
        """One age in each range between the days of birth at which a rule turns."""
        days = [date.fromordinal(at + EPOCH) for at in self._turns.get(fact, ())]
        ages = {max(0, _months(day - timedelta(1), self.as_of) // YEAR) for day in days}
        return sorted(ages | {max(0, age - 1) for age in ages})

    def _of_fact(self, fact: Known) -> Question:
        name = str(fact.name)
        words = self.find.words.get(name, Wording())
        return Question(
            id=name,
            ask=words.ask or fact.ask,
            label=fact.label,
            hint=words.hint,
            why=words.why,
            choices=tuple(self._choices(fact, words.never)),
            facts=frozenset({name}),
            is_delicate=fact.sensitivity == "high",
        )

    def _choices(self, fact: Known, never: str) -> Iterator[Choice]:
        name = str(fact.name)
        if fact.type == "bool":
            yield Choice("yes", "是", {name: True})
            yield Choice("no", "不是", {name: False})
        elif fact.type == "code":
            for code in fact.code_values:
                yield Choice(code, self.pack.codes[fact.codes][code], {name: code})
        elif fact.type == "date":
            if never:
                yield Choice("never", never, {name: NEVER})
            yield from self._spans(name)
        else:
            yield from self._ranges(fact)

    def _ranges(self, fact: Known) -> Iterator[Choice]:
        at = self._turns.get(str(fact.name), ())
        edges = [fact.min or 0, *at, None]
        for low, after in pairwise(edges):
            assert low is not None
            yield Choice(str(low), _range(fact.type, low if at[:1] and low >= at[0] else None, after), {fact.name: low})

    def _spans(self, name: str) -> Iterator[Choice]:
        """How long ago, the shortest time first."""
        days = [date.fromordinal(at + EPOCH) for at in self._turns.get(name, ())]
        months = [_months(day - timedelta(1), self.as_of) for day in days]
        stands = [day - timedelta(1) for day in days[:1]] + days
        for day, low, high in reversed([*zip(stands, [*months, None], [None, *months], strict=False)]):
            yield Choice(day.isoformat(), _span(low, high), {name: day})


def _roots(policy: Policy) -> Iterator[Node]:
    yield policy.eligible
    if policy.amount is not None:
        yield policy.amount


def _counts(node: Node) -> bool:
    """Whether an amount rests on sums of money or on the family: a guest says neither to the yuan."""
    is_sum = isinstance(node, Fact) and node.type == "money"
    return is_sum or isinstance(node, Members) or any(_counts(child) for child in node.children)


def _months(day: date, as_of: date) -> int:
    return (as_of.year - day.year) * YEAR + as_of.month - day.month - (day.day > as_of.day)


def _range(type_: str, low: int | None, after: int | None) -> str:
    """不到 780 元；780 元以上，不到 1,170 元；超过 1,560 元: whole yuan begin a range, one fen more ends one."""
    say = spoken_yuan if type_ == "money" else str
    is_cent = type_ == "money"
    top = "" if after is None else f"{say(after - 1)}或更少" if is_cent and after % 100 == 1 else f"不到 {say(after)}"
    bottom = "" if low is None else f"超过 {say(low - 1)}" if is_cent and low % 100 == 1 else f"{say(low)}以上"
    return "，".join(part for part in (bottom, top) if part)


def _span(low: int | None, high: int | None) -> str:
    """Full months since: from `low` on, under `high`."""
    if high is not None and high <= 0:
        return f"{_long(-high)}以后"
    if low is not None and low < 0:
        return f"{_long(-low)}以内，或者已经过了"
    parts = (f"满 {_long(low)}" if low is not None else "", f"不到 {_long(high)}" if high is not None else "")
    return "，".join(part for part in parts if part)


def _long(months: int) -> str:
    return f"{months // YEAR} 年" if months and months % YEAR == 0 else f"{months} 个月"
