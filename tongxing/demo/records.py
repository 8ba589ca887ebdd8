"""From what is true to what is written down: who is on which list, what was asked and when, what nobody knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from tongxing.content.pack import Fact
from tongxing.demo import personas
from tongxing.demo.dates import EXITS, EXITS_OF_MANY, entered, left, received_after
from tongxing.demo.streams import Days, Flags, Floats, Ints, Words, between, chance, some
from tongxing.demo.world import NEVER, Told, World

# share unknown, share older than the fact may be, share of people who would not say
DOUBT = {
    "income": (0.044, 0.036, 0.004),
    "employment": (0.09, 0.03, 0.003),
    "assets_ok": (0.06, 0.04, 0.01),
    "rehab_need": (0.05, 0.15, 0.002),
    "device_need": (0.05, 0.15, 0.0),
    "home_mod_need": (0.05, 0.15, 0.0),
    "needs_care": (0.07, 0.05, 0.002),
    "supporter_able": (0.02, 0.02, 0.0),
    "lower_limb": (0.04, 0.0, 0.0),
}
ORDINARY = (0.06, 0.05, 0.001)
BY_HOME = ("income", "work_income")  # asked of a whole household at once
STILL_LISTED = 0.03  # of the dead and the moved
FRESH_DAYS, EARLIER = 350, 0.06
LONG_AGO = np.datetime64("2010-01-01")


@dataclass(frozen=True)
class Batch:
    """Rows of one fact: `rows` index persons or households; `end` is NaT while it holds."""

    fact: str
    unit: str
    rows: Ints
    values: Words
    begin: Days
    end: Days
    received: Days
    refused: Flags
    source: str


def all_batches(world: World, facts: Iterable[Fact]) -> Iterator[Batch]:
    """Statuses of every declared fact that the city knows, in the pack's order."""
    makers = {"list": listed, "status": asked, "system": done}
    for fact in facts:
        told = (world.person if fact.unit == "person" else world.household).get(fact.name)
        if told is not None and fact.unit != "employer" and fact.origin in makers:
            yield from makers[fact.origin](world, fact, told)


def begins(world: World, name: str, unit: str) -> Days:
    """When each unit came onto the list `name`, if it is on it; the invented people at their own dates."""
    if name in world.begun:
        return world.begun[name]
    earliest = world.birth if unit == "person" else np.full(world.people.homes, LONG_AGO)
    begin = entered(world, name, len(earliest), np.maximum(earliest, LONG_AGO))
    for row, days in persona_since(world, name, unit):
        begin[row] = world.now - np.timedelta64(days, "D")
    world.begun[name] = begin
    return begin


def persona_since(world: World, name: str, unit: str) -> Iterator[tuple[int, int]]:
    """(row, days ago) where personas.py says since when."""
    first = world.people.homes - len(personas.HOMES)
    for number, home in enumerate(personas.HOMES, first):
        if unit == "household" and name in home.since:
            yield number, home.since[name]
        for member in home.members:
            if unit == "person" and name in member.since:
                yield world.persona[str(member.id)], member.since[name]


def listed(world: World, fact: Fact, told: Told) -> Iterator[Batch]:
    """Who is on the list now, and who left it."""
    on = told.values.astype(bool)
    if fact.unit == "person":
        on &= world.here | some(world.rng(f"still {fact.name}"), world.everyone, STILL_LISTED)
    rows, texts = np.flatnonzero(on), as_texts(told.values, fact.type)
    begin = begins(world, fact.name, fact.unit)[rows]
    yield batch(world, fact, rows, texts[rows], begin, np.full(len(rows), NEVER))
    exits = EXITS_OF_MANY if len(rows) > 0.3 * len(on) else EXITS
    past, since, until = left(world, fact.name, _could_leave(world, fact, on), round(exits * len(rows)))
    yield batch(world, fact, past, np.full(len(past), "true" if fact.type == "bool" else "1"), since, until)


def _could_leave(world: World, fact: Fact, on: Flags) -> Floats:
    """Who may have been on the list before: the poorer, rather holders; never an invented person."""
    if fact.unit == "person":
        weight = np.where(world.holder, 1.0, 0.15) * world.here
        weight[list(world.persona.values())] = 0
    else:
        weight = np.where(world.household["assets_ok"].values, 1.0, 0.1)
        weight[-len(personas.HOMES) :] = 0
    return np.where(on, 0.0, weight)


