"""Care, rehabilitation, devices, health, housing and insurance: what a resident's situation brings with it."""

from __future__ import annotations

import numpy as np

from tongxing.demo.streams import Flags, chance, days_ago, pick_word, some
from tongxing.demo.world import NEVER, World

UNABLE_PARENTS = ("severe_disabled", "seriously_ill", "imprisoned", "missing", "dead", "detained", "custody_removed")
UNABLE_SHARES = (30, 12, 8, 12, 26, 6, 6)


def care(world: World) -> None:
    """Tells self_care, needs_care, elder_assessed, in_institution, day_care, home_care."""
    rng, people = world.rng("care"), world.people
    severe = world.severe & world.holder
    heavy = severe & ((people.grade == 1) | world.is_category("limb", "intellectual", "mental"))
    full = some(rng, heavy, np.where(people.grade == 1, 0.55, 0.14))
    partly = some(rng, world.holder & ~full, np.where(severe, 0.62, 0.16))
    words = np.select([full, partly], ["none", "partial"], "full")
    asked = world.holder | (people.age >= 80)
    world.tell("self_care", words, asked)
    needs = full | some(rng, partly & severe, 0.85) | some(rng, partly & (people.category >= 4), 0.5)
    world.tell("needs_care", needs, severe | (people.category >= 4))
    world.tell("elder_assessed", some(rng, (people.age >= 60) & (full | some(rng, partly, 0.2)), 0.6))
    adult = world.holder & (people.age >= 16)
    lonely = people.per_home(world.here)[people.home] <= 1
    weight = np.where(needs, 0.05, 0.006) * np.where(lonely, 1.6, 0.8) * np.where(people.category >= 4, 2.2, 0.8)
    inside = some(rng, adult, np.minimum(weight, 0.9))
    world.tell("in_institution", inside)
    world.tell("day_care", some(rng, adult & ~inside & (people.category >= 4), 0.025))
    poor = (world.household["dibao"].values | world.household["dibao_edge"].values)[people.home] | world.person[
        "tekun"
    ].values
    first_in_line = severe & poor & (words != "full") & ~inside & ~world.person["day_care"].values
    world.tell("home_care", some(rng, first_in_line, 0.44) | some(rng, adult & ~inside & needs, 0.012))


def rehabilitation(world: World) -> None:
    """Tells rehab_need, device_need, served_device, lower_limb, autism, smi_registered, screened_positive."""
    rng, people = world.rng("rehabilitation"), world.people
    child = world.holder & (people.age <= 17)
    world.tell("rehab_need", some(rng, world.holder, np.where(people.age < 8, 0.93, 0.455)), world.holder)
    able = world.is_category("limb", "visual", "hearing", "speech")
    device = some(rng, world.holder & able, np.where(world.severe, 0.28, 0.14))
    world.tell("device_need", device, world.holder)
    fitted = some(rng, device, 0.78) | some(rng, world.holder & able & ~device, 0.1)
    world.tell("served_device", np.where(fitted, days_ago(rng, world.today, 15, 1100, len(people)), NEVER))
    world.tell("lower_limb", some(rng, world.is_category("limb"), 0.68), world.is_category("limb"))
    mind = world.is_category("mental", "intellectual") & child
    world.tell("autism", some(rng, mind, np.where(world.is_category("mental"), 0.86, 0.14)), child)
    world.tell("smi_registered", some(rng, world.holder & world.is_category("mental") & (people.age >= 16), 0.86))
    toddler = people.age <= 10
    world.tell("screened_positive", some(rng, world.holder & toddler, 0.9) | some(rng, toddler, 0.006))
    world.tell("motor_wheelchair", some(rng, world.is_category("limb") & (people.age >= 18) & (people.age < 70), 0.022))


def health(world: World) -> None:
    """Tells medical_cost (fen a year), heavy_medical, emergency_date."""
    rng, people = world.rng("health"), world.people
    weight = 1 + 0.8 * world.severe + 0.6 * world.is_category("mental") + (people.age >= 60)
    cost = np.round(rng.lognormal(11.3, 1.0, len(people)) * weight / 100) * 100
    world.tell("medical_cost", cost.astype("i8"), world.holder)
    world.tell("heavy_medical", cost > 1_500_000)
    sudden = chance(rng, 0.004, len(people))
    world.tell("emergency_date", np.where(sudden, days_ago(rng, world.today, 2, 400, len(people)), NEVER))


