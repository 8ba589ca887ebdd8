"""Which households are poor and on which list: latent poverty first, incomes follow from it (see `money`)."""

from __future__ import annotations

import numpy as np

from tongxing.demo.streams import Flags, Floats, Ints, some
from tongxing.demo.world import World

TEKUN, DIBAO, EDGE, SINGLE = 0.04, 0.22, 0.08, 0.03  # of holders


def settle(world: World) -> None:
    """Tells tekun, dibao_single, orphan_allowance, dibao, dibao_edge, monitored."""
    people = world.people
    holders = people.per_home(world.holder)
    need = _need(world)
    tekun = _share_of_holders(world, np.where(_nobody(world), need, 0.0), holders, TEKUN)
    dibao = _share_of_holders(world, np.where(tekun, 0.0, need), holders, DIBAO)
    edge = _share_of_holders(world, np.where(tekun | dibao, 0.0, need), holders, EDGE)
    world.tell_home("dibao", dibao)
    world.tell_home("dibao_edge", edge)
    world.tell_home(
        "monitored", some(world.rng("monitored"), ~tekun & _rural(world), np.where(dibao | edge, 0.08, 0.03))
    )
    world.tell("tekun", tekun[people.home] & world.holder)
    single = some(world.rng("single"), world.severe & world.holder & edge[people.home] & (people.age >= 18), 0.85)
    world.tell("dibao_single", single)
    parents = people.any_in_home(np.isin(people.who, list("FM")))[people.home]
    alone = (people.who == "A") & (people.age < 18) & ~parents
    world.tell("orphan_allowance", some(world.rng("orphans"), alone, 0.35))


def _rural(world: World) -> Flags:
    return world.people.any_in_home(world.rural)


def _need(world: World) -> Floats:
    """How likely a household is poor: severe members, nobody who can work, rural, alone, many children."""
    people, rng = world.people, world.rng("need")
    severe = people.any_in_home(world.severe & world.holder)
    mind = people.any_in_home(world.is_category("intellectual", "mental"))
    workers = people.per_home((people.age >= 18) & (people.age < 60) & ~world.holder & world.here)
    children = people.per_home(people.age < 18)
    score = 0.9 * severe + 0.5 * mind + 0.5 * _rural(world) + 0.25 * children - 0.75 * np.minimum(workers, 2)
    return np.asarray(np.exp(1.6 * (score + rng.normal(0, 0.5, people.homes))))


def _nobody(world: World) -> Flags:
    """No support: alone, old or without ability to work."""
    people = world.people
    unable = world.holder & ((people.age >= 60) | (people.age < 18) | world.unable) & world.here & world.local
    return np.asarray((people.per_home(world.everyone) == 1) & people.any_in_home(unable))


def _share_of_holders(world: World, weight: Floats, holders: Ints, share: float) -> Flags:
    """Households, drawn by weight, that together have that share of all holders."""
    wanted = share * holders.sum()
    rng = world.rng(f"share {share}")
    able = np.flatnonzero(weight > 0)
    order = able[np.argsort(-(rng.random(len(able)) ** (1 / weight[able])), kind="stable")]
    chosen = np.zeros(len(weight), bool)
    chosen[order[np.cumsum(holders[order]) <= wanted]] = True
    return chosen
