"""Which base facts to ask of each row: those that are unknown along branches that could still change the answer.

What an unknown node asks of a row does not depend on who needs it. So households answer once for all their members, and
a node hands its need down as one plane: the rows where it is unknown and somebody above still waits for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from tongxing.rules.bits import Plane
from tongxing.rules.chunk import Chunk
from tongxing.rules.plan import Aim, Plan
from tongxing.rules.tree import Fact, Known, Level, Members, Node, Pick

Asked = dict[str, Plane]  # fact → rows
K = TypeVar("K", int, str)


class Asking:
    """The questions of one chunk."""

    def __init__(self, chunk: Chunk, plan: Plan) -> None:
        self.chunk, self.plan = chunk, plan
        self.at_home: dict[int, Asked] = {}
        self.spread: dict[tuple[int, str], Plane] = {}

    def of(self, aim: Aim) -> Asked:
        """What decides eligibility where that is unknown; where it is known-yes, what decides an unknown amount."""
        chunk, level = self.chunk, aim.unit
        needs = [(aim.eligible, chunk.unknown(aim.eligible, level))]
        if aim.amount is not None:
            needs.append((aim.amount, chunk.truth(aim.eligible, level).yes & chunk.unknown(aim.amount, level)))
        return self._walk(needs, level)

    def _walk(self, needs: list[tuple[Node, Plane]], level: Level) -> Asked:
        """Each node once, after everything that needs it; a need without rows ends."""
        waiting: dict[int, Plane] = {}
        for node, plane in needs:
            _merge(waiting, id(node), plane)
        asked: Asked = {}
        if not any(plane.any() for plane in waiting.values()):
            return asked
        for node in self.plan.order(tuple(node for node, _ in needs), level):
            need = waiting.pop(id(node), None)
            if need is None or not need.any():
                continue
            if isinstance(node, Fact) and node.level == level:
                _merge(asked, node.name, need)
            elif node.level != level or isinstance(node, Members):
                self._hand_over(node, need, level, asked)
            else:
                for child, rows in self._needed(node, need, level):
                    _merge(waiting, id(child), rows)
        return asked

    def _needed(self, node: Node, need: Plane, level: Level) -> Iterator[tuple[Node, Plane]]:
        """The children that a node waits for, and on which rows."""
        unknown = self.chunk.unknown
        if isinstance(node, Known):
            return
        if isinstance(node, Pick):
            yes, no = self.chunk.truth(node.condition, level)
            yield node.condition, need & unknown(node.condition, level)
            yield node.yes, need & yes & unknown(node.yes, level)
            yield node.no, need & no & unknown(node.no, level)
            return
        for child in node.children:
            yield child, need & unknown(child, level)

    def _hand_over(self, node: Node, need: Plane, level: Level, asked: Asked) -> None:
        """To the household: what it asks, only on the rows that need it."""
        homes = self.chunk.frame.homes
        if node.level is None:  # an unknown constant: nobody can be asked
            return
        assert homes is not None
        for fact, below in self._home(node).items():
            if level == "person":
                key = (id(node), fact)
                if key not in self.spread:
                    self.spread[key] = homes.lift(below)
                below = self.spread[key]
            _merge(asked, fact, need & below)

    def _home(self, node: Node) -> Asked:
        """What a node of the household asks wherever it is unknown, by household."""
        found = self.at_home.get(id(node))
        if found is None:
            found = self._members(node) if isinstance(node, Members) else self._under(node)
            self.at_home[id(node)] = found
        return found

    def _under(self, node: Node) -> Asked:
        return self._walk([(node, self.chunk.unknown(node, "household"))], "household")

    def _members(self, node: Members) -> Asked:
        """Of each member whose part is unknown, gathered for the household."""
        homes = self.chunk.frame.homes
        assert homes is not None
        asked = self._walk([(node.a, self.chunk.unknown(node.a, "person"))], "person")
        return {fact: homes.any(rows) for fact, rows in asked.items()}


def _merge(planes: dict[K, Plane], key: K, rows: Plane) -> None:
    before = planes.get(key)
    planes[key] = rows if before is None else before | rows
