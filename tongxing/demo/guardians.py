"""Who acts for whom: parents for minors, relatives for most severe adults with 智力 or 精神."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tongxing.demo.persons import Register
from tongxing.demo.streams import some
from tongxing.demo.world import World

GUARDIAN = ("ward", "guardian", "kind", "proof", "from_date")
GUARDIANS = ("parent", "spouse", "child", "relative", "organisation")
PROOF = {
    "parent": "户口簿",
    "spouse": "结婚证",
    "child": "户口簿",
    "relative": "监护协议",
    "organisation": "村居委会证明",
}
# ward and other as the letters of templates.py
PAIRS = {
    "parent": ("AF", "AM", "CA", "IA", "CS", "BF", "BM"),
    "spouse": ("AS", "SA", "FM", "MF"),
    "child": ("AC", "SC", "FA", "MA", "FB", "MB"),
}


def guardian_rows(world: World, register: Register) -> Iterator[tuple[Any, ...]]:
    """In the order of GUARDIAN: of minors with a certificate and of most severe adults with 智力 or 精神."""
    people = world.people
    mind = world.holder & world.severe & world.is_category("intellectual", "mental") & (people.age >= 18)
    wards = (world.holder & (people.age < 18)) | some(world.rng("guardians"), mind, 0.75)
    first = np.searchsorted(people.home, np.arange(people.homes + 1))
    able = (world.here & (people.age >= 18) & (people.age < 85) & ~(world.severe & world.holder)).tolist()
    who = people.who.tolist()
    adopted = str(world.now - np.timedelta64(900, "D"))
    for ward in np.flatnonzero(wards & world.here).tolist():
        home = people.home[ward]
        others = [row for row in range(first[home], first[home + 1]) if row != ward and able[row]]
        ranked = sorted(others, key=lambda row: GUARDIANS.index(_kind(who[ward], who[row])))
        kind = _kind(who[ward], who[ranked[0]]) if ranked else "organisation"
        since = max(adopted, str(world.birth[ward]))
        yield (int(register.ids[ward]), int(register.ids[ranked[0]]) if ranked else None, kind, PROOF[kind], since)


def _kind(ward: str, other: str) -> str:
    """What the other is to the ward, both seen from the first holder of the household."""
    return next((kind for kind, pairs in PAIRS.items() if ward + other in pairs), "relative")
