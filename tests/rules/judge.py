"""The slow, obvious judge of the engines: it walks the author's text for every question and shares only the parser.

Names are looked up by name, values are Python values, unknown is None, money and whole numbers are ints. Nothing is
typed, folded or lowered, and no answer is remembered, so that a mistake there cannot agree with itself here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache, reduce
from math import floor
from typing import Any

from sqlglot import exp

from tongxing.rules import parse as parser
from tongxing.rules.parse import is_date

Facts = Mapping[str, Any]
parse = lru_cache(parser.parse)  # reading a text again is what takes the time


@dataclass(frozen=True)
class Result:
    """One policy for one unit; `leaves` in the order they are written, the exclusion of a higher benefit last."""

    eligible: bool | None
    amount: int | None
    ask: frozenset[str]
    leaves: tuple[bool | None, ...]


def no(a: bool | None) -> bool | None:
    return None if a is None else not a


def both(values: Sequence[bool | None]) -> bool | None:
    return False if False in values else None if None in values else True


def either(values: Sequence[bool | None]) -> bool | None:
    return True if True in values else None if None in values else False


def full_years(since: date, until: date) -> int:
    return until.year - since.year - ((until.month, until.day) < (since.month, since.day))


def full_months(since: date, until: date) -> int:
    return 12 * (until.year - since.year) + until.month - since.month - (until.day < since.day)


def rounded(value: Fraction) -> int:
    """Half away from zero."""
    size = floor(abs(value) + Fraction(1, 2))
    return size if value >= 0 else -size


COMPARE = {
    exp.EQ: lambda a, b: a == b,
    exp.NEQ: lambda a, b: a != b,
    exp.LT: lambda a, b: a < b,
    exp.LTE: lambda a, b: a <= b,
    exp.GT: lambda a, b: a > b,
    exp.GTE: lambda a, b: a >= b,
}
MEMBERS = ("sum_members", "any_member", "count_members")
RECORDS = ("receives", "entitled", "served")
ARITH = {exp.Add: lambda a, b: a + b, exp.Sub: lambda a, b: a - b, exp.Mul: lambda a, b: a * b}


class Judge:
    """One household on one day. `who` is the index of a member, or None for the household (or an employer) itself."""

    def __init__(
        self, source: Any, as_of: date, persons: Sequence[Facts], household: Facts, overrides: Facts | None = None
    ) -> None:
        self.source, self.as_of, self.persons, self.household = source, as_of, persons, household
        self.overrides = overrides or {}

    # ---- a policy ----
    def result(self, policy: str, who: int | None) -> Result:
        eligible = self.eligible(policy, who)
        asked = self.ask_eligible(policy, who)
        amount = self.amount(policy, who) if eligible else None
        if eligible and amount is None:
            asked = self.ask(self.version(policy).amount, who, policy)
        leaves = self.leaves(self.version(policy).who, who, policy)
        last = [self.not_beaten(policy, who)] if self.rivals(policy) else []
        return Result(eligible, amount, frozenset(asked), (*leaves, *last))

    def version(self, policy: str) -> Any:
        begun = [v for v in self.source.policies[policy].versions if v.from_date <= self.as_of]
        now = max(begun, key=lambda v: v.from_date, default=None)
        return now if now and (now.until_date is None or self.as_of < now.until_date) else None

    def eligible(self, policy: str, who: int | None) -> bool | None:
        return both([self.own(policy, who), self.not_beaten(policy, who)])

    def own(self, policy: str, who: int | None) -> bool | None:
        return self.condition(self.version(policy).who, who, policy)

    def amount(self, policy: str, who: int | None) -> int | None:
        """Fen, whether entitled or not."""
        text = self.version(policy).amount
        if text is None or self.source.policies[policy].period == "none":
            return 0
        return self.value(parse(text), who, policy)

    def condition(self, node: Any, who: int | None, policy: str) -> bool | None:
        if node.text is not None:
            return self.value(parse(node.text), who, policy)
        values = [self.condition(item, who, policy) for item in node.all or node.any]
        return both(values) if node.all else either(values)

    def leaves(self, node: Any, who: int | None, policy: str) -> list[bool | None]:
        if node.text is not None:
            return [self.condition(node, who, policy)]
        return [leaf for item in node.all or node.any for leaf in self.leaves(item, who, policy)]

    def rivals(self, policy: str) -> list[str]:
        """All that higher_of ties to this policy, directly or by way of others, where in force."""
        ties = [{str(one.id), *map(str, one.higher_of)} for one in self.source.policies.values()]
        group = {policy}
        for _ in ties:
            group = group.union(*(tie for tie in ties if tie & group))
        return sorted(other for other in group - {policy} if self.version(other))

    def not_beaten(self, policy: str, who: int | None) -> bool | None:
        return both([no(both([self.own(other, who), self.above(other, policy, who)])) for other in self.rivals(policy)])

    def above(self, other: str, policy: str, who: int | None) -> bool | None:
        theirs, mine = self.amount(other, who), self.amount(policy, who)
        if theirs is None or mine is None:
            return None
        return theirs > mine or (theirs == mine and other < policy)

    # ---- what to ask ----
    def ask_eligible(self, policy: str, who: int | None) -> set[str]:
        if self.eligible(policy, who) is not None:
            return set()
        asked = self.ask_condition(self.version(policy).who, who, policy)
        for other in self.rivals(policy):
            above = self.above(other, policy, who)
            if both([self.own(other, who), above]) is None:
                asked |= self.ask_condition(self.version(other).who, who, other)
                amounts = (other, policy) if above is None else ()
                asked |= {fact for one in amounts for fact in self.ask(self.version(one).amount, who, one)}
        return asked

    def ask_condition(self, node: Any, who: int | None, policy: str) -> set[str]:
        if self.condition(node, who, policy) is not None:
            return set()
        if node.text is not None:
            return self.ask(node.text, who, policy)
        return {fact for item in node.all or node.any for fact in self.ask_condition(item, who, policy)}

    def ask(self, text: Any, who: int | None, policy: str | None) -> set[str]:
        return self.ask_node(parse(text), who, policy)

    def ask_node(self, node: exp.Expression, who: int | None, policy: str | None) -> set[str]:
        if is_date(node) or self.value(node, who, policy) is not None:
            return set()
        if isinstance(node, exp.Column):
            return self.ask_name(node, who)
        parts = self.asking(node, who, policy) if isinstance(node, exp.Anonymous) else list(node.iter_expressions())
        return {fact for part in parts for fact in self.ask_node(part, who, policy)} | self.ask_record(
            node, who, policy
        )

    def asking(self, node: exp.Anonymous, who: int | None, policy: str | None) -> list[exp.Expression]:
        """The arguments of a function of which an unknown answer asks."""
        if node.this in RECORDS or node.this in MEMBERS:
            return []
        if node.this != "pick":
            return list(node.expressions)
        condition = self.value(node.expressions[0], who, policy)
        return [node.expressions[0 if condition is None else 1 if condition else 2]]

    def ask_record(self, node: exp.Expression, who: int | None, policy: str | None) -> set[str]:
        """What members, other policies and the system's own records make to ask."""
        name = node.this if isinstance(node, exp.Anonymous) else ""
        if name in MEMBERS:
            everybody = range(len(self.persons))
            return {fact for other in everybody for fact in self.ask_node(node.expressions[0], other, policy)}
        if name == "entitled":
            return self.ask_eligible(node.expressions[0].name, who)
        if name == "receives":
            return {self.receipt(node.expressions[0].name)}
        return {f"served_{node.expressions[0].name}"} if name == "served" else set()

    def ask_name(self, node: exp.Column, who: int | None) -> set[str]:
        if node.table:
            by = [p.by for p in self.parameters(node.name) if p.by]
            return {str(by[0])} if by and self.fact(by[0], who) is None else set()
        if node.name in self.source.derived:
            return self.ask(self.source.derived[node.name], who, None)
        return {node.name}

    # ---- values ----
    def value(self, node: exp.Expression, who: int | None, policy: str | None) -> Any:
        if isinstance(node, exp.Column):
            return self.param(node.name, who, policy) if node.table else self.name(node.name, who)
        if isinstance(node, exp.Anonymous):
            return self.called(node, who, policy)
        if is_date(node):
            return date.fromisoformat(node.this.this)
        if isinstance(node, exp.Literal):
            return node.this if node.is_string else int(node.this)
        if isinstance(node, exp.Boolean):
            return node.this
        return self.operated(node, who, policy)

    def operated(self, node: exp.Expression, who: int | None, policy: str | None) -> Any:
        a, *rest = [self.value(part, who, policy) for part in node.iter_expressions()]
        if isinstance(node, exp.Paren):
            return a
        if isinstance(node, exp.And | exp.Or):
            return both([a, *rest]) if isinstance(node, exp.And) else either([a, *rest])
        if isinstance(node, exp.Not):
            return no(a)
        if isinstance(node, exp.In):
            return either([None if None in (a, b) else a == b for b in rest])
        if isinstance(node, exp.Between):
            low, high = rest
            return both([None if None in (low, a) else low <= a, None if None in (a, high) else a <= high])
        if a is None or None in rest:
            return None
        return -a if isinstance(node, exp.Neg) else (COMPARE | ARITH)[type(node)](a, rest[0])

    def name(self, name: str, who: int | None) -> Any:
        if name in self.source.derived:
            return self.value(parse(self.source.derived[name]), who, None)
        return self.fact(name, who)

    def fact(self, name: str, who: int | None) -> Any:
        return self.persons[who].get(name) if self.source.facts[name].unit == "person" else self.household.get(name)

    def parameters(self, name: str) -> list[Any]:
        own = [p.params[name] for p in self.source.policies.values() if name in p.params]
        return [self.source.params[name]] if name in self.source.params else own

    def param(self, name: str, who: int | None, policy: str | None) -> Any:
        own = self.source.policies[policy].params if policy else {}
        param = own[name] if name in own else self.source.params[name]
        begun = [v for v in param.values if v.from_date <= self.as_of]
        value = max(begun, key=lambda v: v.from_date).value if begun else None
        changed = self.overrides.get(f"{policy}.{name}" if name in own else name)
        if isinstance(value, Mapping):
            value = value.get(self.fact(param.by, who))
            return value if value is None or changed is None else changed
        return value if changed is None else changed

    def receipt(self, policy: str) -> str:
        return str(self.source.policies[policy].receipt or f"receives_{policy}")

    def called(self, node: exp.Anonymous, who: int | None, policy: str | None) -> Any:
        name, first = node.this, node.expressions[0]
        if name == "receives":
            return self.fact(self.receipt(first.name), who)
        if name == "entitled":
            return self.eligible(first.name, who) if self.version(first.name) else False
        if name == "served":
            day = self.fact(f"served_{first.name}", who)
            return None if day is None else full_months(day, self.as_of) < int(node.expressions[1].this)
        if name in MEMBERS:
            return over_members(name, [self.value(first, other, policy) for other in range(len(self.persons))])
        values = [self.value(part, who, policy) for part in node.expressions]
        if name == "known":
            return values[0] is not None
        if name == "pick":
            return None if values[0] is None else values[1] if values[0] else values[2]
        return None if None in values else self.computed(name, values)

    def computed(self, name: str, values: list[Any]) -> Any:
        if name in ("years_since", "months_since"):
            return (full_years if name == "years_since" else full_months)(values[0], self.as_of)
        if name in ("higher_of", "lower_of"):
            return reduce(max if name == "higher_of" else min, values)
        if name == "per_head":
            values = [values[0], 1, values[1]]
        x, n, d = values
        return None if d == 0 else rounded(Fraction(x * n, d))


def over_members(name: str, values: list[Any]) -> Any:
    if name == "any_member":
        return either(values)
    if None in values:
        return None
    return sum(values) if name == "sum_members" else values.count(True)
