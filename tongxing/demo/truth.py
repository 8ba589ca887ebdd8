"""Everything that is true of the city, in the order in which one thing follows from another."""

from __future__ import annotations

import numpy as np

from tongxing.demo import livelihood, needs, participation, personas, welfare
from tongxing.demo.world import World


def tell_all(world: World) -> None:
    welfare.settle(world)
    livelihood.study(world)
    livelihood.work(world)
    livelihood.earn(world)
    needs.care(world)
    needs.rehabilitation(world)
    needs.health(world)
    needs.housing(world)
    needs.insurance(world)
    needs.family(world)
    participation.care_given(world)
    participation.activities(world)
    _tell_personas(world)


def _tell_personas(world: World) -> None:
    """What personas.py says of its people stands above what was drawn."""
    first = world.people.homes - len(personas.HOMES)
    for number, home in enumerate(personas.HOMES, first):
        for name, value in home.facts.items():
            if name in world.household:
                world.household[name].values[number] = value
                world.household[name].of[number] = True
        for member in home.members:
            _tell_persona(world, world.persona[str(member.id)], member)


def _tell_persona(world: World, row: int, member: personas.Persona) -> None:
    for name, value in member.facts.items():
        if name not in world.person:
            continue
        told = world.person[name]
        told.of[row] = True
        told.values[row] = world.now - np.timedelta64(value, "D") if told.values.dtype.kind == "M" else value
