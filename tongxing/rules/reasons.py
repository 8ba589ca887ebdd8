"""Why it is a no: from the planes of a policy's conditions to the first one that decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import and_, or_
from typing import Any

import numpy as np
import numpy.typing as npt

from tongxing.rules.bits import Plane, unpack
from tongxing.rules.tree import Branch, Leaf


def first_failed(tree: Branch, failed: Sequence[Plane], out: npt.NDArray[np.int16]) -> None:
    """Into `out` the number of the first failed leaf of each row along failed branches, -1 where the tree is not a no.

    all: [any: [a no, b yes], c no] → c, for a is saved by b. `failed` has a plane for each leaf, in order.
    """
    numbered, _ = _numbered(tree, 0)
    rows = len(out)
    rest = _no(numbered, failed)
    narrow: type[np.integer[Any]] = np.uint8 if len(failed) < 255 else np.int16
    first: npt.NDArray[Any] = np.zeros(rows, narrow)  # counted from 1
    for leaf, counts in _counting(numbered, failed, rest):
        hit = counts & rest
        rest = rest ^ hit
        first += unpack(hit, rows) * narrow(leaf + 1)
    np.subtract(first, 1, out=out, dtype=np.int16)


Numbered = int | tuple[str, list["Numbered"]]


def _numbered(tree: Branch | Leaf, start: int) -> tuple[Numbered, int]:
    if isinstance(tree, Leaf):
        return start, start + 1
    items = []
    for item in tree.items:
        made, start = _numbered(item, start)
        items.append(made)
    return (tree.kind, items), start


def _no(tree: Numbered, failed: Sequence[Plane]) -> Plane:
    if isinstance(tree, int):
        return failed[tree]
    kind, items = tree
    return reduce(or_ if kind == "all" else and_, [_no(item, failed) for item in items])


def _counting(tree: Numbered, failed: Sequence[Plane], above: Plane) -> Iterator[tuple[int, Plane]]:
    """Each leaf with the rows where it and every branch above it failed."""
    if isinstance(tree, int):
        yield tree, above & failed[tree]
        return
    for item in tree[1]:
        yield from _counting(item, failed, above & _no(item, failed))
