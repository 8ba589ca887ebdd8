"""One chunk of rows: every distinct node of a program worked out once, as planes or as numbers.

A condition is two planes, known-true and known-false; unknown is what is in neither. A number is values and the plane
of rows where they are known (None: all). A node stands at its own level (household or person) until a person needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from tongxing.rules.bits import Plane, ones, pack, unpack
from tongxing.rules.frames import Frame
from tongxing.rules.numbers import Number, by_code, divide, look_up, number, same_words, since, width
from tongxing.rules.tree import (
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
    Ratio,
    Since,
)


class Truth(NamedTuple):
    yes: Plane
    no: Plane


Worth = Truth | Number


@dataclass
class Chunk:
    """The worths of nodes over the rows of a frame; `today` is as_of in days since 1970."""

    frame: Frame
    today: int

    def __post_init__(self) -> None:
        self.worths: dict[tuple[int, Level], Worth] = {}
        self.unknowns: dict[tuple[int, Level], Plane] = {}
        self.full: dict[Level, Plane] = {level: ones(rows) for level, rows in self.frame.rows.items()}
        self.none: dict[Level, Plane] = {level: np.zeros_like(plane) for level, plane in self.full.items()}

    def at(self, node: Node, level: Level) -> Worth:
        """The node's worth for the rows of a level; worths of households are lifted to members once.

        Nodes are told apart by identity: `plan` has made equal nodes one.
        """
        key = (id(node), level)
        found = self.worths.get(key)
        if found is None:
            found = self._lifted(node) if node.level not in (None, level) else _MAKE[type(node)](self, node, level)
            self.worths[key] = found
        return found

    def truth(self, node: Node, level: Level) -> Truth:
        found = self.at(node, level)
        assert isinstance(found, Truth)
        return found

    def number(self, node: Node, level: Level) -> Number:
        found = self.at(node, level)
        assert isinstance(found, Number)
        return found

    def unknown(self, node: Node, level: Level) -> Plane:
        key = (id(node), level)
        plane = self.unknowns.get(key)
        if plane is None:
            found = self.at(node, level)
            if isinstance(found, Truth):
                plane = self.full[level] ^ (found.yes | found.no)
            else:
                plane = self.none[level] if found.known is None else self.full[level] ^ found.known
            self.unknowns[key] = plane
        return plane

    def _lifted(self, node: Node) -> Worth:
        homes = self.frame.homes
        assert homes is not None and node.level == "household"
        below = self.at(node, "household")
        if isinstance(below, Truth):
            return Truth(homes.lift(below.yes), homes.lift(below.no))
        values = below.values if isinstance(below.values, int) else below.values.take(homes.of)
        return Number(values, None if below.known is None else homes.lift(below.known), below.words)

    # ---- one function for each kind of node ----

    def const(self, node: Const, level: Level) -> Worth:
        full, none = self.full[level], self.none[level]
        if node.type == "bool":
            return Truth(full if node.value is True else none, full if node.value is False else none)
        if node.value is None:
            return Number(0, none)
        return Number(node.value, None) if isinstance(node.value, int) else Number(0, None, (node.value,))

    def fact(self, node: Fact, level: Level) -> Worth:
        column = self.frame.columns[level].chunk(node.name, self.frame.start[level], self.frame.rows[level])
        if column is None:
            none = self.none[level]
            return Truth(none, none) if node.type == "bool" else Number(0, none)
        if node.type != "bool":
            return Number(column.values, column.known, column.words)
        known = self.full[level] if column.known is None else column.known
        yes = column.values if column.known is None else column.values & known
        return Truth(yes, known ^ yes)

    def inverse(self, node: Not, level: Level) -> Worth:
        yes, no = self.truth(node.a, level)
        return Truth(no, yes)

    def both(self, node: Both, level: Level) -> Worth:
        parts = self._parts(node.items, level, _all)
        return _all(parts)

    def either(self, node: Either, level: Level) -> Worth:
        parts = self._parts(node.items, level, _any)
        return _any(parts)

    def _parts(self, items: Sequence[Node], level: Level, join: Callable[[list[Truth]], Truth]) -> list[Truth]:
        """The worths of the items; those of the household are joined before they are lifted."""
        low = [item for item in items if item.level == "household"]
        if level != "person" or len(low) < 2:
            return [self.truth(item, level) for item in items]
        joined = join([self.truth(item, "household") for item in low])
        homes = self.frame.homes
        assert homes is not None
        own = [self.truth(item, level) for item in items if item.level != "household"]
        return [Truth(homes.lift(joined.yes), homes.lift(joined.no)), *own]

    def compare(self, node: Compare, level: Level) -> Worth:
        if node.a.type == "bool":
            a, b = self.truth(node.a, level), self.truth(node.b, level)
            return Truth(a.yes & b.yes | a.no & b.no, a.yes & b.no | a.no & b.yes)
        x, y = self.number(node.a, level), self.number(node.b, level)
        left, right = same_words(x, y)[:2] if node.a.type == "code" else (x.values, y.values)
        flags = _COMPARE[node.op](left, right)
        yes = pack(np.broadcast_to(flags, self.frame.rows[level]))
        known = _known(x, y)
        if known is None:
            return Truth(yes, self.full[level] ^ yes)
        yes &= known
        return Truth(yes, known ^ yes)

    def arith(self, node: Arith, level: Level) -> Worth:
        x, y = self.number(node.a, level), self.number(node.b, level)
        return number(_ARITH[node.op](x.values, y.values, dtype=width(node)), _known(x, y))

    def since(self, node: Since, level: Level) -> Worth:
        day = self.number(node.a, level)
        return number(since(node.span, day.values, self.today), day.known)

    def pick(self, node: Pick, level: Level) -> Worth:
        table = by_code(node)
        if table is not None:
            codes = self.number(table[0], level)
            values, there = look_up(codes, table[1], width(node))
            return number(values, self._where(there, level, codes.known))
        yes, no = self.truth(node.condition, level)
        a, b = self.at(node.yes, level), self.at(node.no, level)
        if isinstance(a, Truth) and isinstance(b, Truth):
            return Truth(yes & a.yes | no & b.yes, yes & a.no | no & b.no)
        assert isinstance(a, Number) and isinstance(b, Number)
        known = (yes if a.known is None else yes & a.known) | (no if b.known is None else no & b.known)
        chosen = unpack(yes, self.frame.rows[level])
        if node.type == "code":
            left, right, words = same_words(a, b)
            return Number(np.where(chosen, left, right), known, words)
        # multiply and add: np.where on random bits misses branches
        values = np.multiply(chosen, a.values, dtype=width(node))
        if not (isinstance(b.values, int) and b.values == 0):
            values += np.multiply(chosen ^ 1, b.values, dtype=width(node))
        return Number(values, known)

    def extreme(self, node: Extreme, level: Level) -> Worth:
        parts = [self.number(item, level) for item in node.items]
        best = np.maximum if node.which == "higher" else np.minimum
        values: Any = parts[0].values
        for other in parts[1:]:
            values = best(values, other.values, dtype=width(node))
        return number(values, _known(*parts))

    def ratio(self, node: Ratio, level: Level) -> Worth:
        a, n, d = (self.number(part, level) for part in (node.a, node.n, node.d))
        top = np.multiply(a.values, n.values, dtype=np.int64)
        largest = 2 * max(abs(node.low), abs(node.high)) + max(abs(node.d.low), abs(node.d.high))
        values, whole = divide(top, d.values, largest)
        return number(values, self._where(whole, level, _known(a, n, d)))

    def _where(self, flags: Any, level: Level, known: Plane | None) -> Plane | None:
        """The known rows that are flagged too; None: all of both."""
        if flags is None:
            return known
        there = pack(np.broadcast_to(flags, self.frame.rows[level]))
        return there if known is None else known & there

    def members(self, node: Members, level: Level) -> Worth:
        homes = self.frame.homes
        assert homes is not None
        if node.what == "any":
            yes, no = self.truth(node.a, "person")
            return Truth(homes.any(yes), self.full[level] ^ homes.any(self.full["person"] ^ no))
        unknown = self.unknown(node.a, "person")
        known = self.full[level] ^ homes.any(unknown) if unknown.any() else None
        if node.what == "count":
            return Number(homes.count_of(self.truth(node.a, "person").yes), known)
        values = self.number(node.a, "person").values
        return Number(values * homes.sizes if isinstance(values, int) else homes.total(values), known)

    def is_known(self, node: Known, level: Level) -> Worth:
        unknown = self.unknown(node.a, level)
        return Truth(self.full[level] ^ unknown, unknown)


def _all(parts: list[Truth]) -> Truth:
    yes, no = parts[0]
    for other in parts[1:]:
        yes, no = yes & other.yes, no | other.no
    return Truth(yes, no)


def _any(parts: list[Truth]) -> Truth:
    yes, no = parts[0]
    for other in parts[1:]:
        yes, no = yes | other.yes, no & other.no
    return Truth(yes, no)


def _known(*numbers: Number) -> Plane | None:
    known = None
    for each in numbers:
        if each.known is not None:
            known = each.known if known is None else known & each.known
    return known


_ARITH: dict[str, np.ufunc] = {"+": np.add, "-": np.subtract, "*": np.multiply}
_COMPARE: dict[str, np.ufunc] = {"=": np.equal, "<": np.less, "<=": np.less_equal}
_MAKE: dict[type[Node], Callable[[Chunk, Any, Level], Worth]] = {
    Const: Chunk.const,
    Fact: Chunk.fact,
    Not: Chunk.inverse,
    Both: Chunk.both,
    Either: Chunk.either,
    Compare: Chunk.compare,
    Arith: Chunk.arith,
    Since: Chunk.since,
    Pick: Chunk.pick,
    Extreme: Chunk.extreme,
    Ratio: Chunk.ratio,
    Members: Chunk.members,
    Known: Chunk.is_known,
}
