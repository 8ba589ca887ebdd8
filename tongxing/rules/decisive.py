"""At which values of a number or a day the answers of the rules can turn.

    age >= 60 AND income < 780.00 yuan  →  birth_date: the day after the 60th birthday;  income: 78000 fen

A person who is asked need not say the number, only on which side of these values it lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tongxing.rules.tree import Compare, Const, Fact, Node, Pick


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
    left = bool(_constants(compare.a))
    values, other = (_constants(compare.a), compare.b) if left else (_constants(compare.b), compare.a)
    if compare.op == "=":
        return values | {value + 1 for value in values}, other
    return {value + ((compare.op == "<") == left) for value in values}, other


def _constants(node: Node) -> set[int]:
    """The numbers that a parameter can be, of which a code may choose one; none for anything else."""
    if isinstance(node, Const):
        return {node.value} if isinstance(node.value, int) else set()
    if not isinstance(node, Pick):
        return set()
    yes, no = _constants(node.yes), _constants(node.no)
    known = [values for values, part in ((yes, node.yes), (no, node.no)) if values or not _is_unknown(part)]
    return set().union(*known) if all(known) else set()


def _is_unknown(node: Node) -> bool:
    """What a parameter is for a code that it does not name."""
    return isinstance(node, Const) and node.value is None


def _facts(node: Node, type_: str) -> Iterator[Fact]:
    """The facts of that type under a node; a bool compared with a bool is no number."""
    if isinstance(node, Fact) and node.type == type_ and type_ in ("int", "money", "date"):
        yield node
    for child in node.children:
        yield from _facts(child, type_)
