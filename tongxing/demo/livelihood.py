"""School, work and income: by age, disability, and how poor the household is."""

from __future__ import annotations

import numpy as np

from tongxing.demo.streams import Flags, Ints, Words, chance, days_ago, some
from tongxing.demo.world import World

JOBS = ("unit", "farming", "flexible", "supplementary", "public_post", "none")
HOLDER_JOBS = (9, 31, 7.6, 1, 0.5, 51)
MEMBER_JOBS = (33, 24, 24, 0, 0.3, 19)
SCHOOL_AGE = (6, 15)
PLACES = {"ordinary": 49, "special_school": 27, "home": 17, "special_class": 3, "none": 4}


def study(world: World) -> None:
    """Tells enrolled, school_stage, school_place."""
    rng, age = world.rng("school"), world.people.age
    place = _places(world)
    school_age = _of_school_age(world)
    stays = chance(rng, np.where(world.holder, 0.55, 0.88), len(age))
    college = (age >= 18) & (age < 22) & chance(rng, np.where(world.holder, 0.14, 0.45), len(age))
    stage = np.select(
        [(age >= 3) & (age < 6), (age >= 6) & (age < 12), (age >= 12) & (age < 16), (age >= 16) & (age < 18) & stays],
        [
            np.where(stays, "preschool", "none"),
            "primary",
            "junior",
            np.where(chance(rng, 0.5, len(age)), "senior", "vocational"),
        ],
        np.where(college, "college", np.where((age >= 3) & (age < 22), "none", "na")),
    )
    missing = world.holder & school_age & (place == "none")
    stage = np.where(missing, "none", stage)
    learner = (age >= 3) & (age < 25) & world.holder
    world.tell("school_stage", stage, learner)
    world.tell(
        "school_place", np.where(missing, "none", np.where(np.isin(stage, ("none", "na")), "na", place)), learner
    )
    world.tell("enrolled", ~np.isin(stage, ("none", "na")) & (age >= 6))


def _of_school_age(world: World) -> Flags:
    return (world.people.age >= SCHOOL_AGE[0]) & (world.people.age <= SCHOOL_AGE[1])


def _places(world: World) -> Words:
    """Severe intellectual, mental and multiple disability rather to special schools and home teaching."""
    leanings = np.array([[75, 12, 3, 4, 2], [28, 40, 26, 3, 5]], "f8")
    hard = (world.severe & (world.people.category >= 4)).astype("i8")
    edges = np.cumsum(leanings / leanings.sum(axis=1, keepdims=True), axis=1)[hard]
    drawn = (world.rng("places").random(len(hard))[:, None] >= edges).sum(axis=1)
    words = np.array(list(PLACES))[np.minimum(drawn, len(PLACES) - 1)]
    return np.where(world.holder, words, "ordinary")


def work(world: World) -> None:
    """Tells employment, work_since, self_employed, startup_date."""
    people, rng = world.people, world.rng("work")
    age, job = people.age, _jobs(world)
    checked = world.household["dibao"].values | world.household["dibao_edge"].values
    job = np.where((age >= 60) & (job != "farming"), "none", job)
    job = np.where(
        (age >= 75) | ~np.isin(world.person["school_stage"].values, ("none", "na")) & (age < 22), "none", job
    )
    job = np.where(age < 16, "na", job)
    world.tell("employment", job, world.holder | ((age >= 16) & checked[people.home]))
    employed = np.isin(job, ("unit", "flexible", "supplementary", "public_post"))
    began = days_ago(rng, world.today, 20, np.minimum((age - 16) * 300 + 60, 5000), len(age))
    fourth_year = some(rng, checked[people.home] & (age >= 21), 0.16)
    began = np.where(fourth_year, days_ago(rng, world.today, 1160, 1400, len(age)), began)
    world.tell("work_since", began, employed & world.holder)
    owner = some(rng, job == "flexible", 0.3)
    world.tell("self_employed", owner)
    world.tell("startup_date", began, owner & world.holder)


def _jobs(world: World) -> Words:
    """Farming in the country, units in town; severe holders and 智力, 精神 rarely; dibao homes less."""
    people, rng = world.people, world.rng("jobs")
    size = len(people)
    shares = np.where(world.holder[:, None], np.array(HOLDER_JOBS), np.array(MEMBER_JOBS)).astype("f8")
    shares[:, 1] *= np.where(world.rural, 1.35, 0.12)
    shares[:, 0] *= np.where(world.rural, 0.75, 1.9)
    hard = world.holder & (world.severe | (people.category >= 4))
    shares[:, :3] *= np.where(hard, 0.5, np.where(world.holder, 1.75, 1.0))[:, None]
    poor = (world.household["dibao"].values | world.household["dibao_edge"].values)[people.home]
    shares[:, [0, 2]] *= np.where(poor, 0.35, 1.1)[:, None]
    shares[:, 3] *= np.where(people.category >= 4, 4.0, 0.3)
    edges = np.cumsum(shares / shares.sum(axis=1, keepdims=True), axis=1)
    drawn = np.minimum((rng.random(size)[:, None] >= edges).sum(axis=1), len(JOBS) - 1)
    return np.asarray(np.array(JOBS)[drawn])


