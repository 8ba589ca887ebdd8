"""The city before any fact is told: people, households, villages, papers, and the invented among them."""

from __future__ import annotations

from datetime import date

import numpy as np

from tongxing.demo import homes, papers, personas
from tongxing.demo.homes import People
from tongxing.demo.places import Setting, Villages, placed
from tongxing.demo.streams import Flags, Ints, chance, stream
from tongxing.demo.world import NEVER, World

LOCAL = 0.974


def begin(holders: int, seed: int, today: date, where: tuple[Villages, Setting], line_fen: int) -> World:
    """A city with `holders` people whose certificate is not cancelled, and some holders who died."""
    villages, setting = where
    now = np.datetime64(today, "D")
    dead = round(papers.DEAD * holders)
    invented = [member for home in personas.HOMES for member in home.members]
    drawn = holders + dead - round(0.08 * dead) - sum(member.category >= 0 for member in invented)
    people = _with_personas(homes.build(max(drawn, 1), seed))
    spared = np.arange(len(people)) >= len(people) - len(invented)
    birth = papers.births(people.age, now, seed)
    birth[-len(invented) :] = [np.datetime64(personas.born(member, today)) for member in invented]
    death = papers.deaths(people, dead, spared, now, seed)
    village, rural = _homes_placed(people, villages, setting, seed)
    world = World(
        today=today,
        seed=seed,
        people=people,
        villages=villages,
        village=village,
        rural=rural,
        local=chance(stream(seed, "local"), LOCAL, len(people)) | spared,
        birth=birth,
        death=death,
        moved=papers.moves(people, spared, death, now, seed),
        certificates=papers.certificates(people, birth, death, now, seed),
        line_fen=line_fen,
    )
    _settle_personas(world)
    return world


def _with_personas(people: People) -> People:
    """The invented households come last, in the order of personas.HOMES."""
    first = people.homes
    pairs = [(first + number, member) for number, home in enumerate(personas.HOMES) for member in home.members]
    members = [member for _, member in pairs]
    return People(
        home=np.r_[people.home, [home for home, _ in pairs]],
        who=np.r_[people.who, [member.who for member in members]],
        relation=np.r_[people.relation, np.array([member.relation for member in members], "U10")],
        age=np.r_[people.age, [member.age for member in members]],
        male=np.r_[people.male, [member.male for member in members]],
        category=np.r_[people.category, [member.category for member in members]],
        grade=np.r_[people.grade, [member.grade for member in members]],
    )


def _homes_placed(people: People, villages: Villages, setting: Setting, seed: int) -> tuple[Ints, Flags]:
    """(village of each household, rural register of each person: mostly one per household)."""
    village = placed(villages, seed, "homes", people.homes)
    for number, home in enumerate(reversed(personas.HOMES), 1):
        village[-number] = villages.index(setting.homes.get(home.key, ""))
    rng = stream(seed, "hukou")
    home_rural = chance(rng, villages.rural[village], people.homes)
    own = chance(rng, 0.04, len(people))
    return village, home_rural[people.home] ^ own


def _settle_personas(world: World) -> None:
    """Rural or not, certificate dates and a certificate that is in force."""
    invented = [member for home in personas.HOMES for member in home.members]
    first = len(world.people) - len(invented)
    papers_of = world.certificates
    for row, member in enumerate(invented, first):
        world.persona[str(member.id)] = row
        world.rural[row] = member.rural
        issued = world.now - np.timedelta64(member.since.get("cert", 1500), "D")
        papers_of.issued[row], papers_of.until[row] = issued, issued + np.timedelta64(3652, "D")
        papers_of.cancelled[row] = False
        world.death[row] = world.moved[row] = NEVER
