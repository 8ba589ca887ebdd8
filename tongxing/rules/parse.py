"""From the author's text to a sqlglot tree of which only an allow-list of nodes is left. No name is looked up here."""

from __future__ import annotations

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from tongxing.lib.place import PackError, Place, Text, place_of
from tongxing.rules.lexis import Wrong, check_marks

ALLOWED = (
    exp.Column, exp.Identifier, exp.Literal, exp.Boolean, exp.Paren, exp.And, exp.Or, exp.Not, exp.EQ, exp.NEQ, exp.LT,
    exp.LTE, exp.GT, exp.GTE, exp.In, exp.Between, exp.Add, exp.Sub, exp.Mul, exp.Neg, exp.Anonymous,
)  # fmt: skip


def parse(text: Text) -> exp.Expression:
    """The tree of one expression. Raises PackError at the place of what is not allowed."""
    try:
        check_marks(text)
        found = sqlglot.parse(str(text))
    except Wrong as wrong:
        raise PackError(str(wrong), _at(text, wrong.offset)) from None
    except SqlglotError as wrong:
        detail = (getattr(wrong, "errors", None) or [{}])[0]
        column = max(0, (detail.get("col") or 1) - len(detail.get("highlight") or ""))
        raise PackError("这里看不懂，写法不对", _at(text, column)) from None
    if len(found) != 1 or found[0] is None:
        raise PackError("要写一个条件", place_of(text))
    _check(found[0], text)  # type: ignore[arg-type]
    return found[0]  # type: ignore[return-value]


def _check(node: exp.Expression, text: Text) -> None:
    """Depth first; a DATE literal is looked at as a whole."""
    if is_date(node):
        return
    if not isinstance(node, ALLOWED):
        raise PackError(f"规则里不能用 {type(node).__name__.upper()} 这种写法", where(node, text))
    if isinstance(node, exp.In) and (node.args.get("query") or not node.expressions):
        raise PackError("IN 后面要列出具体的值", where(node, text))
    if isinstance(node, exp.Column) and node.args.get("db"):
        raise PackError("名字里最多一个点", where(node, text))
    for child in node.iter_expressions():
        _check(child, text)


def is_date(node: exp.Expression) -> bool:
    """DATE '2025-01-31' and nothing else of the cast family."""
    return (
        isinstance(node, exp.Cast)
        and isinstance(node.this, exp.Literal)
        and node.this.is_string
        and node.to.is_type("DATE")
        and not isinstance(node, exp.TryCast)
    )


def where(node: exp.Expression, text: Text) -> Place:
    """The place of the first token under a node."""
    starts = [part.meta["start"] for part in node.walk() if "start" in part.meta]
    return _at(text, min(starts, default=0))


def _at(text: Text, offset: int) -> Place:
    before = str(text)[:offset]
    place = place_of(text)
    lines = before.count("\n")
    if lines:
        return Place(place.file, place.line + lines, len(before) - before.rfind("\n"))
    return place.shifted(offset)