def earn(world: World) -> None:
    """Tells income and work_income (fen a month) so that per head they fit the household's place among the poor."""
    wage = _wages(world)
    other = _other_income(world)
    wage, other = _fitted(world, wage, other)
    job = world.person["employment"].values
    wage = np.where(job == "na", 0, wage)
    world.tell("work_income", wage, world.holder & ~np.isin(job, ("none", "na")))
    world.tell("income", wage + other)


def _wages(world: World) -> Ints:
    rng, job = world.rng("wages"), world.person["employment"].values
    middle = {"unit": 320_000, "farming": 95_000, "flexible": 210_000, "supplementary": 65_000, "public_post": 175_000}
    typical = np.zeros(len(job))
    for word, fen in middle.items():
        typical[job == word] = fen
    typical *= np.where(world.holder, 0.75, 1.0)
    return _tens(typical * rng.lognormal(0, 0.35, len(job)))


def _other_income(world: World) -> Ints:
    """Pensions, children's support, rent."""
    rng, age = world.rng("other income"), world.people.age
    town = rng.lognormal(12.2, 0.4, len(age)) * some(rng, ~world.rural, 0.55)
    pension = np.where(age >= 60, np.maximum(town, rng.lognormal(9.75, 0.3, len(age))), 0)
    return _tens(pension + some(rng, age >= 60, 0.4) * rng.lognormal(10.2, 0.5, len(age)))


def _tens(fen: np.ndarray) -> Ints:
    """Round to ten yuan, as people say it."""
    return np.asarray(np.round(fen / 1000) * 1000, "i8")


def _fitted(world: World, wage: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Scale incomes by household: the listed poor under the line, the edge between it and half more, others above.

    A few are on the list and above the line, a few under it and not listed: that is what the lists are for.
    """
    people, rng = world.people, world.rng("fit")
    dibao, edge = world.household["dibao"].values, world.household["dibao_edge"].values
    tekun = people.any_in_home(world.person["tekun"].values)
    size = np.maximum(people.per_home(world.here), 1)
    total = people.per_home(np.where(world.here, wage + other, 0))
    now = total / size / world.line_fen
    wanted = np.select(
        [tekun, dibao, edge], [now * 0 + 0.1, rng.uniform(0.25, 0.96, len(now)), rng.uniform(1.02, 1.48, len(now))], now
    )
    wanted = np.where(some(rng, dibao, 0.025), rng.uniform(1.03, 1.9, len(now)), wanted)
    ordinary = ~(tekun | dibao | edge)
    low = ordinary & (now < 1.05)
    wanted = np.where(low, rng.uniform(1.53, 3.0, len(now)), wanted)
    nearly = some(rng, ordinary & (now > 1) & (now < 1.5), 0.8)
    wanted = np.where(nearly, now + 0.55, wanted)
    wanted = np.where(some(rng, ordinary & (now < 1.9), 0.07), rng.uniform(0.35, 0.97, len(now)), wanted)
    wanted = np.where(_tapering(world), rng.uniform(1.02, 1.4, len(now)), wanted)
    given = np.where(total > 0, wanted / np.maximum(now, 1e-9), 1.0)[people.home]
    wage, other = _tens(wage * given), _tens(other * given)
    return wage, other + _made_up(world, wage + other, wanted * world.line_fen * size)


def _tapering(world: World) -> Flags:
    """Households on dibao in which a holder took up work some three to four years ago and now earns enough."""
    people = world.people
    since = world.person["work_since"]
    months = (world.now.astype("M8[M]") - since.values.astype("M8[M]")).astype("i8")
    third_year = since.of & (months > 37) & (months < 47)
    return np.asarray(world.household["dibao"].values & people.any_in_home(third_year))


def _made_up(world: World, income: Ints, wanted: np.ndarray) -> Ints:
    """What a household without any income lives on, given to its oldest member."""
    people = world.people
    lacking = np.where(people.per_home(np.where(world.here, income, 0)) == 0, wanted, 0)
    rows = np.flatnonzero(world.here)
    eldest = rows[np.unique(people.home[rows], return_index=True)[1]]  # members are sorted by age
    extra = np.zeros(len(people), "i8")
    extra[eldest] = _tens(lacking[people.home[eldest]])
    return extra