def asked(world: World, fact: Fact, told: Told) -> Iterator[Batch]:
    """Answers, some of them too old or refused; a few have an earlier answer before."""
    rng = world.rng(f"asked {fact.name}")
    size, sure = len(told.values), _sure(world, fact)
    unknown, stale, refused = _doubts(world, fact, size)
    rows = np.flatnonzero(told.of & _sayable(told) & np.where(sure, ~_not_asked(world, fact, size), ~unknown))
    limit = fact.stale_days or 800
    fresh = between(rng, 4, min(FRESH_DAYS, limit - 15), size)
    old = (stale & ~sure)[rows] if fact.stale_days else np.zeros(len(rows), bool)
    age = np.where(old, limit + between(rng, 10, 300, size)[rows], fresh[rows])
    received = world.now - age.astype("m8[D]")
    no = (refused & ~sure)[rows]
    values = np.where(no, "", as_texts(told.values, fact.type)[rows])
    source = _asked_by(fact)
    if some_rows := len(earlier := np.flatnonzero(chance(rng, EARLIER, len(rows)) & ~no)):
        before = received[earlier] - between(rng, 300, 500, some_rows).astype("m8[D]")
        none = np.zeros(some_rows, bool)
        yield Batch(
            fact.name, fact.unit, rows[earlier], values[earlier], before, received[earlier], before, none, source
        )
    begin = received - between(rng, 0, 15, len(rows)).astype("m8[D]")
    yield Batch(fact.name, fact.unit, rows, values, begin, np.full(len(rows), NEVER), received, no, source)


def _sayable(told: Told) -> Flags:
    return ~np.isnat(told.values) if told.values.dtype.kind == "M" else np.ones(len(told.values), bool)


def _sure(world: World, fact: Fact) -> Flags:
    """Of the invented people everything is known but what they were not asked."""
    rows = list(world.persona.values())
    first = rows[0] if fact.unit == "person" else world.people.homes - len(personas.HOMES)
    return np.arange(len(world.people) if fact.unit == "person" else world.people.homes) >= first


def _not_asked(world: World, fact: Fact, size: int) -> Flags:
    """What personas.py says that nobody asked an invented person yet."""
    flags = np.zeros(size, bool)
    invented = [member for home in personas.HOMES for member in home.members if fact.unit == "person"]
    flags[[world.persona[str(member.id)] for member in invented if fact.name in member.unknown]] = True
    return flags


def _doubts(world: World, fact: Fact, size: int) -> tuple[Flags, Flags, Flags]:
    """(unknown, stale, refused); of incomes mostly one member is unknown, or the whole household is old."""
    shares = DOUBT.get("income" if fact.name in BY_HOME else fact.name, ORDINARY)
    rng = world.rng("doubt income" if fact.name in BY_HOME else f"doubt {fact.name}")
    unknown, stale, refused = (chance(rng, share, size) for share in shares)
    if fact.name in BY_HOME:
        stale = chance(rng, 1.4 * shares[1], world.people.homes)[world.people.home]
    return unknown, stale, refused


def done(world: World, fact: Fact, told: Told) -> Iterator[Batch]:
    """What the system did: one row with its day."""
    if told.values.dtype.kind != "M":
        yield from _tallied(world, fact, told)
        return
    rows = np.flatnonzero(_sayable(told))
    days = told.values[rows]
    yield batch(world, fact, rows, as_texts(days, fact.type), days, np.full(len(rows), NEVER))


def _tallied(world: World, fact: Fact, told: Told) -> Iterator[Batch]:
    """What the system counts of its own doings this year; who has none has no row."""
    rows = np.flatnonzero(told.of & (told.values > 0))
    begin = np.full(len(rows), world.now - np.timedelta64(1, "D"))
    yield batch(world, fact, rows, as_texts(told.values[rows], fact.type), begin, np.full(len(rows), NEVER))


def batch(world: World, fact: Fact, rows: Ints, values: Words, begin: Days, end: Days) -> Batch:
    received = received_after(world, fact.name, begin)
    source = f"{fact.owner or ''}名单"[:40]
    return Batch(fact.name, fact.unit, rows, values, begin, end, received, np.zeros(len(rows), bool), source)


def _asked_by(fact: Fact) -> str:
    return {"残联": "需求调查", "民政": "入户核对"}.get(fact.owner or "", f"{fact.owner or ''}登记")


def as_texts(values: np.ndarray, type_: str) -> Words:
    """The text form in which statuses are kept."""
    if type_ == "bool":
        return np.where(values.astype(bool), "true", "false")
    if type_ == "date":
        return values.astype("M8[D]").astype("U10")
    return values.astype("U20") if values.dtype.kind != "U" else values
