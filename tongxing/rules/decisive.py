"""At which values of a number or a day the answers of the rules can turn.

    age >= 60 AND income < 780.00 yuan  →  birth_date: the day after the 60th birthday;  income: 78000 fen

A person who is asked need not say the number, only on which side of these values it lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tongxing.rules.tree import Compare, Const, Fact, Node


def turns(nodes: Iterable[Node]) -> dict[str, tuple[int, ...]]:
    """For each number or day that is compared with something constant under these nodes, ascending: the values with
    which a new range begins (days since 1970, fen). What a fact can never be is left out."""
    found: dict[Fact, set[int]] = {}
    seen: set[int] = set()
    for node in nodes:
        for compare in _compares(node, seen):
            at, other = _turn(compare)
            for fact in _facts(other, compare.a.type) if at else ():
                found.setdefault(fact, set()).update(at)
    return {
        fact.name: tuple(sorted(at for at in values if fact.low < at <= fact.high)) for fact, values in found.items()
    }


def _compares(node: Node, seen: set[int]) -> Iterator[Compare]:
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, Compare):
        yield node
    for child in node.children:
        yield from _compares(child, seen)


def _turn(compare: Compare) -> tuple[set[int], Node]:
    """(first values of the ranges that the constant parts, the other side); none where nothing is constant.

    c < x and x <= c turn after c; c <= x and x < c turn at c; x = c turns at c and after it.
    """
    left = isinstance(compare.a, Const)
    const, other = (compare.a, compare.b) if left else (compare.b, compare.a)
    if not isinstance(const, Const) or isinstance(other, Const) or not isinstance(const.value, int):
        return set(), other
    if compare.op == "=":
        return {const.value, const.value + 1}, other
    return {const.value + ((compare.op == "<") == left)}, other


def _facts(node: Node, type_: str) -> Iterator[Fact]:
    """The facts of that type under a node; a bool compared with a bool is no number."""
    if isinstance(node, Fact) and node.type == type_ and type_ in ("int", "money", "date"):
        yield node
    for child in node.children:
        yield from _facts(child, type_)
