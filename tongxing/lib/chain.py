"""A hash chain: each entry is bound to the one before it, so that an edit, a gap or a new order shows.

    START ──link(entry 1)──▶ hash 1 ──link(entry 2)──▶ hash 2 … ; an anchor is (number, hash) kept somewhere else.

A cut at the end shows only through an anchor.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, NamedTuple

START = bytes(32)


class Linked(NamedTuple):
    """One stored entry, numbered from 1 without gaps. `content` is exactly what was hashed."""

    number: int
    content: Mapping[str, Any]
    previous: bytes
    hash: bytes


@dataclass(frozen=True)
class Break:
    """The first bad number and what is wrong there."""

    number: int
    reason: str


def canonical(entry: Mapping[str, Any]) -> bytes:
    """Sorted JSON in UTF-8 without blanks. TypeError on dates and the like, ValueError on NaN.

    Use whole numbers and text only: a float may come back from a database in another form.
    """
    text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8", "surrogatepass")


def link(previous: bytes, entry: Mapping[str, Any]) -> bytes:
    """The hash of an entry that follows `previous` (32 bytes; START for the first)."""
    if len(previous) != 32:
        raise ValueError("previous is a hash of 32 bytes")
    return sha256(previous + canonical(entry)).digest()


def verify(entries: Iterable[Linked], anchors: Mapping[int, bytes] | None = None) -> Break | None:
    """The first break in entries that come in the order of their numbers, or None. Holds one entry at a time."""
    anchors = anchors or {}
    number, previous = 0, START
    for number, entry in enumerate(entries, 1):
        if reason := _wrong(number, previous, entry, anchors):
            return Break(number, reason)
        previous = entry.hash
    cut = min((anchored for anchored in anchors if anchored > number), default=None)
    if cut is not None:
        return Break(number + 1, f"后面的记录被删了：锚点记着第 {cut} 条，现在只有 {number} 条")
    return None


def _wrong(number: int, previous: bytes, entry: Linked, anchors: Mapping[int, bytes]) -> str | None:
    if entry.number != number:
        return f"编号不连续：这里应当是第 {number} 条，却是第 {entry.number} 条，有记录被删、被加或被换了次序"
    if entry.previous != previous:
        return "和前一条接不上"
    if link(previous, entry.content) != entry.hash:
        return "内容被改过"
    if number in anchors and anchors[number] != entry.hash:
        return "和锚点记下的不一样，这条或前面的记录被整段重写过"
    return None
