"""The city looks like one: shares as in population-facts, and things that belong together do."""

from __future__ import annotations

import numpy as np
import pytest

from tongxing.content.instance import pack
from tongxing.demo import personas
from tongxing.demo.city import Drawn
from tongxing.demo.world import World


def share(world: World, flags: np.ndarray) -> float:
    """Of the certificate holders."""
    return float(flags[world.holder].mean())


def test_exactly_as_many_people_hold_a_certificate_as_were_asked_for(city: Drawn) -> None:
    world = city.world
    assert int((world.holder & ~world.certificates.cancelled).sum()) == 6000
    assert 2.6 < len(world.people) / world.people.homes < 3.3


@pytest.mark.parametrize(("number", "wanted"), list(enumerate((0.11, 0.08, 0.02, 0.53, 0.10, 0.11, 0.05))))
def test_categories_have_their_shares(city: Drawn, number: int, wanted: float) -> None:
    assert abs(share(city.world, city.world.people.category == number) - wanted) < 0.015


def test_the_deaf_are_old_and_the_intellectually_disabled_young(city: Drawn) -> None:
    people = city.world.people
    deaf, mind, limb = (people.age[people.category == number].mean() for number in (1, 4, 3))
    assert deaf > limb > mind + 15


def test_nobody_is_older_than_their_mother(city: Drawn) -> None:
    people = city.world.people
    mothers = dict(zip(people.home[people.who == "M"].tolist(), people.age[people.who == "M"].tolist(), strict=True))
    holders = people.who == "A"
    pairs = [
        (age, mothers[home])
        for home, age in zip(people.home[holders], people.age[holders], strict=True)
        if home in mothers
    ]
    assert pairs and all(mother - age >= 15 for age, mother in pairs)


def test_the_listed_poor_mostly_live_below_the_line_and_the_others_above(city: Drawn) -> None:
    world = city.world
    people = world.people
    income = people.per_home(np.where(world.here, world.person["income"].values, 0))
    poor = income < world.line_fen * people.per_home(world.here)
    dibao = world.household["dibao"].values.astype(bool)
    assert 0.9 < poor[dibao].mean() < 1
    assert 0.01 < poor[~dibao].mean() < 0.16
    assert 0.19 < share(world, world.home_flag("dibao")) < 0.25


def test_children_do_not_work_and_the_unemployed_earn_no_wage(city: Drawn) -> None:
    job, wage = city.world.person["employment"].values, city.world.person["work_income"].values
    assert set(job[city.world.people.age < 16]) == {"na"}
    assert not wage[np.isin(job, ("none", "na"))].any()


def test_every_code_is_one_of_the_pack(city: Drawn, settings) -> None:  # type: ignore[no-untyped-def]
    facts = pack(settings.PACK).facts
    told = {**city.world.person, **city.world.household}
    for name, fact in told.items():
        if name in facts and facts[name].type == "code":
            assert set(np.unique(fact.values)) <= set(facts[name].code_values), name


def test_the_invented_people_are_there_as_described(city: Drawn) -> None:
    world, register = city.world, city.register
    chen = world.persona[str(personas.CHEN_GUILAN)]
    assert (register.ids[chen], str(register.names[chen])) == (personas.CHEN_GUILAN, "陈桂兰")
    assert (world.people.age[chen], world.people.category[chen], world.people.grade[chen]) == (78, personas.VISUAL, 2)
    assert world.home_flag("dibao")[chen] and not world.person["receives_living_allowance"].values[chen]
    assert register.phones[chen] == "" and register.addresses[chen].startswith("合浦县石康镇水车村")
    wei = world.persona[str(personas.WEI_DASHU)]
    assert not world.holder[wei]
