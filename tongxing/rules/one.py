"""The executor for one household: Python generated from the same tree, and the explanation it gives.

Each distinct node becomes one line. A person's node is a list over the members, a household's node one value:

    v3 = [f.get('birth_date') for f in P]
    v4 = [None if a is None else a <= 6210 for a in v3]
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from typing import Any, NamedTuple

from tongxing.rules.generate import Code, generate
from tongxing.rules.tree import EPOCH, Branch, Const, Fact, Known, Leaf, Level, Members, Node, Pick, Policy, Program

FactValue = bool | int | str | date | None
Facts = Mapping[str, FactValue]


class Tree(NamedTuple):
    """A condition and what it came to. `needed` is False where its brothers decide without it."""

    label: str | None
    value: bool | None
    kind: str  # all, any or leaf
    items: tuple[Tree, ...] = ()
    facts: Mapping[str, FactValue] | None = None
    needed: bool = True

    def as_json(self) -> dict[str, Any]:
        """{"label", "value", then "facts" or "all" or "any"; "needed": false where it does not matter}."""
        shown: dict[str, Any] = {"label": self.label, "value": self.value}
        if self.kind == "leaf":
            shown["facts"] = {name: _json(value) for name, value in (self.facts or {}).items()}
        else:
            shown[self.kind] = [item.as_json() for item in self.items]
        return shown if self.needed else shown | {"needed": False}


@dataclass(frozen=True)
class Answer:
    """One policy for one unit. `amount_fen` only where eligible is True and the amount is known.

    `tree` is grown when somebody looks at it: most answers are only counted.
    """

    eligible: bool | None
    amount_fen: int | None
    ask: frozenset[str]
    grow: Callable[[], Tree] = field(repr=False, compare=False)

    @cached_property
    def tree(self) -> Tree:
        return self.grow()


class Explainer:
    """Compiles a program once; explains any number of households."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.of_employers = {name: node for name, node in program.derived.items() if node.level == "employer"}
        self.codes: dict[str, Code] = {
            "home": generate([p for p in program.policies.values() if p.unit != "employer"], program.as_of),
            "employer": generate(
                [p for p in program.policies.values() if p.unit == "employer"],
                program.as_of,
                self.of_employers.values(),
            ),
        }

    def explain(
        self, person: int, persons: Sequence[Facts], household: Facts, policies: Collection[str] | None = None
    ) -> dict[str, Answer]:
        """Answers for the member at index `person`, and for the household. Facts not given are unknown."""
        wanted = self._wanted(("person", "household"), policies)
        values = self.codes["home"].run([_days(facts) for facts in persons], _days(household))
        look = _Look(self.codes["home"], values, person, persons, household)
        return {policy.id: look.answer(policy) for policy in wanted}

    def explain_employer(self, facts: Facts, policies: Collection[str] | None = None) -> dict[str, Answer]:
        code = self.codes["employer"]
        look = _Look(code, code.run([], _days(facts)), 0, [], facts)
        return {policy.id: look.answer(policy) for policy in self._wanted(("employer",), policies)}

    def derived_of_employer(self, facts: Facts) -> dict[str, bool | int | None]:
        """The value of each derived name of employers, None where a fact is missing."""
        code = self.codes["employer"]
        look = _Look(code, code.run([], _days(facts)), 0, [], facts)
        return {name: look.value(node, 0) for name, node in self.of_employers.items()}

    def _wanted(self, units: tuple[str, ...], policies: Collection[str] | None) -> list[Policy]:
        known = self.program.policies.values()
        return [p for p in known if p.unit in units and (policies is None or p.id in policies)]


class _Look:
    """Reads the values of one run for one member."""

    def __init__(
        self, code: Code, values: dict[int, Any], person: int, persons: Sequence[Facts], household: Facts
    ) -> None:
        self.code, self.values, self.person = code, values, person
        self.persons, self.household = persons, household
        self.asked: dict[tuple[int, int], frozenset[str]] = {}

    def value(self, node: Node, member: int) -> Any:
        if isinstance(node, Const):
            return node.value
        found = self.values[self.code.number(node)]
        return found[member] if node.level == "person" else found

    def answer(self, policy: Policy) -> Answer:
        eligible = self.value(policy.eligible, self.person)
        amount = None
        ask = self.ask(policy.eligible, self.person)
        if eligible is True:
            amount = 0 if policy.amount is None else self.value(policy.amount, self.person)
            ask = frozenset() if policy.amount is None else self.ask(policy.amount, self.person)
        return Answer(eligible, amount, ask, partial(self.tree, policy.who))

    def ask(self, node: Node, member: int) -> frozenset[str]:
        """The base facts to ask because this node is unknown for this member."""
        key = (id(node), member)
        if key not in self.asked:
            self.asked[key] = self._ask(node, member)
        return self.asked[key]

    def _ask(self, node: Node, member: int) -> frozenset[str]:
        if isinstance(node, Const | Known) or self.value(node, member) is not None:
            return frozenset()
        if isinstance(node, Fact):
            return frozenset({node.name})
        if isinstance(node, Members):
            return frozenset().union(*(self.ask(node.a, other) for other in range(len(self.persons))))
        if isinstance(node, Pick):
            condition = self.value(node.condition, member)
            branch = node.condition if condition is None else node.yes if condition else node.no
            return self.ask(branch, member)
        return frozenset().union(*(self.ask(child, member) for child in node.children))

    def tree(self, item: Branch | Leaf) -> Tree:
        if isinstance(item, Leaf):
            facts = {name: self._fact(name, level) for name, level in self.code.facts_of(item.node).items()}
            return Tree(item.label, self.value(item.node, self.person), "leaf", facts=facts)
        items = [self.tree(part) for part in item.items]
        value, decides = _kleene(item.kind, [part.value for part in items])
        if decides is not None:
            items = [part if part.value is decides else part._replace(needed=False) for part in items]
        return Tree(item.label, value, item.kind, tuple(items))

    def _fact(self, name: str, level: Level) -> FactValue:
        facts = self.persons[self.person] if level == "person" and self.persons else self.household
        return facts.get(name)


def _kleene(kind: str, values: list[bool | None]) -> tuple[bool | None, bool | None]:
    """(value, the answer of the items that decide it, None if all are needed)."""
    decides = kind == "any"
    if decides in values:
        return decides, decides
    return (None if None in values else not decides), None


def _days(facts: Facts) -> dict[str, Any]:
    """Dates as days since 1970."""
    return {name: v.toordinal() - EPOCH if isinstance(v, date) else v for name, v in facts.items()}


def _json(value: FactValue) -> FactValue:
    return value.isoformat() if isinstance(value, date) else value
