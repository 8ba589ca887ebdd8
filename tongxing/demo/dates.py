"""When things began and ended: two years of a city's lists and questions."""

from __future__ import annotations

import numpy as np

from tongxing.demo.papers import WINDOW
from tongxing.demo.streams import Days, Floats, Ints, between, chance, exactly, month_start
from tongxing.demo.world import World

LATELY = 0.3  # of those on a list now, who came in the last two years
EXITS, EXITS_OF_MANY = 0.12, 0.02  # left in the last two years, against those on it now


def entered(world: World, name: str, size: int, earliest: Days) -> Days:
    """The month in which each unit came onto a list (if it is on it), not before `earliest` nor after today."""
    rng = world.rng(f"entered {name}")
    days = np.where(chance(rng, LATELY, size), between(rng, 12, WINDOW, size), between(rng, WINDOW, 3300, size))
    begin = np.maximum(month_start(world.now - days.astype("m8[D]")), month_start(earliest))
    return np.minimum(begin, month_start(np.full(size, world.now)))


def left(world: World, name: str, weights: Floats, count: int) -> tuple[Ints, Days, Days]:
    """`count` units that were on a list until some month of the last two years: (rows, begin, end)."""
    rng = world.rng(f"left {name}")
    rows = exactly(rng, weights, count)
    end = month_start(world.now - between(rng, 0, WINDOW - 31, len(rows)).astype("m8[D]"))
    begin = month_start(end - between(rng, 120, 2500, len(rows)).astype("m8[D]"))
    return rows, begin, end


def received_after(world: World, topic: str, begin: Days, most: int = 25) -> Days:
    """Word of it came within some days, but not before the registry was first filled two years ago."""
    wait = between(world.rng(f"received {topic}"), 1, most, len(begin)).astype("m8[D]")
    return np.asarray(np.minimum(np.maximum(begin + wait, world.now - np.timedelta64(WINDOW, "D")), world.now))