def housing(world: World) -> None:
    """Tells housing, house_safe, home_mod_need, served_home_adaptation, assets_ok of each household."""
    rng, people = world.rng("housing"), world.people
    poor = world.household["dibao"].values | world.household["dibao_edge"].values
    poor = poor | people.any_in_home(world.person["tekun"].values)
    rural = people.any_in_home(world.rural)
    own = {"own": 88, "rent": 9, "public": 2, "none": 1}
    town = {"own": 58, "rent": 29, "public": 11, "none": 2}
    kind = np.where(rural, pick_word(rng, own, people.homes), pick_word(rng, town, people.homes))
    looked_at = poor | some(rng, world.every_home, 0.3)  # a household is visited for its need, others now and then
    world.tell_home("housing", kind, looked_at)
    safe = ~some(rng, world.every_home, np.where(poor & rural, 0.018, 0.005))
    world.tell_home("house_safe", safe, looked_at)
    severe = people.any_in_home(world.severe & world.holder)
    need = some(rng, world.every_home, np.where(severe & poor, 0.36, np.where(severe, 0.2, 0.06)))
    world.tell_home("home_mod_need", need, severe | looked_at)
    done = some(rng, severe & poor, 0.14)
    world.tell_home("served_home_adaptation", np.where(done, days_ago(rng, world.today, 30, 2000, people.homes), NEVER))
    world.tell_home("assets_ok", poor | ~some(rng, world.every_home, 0.55), looked_at | _under(world, 1.6))


def _under(world: World, lines: float) -> Flags:
    """Households whose income per head is less than so many dibao lines: civil affairs has looked at them."""
    people = world.people
    income = people.per_home(np.where(world.here, world.person["income"].values, 0))
    return np.asarray(income < lines * world.line_fen * people.per_home(world.here))


def insurance(world: World) -> None:
    """Tells employee_* and resident_* insurance, flexible_insured, injury_care, military_grade."""
    rng, people = world.rng("insurance"), world.people
    job, age = world.person["employment"].values, people.age
    retired = (age >= 60) & ~world.rural
    worker = some(rng, np.isin(job, ("unit", "public_post")), 0.88) | some(rng, retired, 0.42)
    world.tell("employee_medical", worker)
    world.tell("resident_medical", some(rng, ~worker, 0.96))
    flexible = some(rng, (job == "flexible") & (age < 60), 0.2)
    world.tell("flexible_insured", flexible)
    world.tell("employee_pension", worker | flexible)
    student = world.person["enrolled"].values
    world.tell("resident_pension", some(rng, ~worker & ~flexible & (age >= 16) & ~student, 0.88))
    limb = world.is_category("limb") & (age >= 25) & people.male
    world.tell("injury_care", some(rng, limb & world.severe, 0.012))
    soldier = some(rng, limb & (age >= 40), 0.011) | some(rng, people.male & (age >= 40) & ~world.holder, 0.0015)
    world.tell("military_grade", np.where(soldier, 1 + np.minimum(rng.geometric(0.22, len(age)), 10) % 10, 0))


def family(world: World) -> None:
    """Tells father_state, mother_state of everybody under 18, supporter_able, training_done_date."""
    rng, people = world.rng("family"), world.people
    child = people.age < 18
    single = ~people.any_in_home(people.who == "F")[people.home] & (people.who != "C") & (people.who != "K")
    apart = ~people.any_in_home(people.who == "M")[people.home] & (people.who != "C") & (people.who != "K")
    for name, absent in (("father_state", single), ("mother_state", apart)):
        unable = some(rng, child, np.where(absent, 0.34, 0.012))
        words = np.array(UNABLE_PARENTS)[np.minimum(rng.choice(7, len(people), p=np.array(UNABLE_SHARES) / 100), 6)]
        world.tell(name, np.where(unable, words, "able"), child)
    alone = people.per_home(world.everyone)[people.home] == 1
    listed = world.person["tekun"].values
    unsupported = listed | some(rng, alone, 0.05)
    unable = (people.age >= 60) | child | world.unable
    little = world.person["income"].values < world.line_fen
    world.tell("supporter_able", ~unsupported, listed | (unable & little))
    trained = some(rng, world.holder & _working_age(world), 0.09)
    world.tell("training_done_date", np.where(trained, days_ago(rng, world.today, 10, 900, len(people)), NEVER))


def _working_age(world: World) -> Flags:
    return (world.people.age >= 16) & (world.people.age < 60)
