"""Who was born, died and moved when, and the certificates that go with it."""

from __future__ import annotations

import numpy as np

from tongxing.demo.homes import People
from tongxing.demo.streams import Days, Flags, Ints, between, chance, exactly, pick, some, stream
from tongxing.demo.world import NEVER, Certificates

DEAD, MOVED, EXPIRED = 0.012, 0.011, 0.016
LATELY = 40  # days within which a death has not yet reached the certificate
VALID_YEARS = 10
WINDOW = 730


def births(age: Ints, today: np.datetime64, seed: int) -> Days:
    """A day on which the person has that age today."""
    year = today.astype("M8[Y]").astype("i8") + 1970
    days = stream(seed, "birthdays").integers(0, 365, len(age))
    month_day = (today - today.astype("M8[Y]")).astype("i8")
    born = year - age - (days > month_day)
    return np.asarray((born - 1970).astype("M8[Y]").astype("M8[D]") + days.astype("m8[D]"))


def deaths(people: People, dead: int, spared: Flags, today: np.datetime64, seed: int) -> Days:
    """`dead` certificate holders and a few of the others, within two years; the `spared` live."""
    rng = stream(seed, "deaths")
    died = np.full(len(people), NEVER)
    risk = np.exp(people.age / 14.0)
    for group, count in ((people.holder, dead), (~people.holder, dead // 4)):
        rows = exactly(rng, np.where(group & ~spared, risk, 0.0), count)
        lately = round(0.08 * len(rows))
        days = np.r_[between(rng, 3, LATELY - 5, lately), between(rng, LATELY + 5, WINDOW, len(rows) - lately)]
        died[rows] = today - days.astype("m8[D]")
    return died


def moves(people: People, spared: Flags, death: Days, today: np.datetime64, seed: int) -> Days:
    """Away from the city within two years, with no word of a return; mostly those of working age."""
    rng = stream(seed, "moves")
    weight = np.where((people.age >= 18) & (people.age < 60), 2.0, 0.5)
    weight[spared | ~np.isnat(death)] = 0
    moved = np.full(len(people), NEVER)
    rows = exactly(rng, weight, round(MOVED * len(people)))
    moved[rows] = today - between(rng, 10, WINDOW, len(rows)).astype("m8[D]")
    return moved


def certificates(people: People, birth: Days, death: Days, today: np.datetime64, seed: int) -> Certificates:
    """Issued within ten years (new ones often lately), a few run out, cancelled some weeks after a death."""
    rng, size = stream(seed, "certificates"), len(people)
    lately = chance(rng, 0.17, size)
    age_days = np.where(lately, between(rng, 12, WINDOW, size), between(rng, WINDOW, 3600, size))
    expired = some(rng, people.holder & np.isnat(death), EXPIRED)
    age_days = np.where(expired, between(rng, 3670, 4100, size), age_days)
    life = (today - birth).astype("i8")
    issued = today - np.minimum(age_days, np.maximum(life - 200, 0)).astype("m8[D]")
    until = _years_later(issued, VALID_YEARS)
    cancelled = people.holder & (death < today - np.timedelta64(LATELY, "D"))
    return Certificates(issued, until, np.zeros(size, "i8"), cancelled, parts(people, seed))


def _years_later(days: Days, years: int) -> Days:
    """The same day some years on; 29 February may become 1 March."""
    month = days.astype("M8[M]")
    return np.asarray((month + 12 * years).astype("M8[D]") + (days - month.astype("M8[D]")))


def parts(people: People, seed: int) -> np.ndarray:
    """The single categories on each certificate: one, or two or three of a multiple disability."""
    rng, size = stream(seed, "parts"), len(people)
    table = people.category[:, None] == np.arange(6)
    young = (2, 4, 5)
    pairs = {True: ((4, 2), (4, 3), (4, 5), (2, 1), (3, 2)), False: ((3, 0), (0, 1), (3, 2), (3, 5), (1, 2))}
    multiple = people.category == 6
    for is_young in (True, False):
        rows = np.flatnonzero(multiple & ((people.age < 30) == is_young))
        chosen = np.array(pairs[is_young])[pick(rng, (4, 3, 2, 1, 1), len(rows))]
        table[rows[:, None], chosen] = True
    third = np.flatnonzero(some(rng, multiple, 0.18))
    table[third, np.array(young)[between(rng, 0, 2, len(third))]] = True
    return table if size else np.zeros((0, 6), bool)
