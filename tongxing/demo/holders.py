"""Certificate holders drawn jointly: category with age, grade with category.

Margins are rounded national shares; the leanings (智力 young, 听力 old, 精神 at grade 2 …) are kept by proportional
fitting, so that both the totals and the combinations look like a city's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tongxing.demo.streams import Flags, Ints, balanced, between, chance, pick, pick_row, stream

CATEGORIES = ("visual", "hearing", "speech", "limb", "intellectual", "mental", "multiple")
CATEGORY_SHARE = (11, 8, 2, 53, 10, 11, 5)
AGES = ((0, 6), (7, 15), (16, 17), (18, 59), (60, 79), (80, 99))
AGE_SHARE = (1.2, 3.3, 0.8, 48, 36, 10.7)
GRADE_SHARE = (14, 32, 27, 27)
LIKELY_AGE = (
    (0.3, 0.4, 0.5, 0.6, 1.4, 2.2),
    (0.6, 0.5, 0.5, 0.5, 1.5, 3.0),
    (1.5, 1.5, 1.0, 1.0, 0.8, 0.5),
    (0.5, 0.5, 0.6, 0.9, 1.25, 1.0),
    (4.0, 5.0, 4.0, 1.4, 0.3, 0.1),
    (1.2, 0.8, 1.0, 1.5, 0.6, 0.2),
    (2.5, 2.2, 1.8, 1.0, 0.8, 1.0),
)
LIKELY_GRADE = (
    (2.2, 0.9, 0.7, 1.3),
    (1.3, 0.9, 0.8, 1.0),
    (1.0, 0.8, 1.0, 1.0),
    (0.6, 0.8, 1.2, 1.2),
    (0.7, 1.7, 1.0, 0.8),
    (0.7, 2.0, 1.0, 0.6),
    (3.0, 2.0, 0.4, 0.1),
)
CATEGORY_BY_AGE = balanced(LIKELY_AGE, CATEGORY_SHARE, AGE_SHARE).T
GRADE_BY_CATEGORY = balanced(LIKELY_GRADE, CATEGORY_SHARE, GRADE_SHARE)
MEN = 0.585


@dataclass(frozen=True)
class Holders:
    """Parallel arrays; `category` indexes CATEGORIES."""

    age: Ints
    male: Flags
    category: Ints
    grade: Ints


def age_group(age: Ints) -> Ints:
    """The index into AGES."""
    return np.searchsorted(np.array([low for low, _ in AGES]), age, side="right") - 1


def categories_for(age: Ints, seed: int, topic: str) -> Ints:
    return pick_row(stream(seed, f"{topic} category"), CATEGORY_BY_AGE, age_group(age))


def grades_for(category: Ints, seed: int, topic: str) -> Ints:
    return pick_row(stream(seed, f"{topic} grade"), GRADE_BY_CATEGORY, category) + 1


def draw_ages(count: int, seed: int) -> Ints:
    """Within 18–59 more of the old than of the young, from 60 fewer with every year."""
    rng = stream(seed, "ages")
    group = pick(rng, AGE_SHARE, count)
    low, high = np.array(AGES).T
    age = between(rng, low[group], high[group], count)
    at = rng.random(count)
    age = np.where(group == 3, 18 + (42 * at**0.72).astype("i8"), age)
    age = np.where(group == 4, 60 + (20 * at**1.25).astype("i8"), age)
    return np.where(group == 5, 80 + np.minimum((20 * at**2.4).astype("i8"), 19), age)


def draw(count: int, seed: int) -> Holders:
    """`count` holders, each the first of a household."""
    age = draw_ages(count, seed)
    category = categories_for(age, seed, "first")
    men = np.select([age < 60, age < 80], [MEN + 0.03, MEN], MEN - 0.12)
    return Holders(age, chance(stream(seed, "sex"), men, count), category, grades_for(category, seed, "first"))
