"""What the plan counts beyond benefits: how often somebody was cared for, and who joins in where they live."""

from __future__ import annotations

import numpy as np

from tongxing.demo.streams import between, some
from tongxing.demo.world import World

JOINS = 0.52  # of the holders who were asked; fewer among the severely disabled and the old


def care_given(world: World) -> None:
    """Tells care_times: how often this year, for those in institutions, day care and home care."""
    rng, told = world.rng("care times"), world.person
    size = len(world.people)
    passed = (world.today - world.today.replace(month=1, day=1)).days + 1
    days = np.select(
        [told["in_institution"].values, told["day_care"].values, told["home_care"].values],
        [np.full(size, passed), between(rng, 1, max(passed * 2 // 3, 2), size), between(rng, 1, passed // 7 + 2, size)],
        0,
    )
    world.tell("care_times", np.where(world.here, days, 0).astype("i8"))


def activities(world: World) -> None:
    """Tells joined_activity of the holders, as a household survey hears it."""
    rng, people = world.rng("activities"), world.people
    share = JOINS + 0.16 * ((people.age >= 7) & (people.age <= 17)) - 0.17 * world.severe - 0.1 * (people.age >= 75)
    world.tell("joined_activity", some(rng, world.holder, share), world.holder & (people.age >= 6))
