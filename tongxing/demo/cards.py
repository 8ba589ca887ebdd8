"""Rows of certificates with their history: the one in force, the one it replaced, the cancelled one of the dead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tongxing.demo.holders import CATEGORIES
from tongxing.demo.persons import Register
from tongxing.demo.streams import between, chance, some
from tongxing.demo.world import World
from tongxing.lib.crypto import KeyRing
from tongxing.lib.identity import certificate_number

CERTIFICATE = (
    *("person", "number_sealed", "number_index", "category", "parts", "grade"),
    *("issued_date", "valid_until_date", "state", "source", "received_date"),
)
HAD_BEFORE, GRADE_CHANGED = 0.24, 0.35
SOURCE = "残联残疾人证名单"
Row = tuple[Any, ...]


def certificate_rows(world: World, register: Register, ring: KeyRing) -> Iterator[Row]:
    """In the order of CERTIFICATE. A renewal has a new number: another grade, or B1 after a lost or worn card."""
    rng, people, papers = world.rng("cards"), world.people, world.certificates
    size = len(people)
    life = (papers.issued - world.birth).astype("i8")
    before = some(rng, world.holder & (life > 4200), HAD_BEFORE)
    changed = some(rng, before, GRADE_CHANGED)
    old_grade = np.clip(people.grade + np.where(chance(rng, 0.8, size), 1, -1), 1, 4)
    changed &= old_grade != people.grade
    reissue = (before & ~changed).astype("i8")
    age = np.where(changed, between(rng, 400, 3600, size), 3652)
    parts = _parts(world)
    received = np.minimum(papers.issued + between(rng, 1, 30, size).astype("m8[D]"), world.now)
    received = np.maximum(received, world.now - np.timedelta64(730, "D"))
    for row in np.flatnonzero(world.holder).tolist():
        issued, until = papers.issued[row], papers.until[row]
        who = (int(register.ids[row]), str(register.id_numbers[row]), CATEGORIES[people.category[row]], parts[row])
        if before[row]:
            first = issued - np.timedelta64(int(age[row]), "D")
            grade = int(old_grade[row] if changed[row] else people.grade[row])
            yield _row(who, grade, 0, (first, first + np.timedelta64(3652, "D"), received[row]), "replaced", ring)
        state = "cancelled" if papers.cancelled[row] else "valid"
        yield _row(who, int(people.grade[row]), int(reissue[row]), (issued, until, received[row]), state, ring)


def _parts(world: World) -> list[str]:
    """'limb,visual' on a multiple one, '' on others."""
    table, multiple = world.certificates.parts, world.people.category == 6
    texts = [""] * len(multiple)
    for row in np.flatnonzero(multiple).tolist():
        texts[row] = ",".join(CATEGORIES[part] for part in np.flatnonzero(table[row]))
    return texts


def _row(who: Row, grade: int, reissue: int, days: Row, state: str, ring: KeyRing) -> Row:
    person, id_number, category, parts = who
    number = certificate_number(id_number, category, grade, reissue)
    issued, until, received = (str(day) for day in days)
    sealed = ring.seal(number, place=f"certificate.number.{person}")
    index = ring.blind_index("certificate", number)
    return (person, sealed, index, category, parts, grade, issued, until, state, SOURCE, received)
