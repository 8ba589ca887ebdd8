"""What is to be worked out, with equal nodes made one object, so that chunks may tell nodes apart by identity."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields
from typing import Any

from tongxing.rules.tree import Fact, FactType, Known, Level, Members, Node, Policy, Program


@dataclass(frozen=True)
class Aim:
    """One policy's nodes, all interned. `leaves` stand in the order of `policy.leaves`."""

    policy: Policy
    eligible: Node
    amount: Node | None
    leaves: tuple[Node, ...]

    @property
    def unit(self) -> Level:
        return self.policy.unit


class Plan:
    """The aims of some policies of a program, and the facts that they read."""

    def __init__(self, program: Program, policies: Collection[str] | None) -> None:
        """Raises KeyError for a policy that the program does not have in force."""
        self.nodes: dict[tuple[Any, ...], Node] = {}
        self.seen: dict[int, Node] = {}
        names = program.policies if policies is None else policies
        self.aims = {name: self._aim(program.policies[name]) for name in names}
        used = {node.name for node in self.nodes.values() if isinstance(node, Fact)}
        self.facts: list[FactType] = [fact for name, fact in program.facts.items() if name in used]
        self.orders: dict[tuple[tuple[int, ...], Level], list[Node]] = {}

    def _aim(self, policy: Policy) -> Aim:
        amount = None if policy.amount is None else self.intern(policy.amount)
        leaves = tuple(self.intern(leaf.node) for leaf in policy.leaves)
        return Aim(policy, self.intern(policy.eligible), amount, leaves)

    def intern(self, node: Node) -> Node:
        """The one object for all nodes equal to this one."""
        known = self.seen.get(id(node))
        if known is None:
            values = [self._interned(getattr(node, field.name)) for field in fields(node)]
            key = (type(node), *(_key(value) for value in values))
            known = self.nodes.setdefault(key, type(node)(*values))
            self.seen[id(node)] = self.seen[id(known)] = known
        return known

    def _interned(self, value: Any) -> Any:
        if isinstance(value, Node):
            return self.intern(value)
        if isinstance(value, tuple):
            return tuple(self.intern(item) for item in value)
        return value

    def order(self, roots: tuple[Node, ...], level: Level) -> list[Node]:
        """The nodes of a level under some roots, each after all that use it.

        It ends at facts, at nodes of another level and at what asks in its own way (`known`, the members).
        """
        key = (tuple(map(id, roots)), level)
        if key not in self.orders:
            seen: set[int] = set()
            self.orders[key] = [node for root in roots for node in _upwards(root, level, seen)][::-1]
        return self.orders[key]


def _upwards(node: Node, level: Level, seen: set[int]) -> Iterator[Node]:
    if id(node) in seen:
        return
    seen.add(id(node))
    if node.level == level and not isinstance(node, Known | Members):
        for child in node.children:
            yield from _upwards(child, level, seen)
    yield node


def _key(value: Any) -> Any:
    if isinstance(value, Node):
        return id(value)
    if isinstance(value, tuple):
        return tuple(map(id, value))
    return value
