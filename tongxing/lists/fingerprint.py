"""Whose file a found list is: the order of its rows tells, for each file has an order of its own (S25). Pure.

    wanted order   a b c d e f g h | i j …     blocks of eight stay where they are, so the sort still holds
    file no. 17    c a h b f d g e | j i …     inside a block the rows stand by their HMAC under the file's secret

A copy, a photo, a list with rows cut out: wherever two neighbours of one block still stand side by side, they stand in
the order of that file. Any other file agrees with half of them.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise

BLOCK = 8
SURE = 4.0  # standard deviations from chance: one wrong in 30,000


def order(keys: Sequence[str], secret: bytes) -> list[int]:
    """The places of the rows in the order of this file; rows of one key keep theirs."""
    places = range(len(keys))
    return sorted(places, key=lambda place: (place // BLOCK, _weight(keys[place], secret)))


def _weight(key: str, secret: bytes) -> bytes:
    return hmac.digest(secret, key.encode(), sha256)


@dataclass(frozen=True)
class Match:
    """`number` is the best file; `share` of the neighbours stand in its order."""

    number: int
    share: float
    pairs: int
    is_sure: bool


def whose(keys: Sequence[str], secrets: Mapping[int, bytes]) -> Match | None:
    """The file that fits the order of these rows best; None where there is nothing to compare."""
    pairs = [(a, b) for a, b in pairwise(keys) if a != b]
    if not pairs or not secrets:
        return None
    share, number = max((_agreement(pairs, secret), number) for number, secret in secrets.items())
    return Match(number, share, len(pairs), (share - 0.5) * 2 * len(pairs) ** 0.5 >= SURE)


def _agreement(pairs: list[tuple[str, str]], secret: bytes) -> float:
    weights = {key: _weight(key, secret) for key in {key for pair in pairs for key in pair}}
    return sum(weights[a] < weights[b] for a, b in pairs) / len(pairs)
