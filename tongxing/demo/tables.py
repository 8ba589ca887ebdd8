"""The true city as the tables that the rules read: everything known, in the order of the world's rows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from tongxing.demo.holders import CATEGORIES
from tongxing.demo.world import Told, World
from tongxing.rules.tree import FactType, Program

ARROW = {"bool": pa.bool_(), "int": pa.int64(), "money": pa.int64(), "date": pa.date32(), "code": pa.string()}
LONG_AGO = np.datetime64("1900-01-01")


def person_table(world: World, program: Program) -> pa.Table:
    size = len(world.people)
    columns = {"person_id": pa.array(np.arange(size)), "household_id": pa.array(world.people.home)}
    columns |= _columns({**_papers(world), **world.person}, program, "person")
    return pa.table(columns)


def household_table(world: World, program: Program) -> pa.Table:
    columns = {"household_id": pa.array(np.arange(world.people.homes))}
    return pa.table(columns | _columns(world.household, program, "household"))


def _columns(told: dict[str, Told], program: Program, level: str) -> dict[str, pa.Array]:
    wanted = {name: fact for name, fact in program.facts.items() if fact.level == level and name in told}
    return {name: _array(told[name], fact) for name, fact in wanted.items()}


def _array(told: Told, fact: FactType) -> pa.Array:
    """Who was never asked is told by what is true of them; a day that never came counts as long ago."""
    values = told.values
    if fact.type == "date":
        return pa.array(np.where(np.isnat(values), LONG_AGO, values).astype("M8[D]"), pa.date32())
    return pa.array(values.tolist() if fact.type == "code" else values, ARROW[fact.type])


def _papers(world: World) -> dict[str, Told]:
    """What the typed tables of the registry will say (compare registry.facts.typed)."""
    people, papers = world.people, world.certificates
    everyone = world.everyone
    held = world.holder
    state = np.select([~held, papers.cancelled, papers.until < world.now], ["none", "cancelled", "expired"], "valid")
    words = np.array(["none", *CATEGORIES])
    names = ("visual", "hearing", "speech", "limb", "intellectual", "mental")
    found = {
        "birth_date": world.birth,
        "sex": np.where(people.male, "male", "female"),
        "hukou": np.where(world.rural, "rural", "urban"),
        "local_hukou": world.local,
        "county": np.array([code[:6] for code in world.villages.codes])[world.village][people.home],
        "alive": np.isnat(world.death),
        "moved_out": ~np.isnat(world.moved),
        "death_date": world.death,
        "has_cert": np.isin(state, ("valid", "expired")),
        "cert_status": state,
        "cert_issued": papers.issued,
        "cert_until": papers.until,
        "category": words[people.category + 1],
        "grade": people.grade,
    }
    found |= {f"has_{name}": papers.parts[:, number] & held for number, name in enumerate(names)}
    return {name: Told(values, everyone) for name, values in found.items()}
