"""Numbers of a chunk and the arithmetic on them that numpy does not have."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from tongxing.rules.bits import Plane
from tongxing.rules.tree import Compare, Const, Node, Pick

Values = npt.NDArray[Any] | int
EXACT = 2**53  # whole numbers below it are exact in float64, and their quotients never round up to the next whole one


class Number(NamedTuple):
    """`values` of each row, or one int for all; for codes indices into `words`. `known` None: everywhere."""

    values: Values
    known: Plane | None
    words: tuple[str, ...] = ()


def number(values: Any, known: Plane | None) -> Number:
    """A result of numpy, which is a scalar where all that went in was constant."""
    return Number(values if np.ndim(values) else int(values), known)


def width(node: Node) -> type[np.signedinteger[Any]]:
    """32 bits where neither the result nor what it is made of can be wider."""
    widest = max(max(abs(part.low), abs(part.high)) for part in (node, *node.children))
    return np.int32 if widest < 2**31 else np.int64


def by_code(node: Pick) -> tuple[Node, dict[str, int]] | None:
    """(codes, code → number) of a chain of picks that looks a number up by a code and else is unknown; None: no such.

    pick(place = 'east', 700, pick(place = 'west', 600, unknown)): what a parameter with `by` becomes.
    """
    subject: Node | None = getattr(node.condition, "a", None)
    found: dict[str, int] = {}
    rest: Node = node
    while isinstance(rest, Pick):
        test, worth = rest.condition, rest.yes
        if not (isinstance(test, Compare) and test.a is subject and isinstance(test.b, Const)):
            return None
        if not (isinstance(test.b.value, str) and isinstance(worth, Const) and isinstance(worth.value, int)):
            return None
        found.setdefault(test.b.value, worth.value)
        rest = rest.no
    unlisted = isinstance(rest, Const) and rest.value is None
    return (subject, found) if subject is not None and unlisted and node.type not in ("bool", "code") else None


def look_up(codes: Number, listed: dict[str, int], kind: type[np.signedinteger[Any]]) -> tuple[Any, Any]:
    """(numbers, where the code is listed; None: everywhere)."""
    table = np.array([listed.get(word, 0) for word in codes.words] or [0], kind)
    there = np.array([word in listed for word in codes.words] or [False])
    values = table.take(codes.values, mode="clip")  # indices under nulls may be anything
    return values, None if there.all() else there.take(codes.values, mode="clip")


def divide(top: Any, bottom: Values, largest: int) -> tuple[Any, npt.NDArray[np.bool_] | bool | None]:
    """(top/bottom rounded half away from zero, where bottom is not 0; None: everywhere).

    `largest` bounds 2·|top| + |bottom|.
    """
    lower: Any = np.abs(np.asarray(bottom, np.int64))
    there = None if lower.all() else lower != 0
    if there is not None:
        lower = np.where(there, lower, 1)
    upper = 2 * np.abs(top) + lower
    size = upper // (2 * lower) if largest >= EXACT or lower.ndim == 0 else (upper / (2 * lower)).astype(np.int64)
    return np.where((top < 0) == (np.asarray(bottom) < 0), size, -size), there


def since(span: str, days: Values, today: int) -> Any:
    """Full years or months from each day to today, by the calendar; negative for a day to come."""
    day: Any = np.asarray(days, np.int64).astype("M8[D]")
    now: Any = np.datetime64(today, "D")
    month, this_month = day.astype("M8[M]"), now.astype("M8[M]")
    late = (day - month).astype(np.int64) > (now - this_month).astype(np.int64)
    passed = this_month.astype(np.int64) - month.astype(np.int64) - late
    return passed // 12 if span == "years" else passed


def same_words(x: Number, y: Number) -> tuple[Any, Any, tuple[str, ...]]:
    """Two columns of codes as indices into the same words."""
    if x.words == y.words:
        return x.values, y.values, x.words
    if isinstance(y.values, int) and len(y.words) == 1 and y.words[0] in x.words:
        return x.values, x.words.index(y.words[0]), x.words
    words = tuple(dict.fromkeys([*x.words, *y.words])) or ("",)
    index = {word: i for i, word in enumerate(words)}
    return _respelt(x, index), _respelt(y, index), words


def _respelt(side: Number, index: dict[str, int]) -> Any:
    """Indices under nulls may be anything: they are cut to what exists, and nobody looks at them."""
    spread = np.array([index[word] for word in side.words] or [0], np.int32)
    return spread.take(side.values, mode="clip")
