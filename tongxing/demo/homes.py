"""Households around the holders: who lives with whom, how old they are, who in them holds a certificate too."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from tongxing.demo.holders import AGE_SHARE, AGES, Holders, age_group, categories_for, draw, grades_for
from tongxing.demo.streams import Flags, Ints, Words, between, chance, exactly, pick, some, stream
from tongxing.demo.templates import LIFE_STAGES, RELATIONS

OLDEST = 104
PER_HOME = 1.087  # holders per household that has one


@dataclass
class People:
    """Parallel arrays over persons, sorted by household. `home` indexes households from 0; `category` -1 is none."""

    home: Ints
    who: Words
    relation: Words
    age: Ints
    male: Flags
    category: Ints
    grade: Ints

    def __len__(self) -> int:
        return len(self.home)

    @property
    def holder(self) -> Flags:
        return self.category >= 0

    @property
    def homes(self) -> int:
        return int(self.home[-1]) + 1

    def per_home(self, values: Ints | Flags) -> Ints:
        """Sum over the members of each household."""
        return np.bincount(self.home, weights=values.astype("f8"), minlength=self.homes).astype("i8")

    def any_in_home(self, flags: Flags) -> Flags:
        return self.per_home(flags) > 0


@dataclass(frozen=True)
class Gaps:
    """Ages between generations, one a household, so that no child is older than its mother."""

    child: Ints
    parent: Ints
    grand: Ints


def build(holders: int, seed: int) -> People:
    """Households with `holders` certificate holders in all."""
    people = _expand(draw(max(1, round(holders / PER_HOME)), seed), seed)
    return _second_holders(people, holders, seed)


def _expand(first: Holders, seed: int) -> People:
    rng = stream(seed, "households")
    count = len(first.age)
    gaps = Gaps(between(rng, 22, 33, count), between(rng, 22, 36, count), between(rng, 21, 32, count))
    parts = []
    for (low, high), shapes in LIFE_STAGES.items():
        at = np.flatnonzero((first.age >= low) & (first.age <= high))
        shape = pick(rng, list(shapes.values()), len(at))
        for number, text in enumerate(shapes):
            chosen = at[shape == number]
            parts += [_members(first, chosen, gaps, rng, spec) for spec in text.split()]
    columns = [np.concatenate([getattr(part, column.name) for part in parts]) for column in fields(People)]
    order = np.lexsort((-columns[3], columns[0]))
    return People(*(column[order] for column in columns))


def _members(first: Holders, homes: Ints, gaps: Gaps, rng: np.random.Generator, spec: str) -> People:
    """One kind of member in each of the given households."""
    who, size = spec[0], len(homes)
    male, age = _sex(who, first.male[homes], rng), _age(who, first.age[homes], gaps, homes, rng)
    is_first = who == "A"
    return People(
        home=homes,
        who=np.full(size, who),
        relation=np.full(size, RELATIONS[spec[1]], "U10"),
        age=np.clip(age, 0, OLDEST),
        male=male,
        category=first.category[homes] if is_first else np.full(size, -1),
        grade=first.grade[homes] if is_first else np.full(size, 9),
    )


def _sex(who: str, first: Flags, rng: np.random.Generator) -> Flags:
    if who == "A":
        return first
    if who == "S":
        return ~first
    return chance(rng, {"F": 1.0, "G": 1.0, "M": 0.0, "H": 0.0, "I": 0.35}.get(who, 0.53), len(first))


def _age(who: str, first: Ints, gaps: Gaps, homes: Ints, rng: np.random.Generator) -> Ints:
    child, parent, grand = gaps.child[homes], gaps.parent[homes], gaps.grand[homes]
    jitter = rng.integers(-3, 4, len(homes))
    ages = {
        "A": first,
        "S": np.maximum(first + jitter, 20),
        "F": first + parent,
        "M": np.maximum(first + parent - jitter - 2, first + 18),
        "G": first + parent + grand,
        "H": first + parent + grand - jitter - 1,
        "B": np.where(first < 18, np.abs(first + 2 * jitter + (jitter == 0)), first + 2 * jitter + (jitter == 0)),
        "C": first - child - np.abs(jitter),
        "I": np.maximum(first - child + jitter, 20),
        "K": first - child - grand - np.abs(jitter),
    }
    return np.asarray(ages[who])


def _second_holders(people: People, holders: int, seed: int) -> People:
    """The rest of the holders are other members: the old rather, spouses rather, and never many young."""
    rng = stream(seed, "second holders")
    missing = holders - int(people.holder.sum())
    density = np.array(AGE_SHARE) / np.array([high - low + 1 for low, high in AGES])
    weight = np.where(people.holder, 0.0, density[age_group(people.age)]) * np.where(people.who == "S", 2.0, 1.0)
    chosen = exactly(rng, weight, missing)
    category = categories_for(people.age[chosen], seed, "second")
    first = np.full(people.homes, -1)
    first[people.home[people.holder]] = people.category[people.holder]
    alike = some(rng, np.isin(first[people.home[chosen]], (0, 1, 2, 4)), 0.35)  # the blind and the deaf marry alike
    people.category[chosen] = np.where(alike, first[people.home[chosen]], category)
    people.grade[chosen] = grades_for(people.category[chosen], seed, "second")
    return people
