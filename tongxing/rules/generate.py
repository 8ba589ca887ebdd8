"""Python source from typed nodes, one line for each distinct node."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tongxing.rules.make import divided
from tongxing.rules.tree import (
    EPOCH,
    Arith,
    Both,
    Compare,
    Const,
    Either,
    Extreme,
    Fact,
    Known,
    Level,
    Members,
    Node,
    Not,
    Pick,
    Policy,
    Ratio,
    Since,
)

Values = dict[int, Any]


@dataclass
class Code:
    """The generated function and which number each node has."""

    numbers: dict[Node, int] = field(default_factory=dict)
    by_identity: dict[int, tuple[Node, int]] = field(default_factory=dict)
    facts: dict[int, dict[str, Level]] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    run: Callable[[Any, Any], Values] = lambda persons, household: {}

    def number(self, node: Node) -> int:
        """Found by identity first: equal nodes share a number, and hashing a deep tree costs."""
        found = self.by_identity.get(id(node))
        if found is None:
            found = self.by_identity[id(node)] = (node, self.numbers[node])
        return found[1]

    def facts_of(self, node: Node) -> dict[str, Level]:
        """The base facts under a node with their levels, in the order they are written."""
        key = id(node)
        if key not in self.facts:
            own: dict[str, Level] = {node.name: node.level or "person"} if isinstance(node, Fact) else {}
            for child in node.children:
                own |= self.facts_of(child)
            self.facts[key] = own
        return self.facts[key]


def generate(policies: list[Policy], as_of: date, also: Iterable[Node] = ()) -> Code:
    """`code.run(facts of each member, facts of the household)` → the value of each node by its number.

    `also`: nodes of their own, with the policies' in the same numbers.
    """
    code = Code()
    for policy in policies:
        roots = [policy.eligible, policy.own, *(leaf.node for leaf in policy.leaves)]
        for root in roots if policy.amount is None else [*roots, policy.amount]:
            _add(root, code)
    for node in also:
        _add(node, code)
    body = "\n".join(f"    {line}" for line in code.lines) or "    pass"
    numbers = ", ".join(f"{i}: v{i}" for i in range(len(code.numbers)))
    source = f"def run(P, H):\n    N = len(P)\n{body}\n    return {{{numbers}}}\n"
    rooms: dict[str, Any] = {"divided": divided, "passed": _passed(as_of)}
    # The text is made here from typed nodes; the only words of a pack in it are quoted by repr.
    exec(compile(source, "<rules>", "exec"), rooms)  # noqa: S102
    code.run = rooms["run"]
    return code


def _passed(as_of: date) -> Callable[[int, int], int]:
    def passed(days: int, months: int) -> int:
        day = date.fromordinal(min(max(days + EPOCH, 1), date.max.toordinal()))
        count = (as_of.year - day.year) * 12 + as_of.month - day.month - (day.day > as_of.day)
        return count // months

    return passed


def _add(node: Node, code: Code) -> str:
    """Adds the lines of a node; the name of its value."""
    if isinstance(node, Const):
        return repr(node.value)
    known = code.by_identity.get(id(node))
    if known is not None:
        return f"v{known[1]}"
    if node not in code.numbers:
        names = [_add(child, code) for child in node.children]
        code.numbers[node] = len(code.numbers)
        code.lines.append(f"v{code.numbers[node]} = {_line(node, names)}")
    return f"v{code.number(node)}"


def _line(node: Node, names: list[str]) -> str:
    if isinstance(node, Fact):
        return f"[f.get({node.name!r}) for f in P]" if node.level == "person" else f"H.get({node.name!r})"
    if isinstance(node, Members):
        return _members(node, names[0])
    if node.level != "person":
        return _formula(node, names)
    lists = [name for name, child in zip(names, node.children, strict=True) if child.level == "person"]
    own = {name: f"a{i}" for i, name in enumerate(dict.fromkeys(lists))}
    formula = _formula(node, [own.get(name, name) for name in names])
    targets = ", ".join(own.values())
    return (
        f"[{formula} for {targets} in {next(iter(own))}]"
        if len(own) == 1
        else f"[{formula} for {targets} in zip({', '.join(own)})]"
    )


def _members(node: Members, name: str) -> str:
    values = name if node.a.level == "person" else f"[{name}] * N"
    if node.what == "any":
        return f"True if True in (m := {values}) else None if None in m else False"
    what = "sum(m)" if node.what == "sum" else "m.count(True)"
    return f"None if None in (m := {values}) else {what}"


def _unless_unknown(names: list[str], formula: str) -> str:
    if "None" in names:
        return "None"
    own = [name for name in dict.fromkeys(names) if name.isidentifier() and name not in ("True", "False")]
    tests = " or ".join(f"{name} is None" for name in own)
    return f"None if {tests} else {formula}" if tests else formula


def _formula(node: Node, names: list[str]) -> str:
    if isinstance(node, Not):
        return f"None if {names[0]} is None else not {names[0]}"
    if isinstance(node, Both | Either):
        return _kleene(names, *(("False", "True") if isinstance(node, Both) else ("True", "False")))
    if isinstance(node, Pick):
        return f"None if {names[0]} is None else {names[1]} if {names[0]} else {names[2]}"
    if isinstance(node, Known):
        return f"{names[0]} is not None"
    return _unless_unknown(names, _number(node, names))


def _kleene(names: list[str], decides: str, other: str) -> str:
    """Constants in here can only be an unknown: the others were folded away."""
    own = [name for name in names if name != "None"]
    sure = " or ".join(f"{name} is {decides}" for name in own)
    unknown = " or ".join(f"{name} is None" for name in own)
    return f"{decides} if {sure} else None" + (f" if {unknown} else {other}" if len(own) == len(names) else "")


def _number(node: Node, names: list[str]) -> str:
    if isinstance(node, Compare):
        return f"{names[0]} {'==' if node.op == '=' else node.op} {names[1]}"
    if isinstance(node, Arith):
        return f"{names[0]} {node.op} {names[1]}"
    if isinstance(node, Since):
        return f"passed({names[0]}, {12 if node.span == 'years' else 1})"
    if isinstance(node, Extreme):
        return f"{'max' if node.which == 'higher' else 'min'}({', '.join(names)})"
    assert isinstance(node, Ratio)
    return f"divided({', '.join(names)})"
