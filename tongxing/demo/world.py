"""The city as it truly is: arrays over persons and households, and each fact before anything is unknown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from tongxing.demo.homes import People
from tongxing.demo.places import Villages
from tongxing.demo.streams import Days, Flags, Ints, stream

Values = npt.NDArray[Any]
NEVER = np.datetime64("NaT", "D")


@dataclass
class Told:
    """The true values of one fact, and of whom it is written down at all (for lists: of whom it could be)."""

    values: Values
    of: Flags


@dataclass
class Certificates:
    """The newest certificate of each person; rows without one have category -1. `reissue` counts from 0."""

    issued: Days
    until: Days
    reissue: Ints
    cancelled: Flags
    parts: npt.NDArray[np.bool_]  # persons × six single categories


@dataclass
class World:
    """`village` and the household facts are per household, everything else per person."""

    today: date
    seed: int
    people: People
    villages: Villages
    village: Ints
    rural: Flags
    local: Flags  # of this city's register
    birth: Days
    death: Days
    moved: Days
    certificates: Certificates
    line_fen: int  # the dibao line of today
    persona: dict[str, int] = field(default_factory=dict)  # row of each invented person with a name
    person: dict[str, Told] = field(default_factory=dict)
    household: dict[str, Told] = field(default_factory=dict)
    begun: dict[str, Days] = field(default_factory=dict)  # see records.begins

    def rng(self, topic: str) -> np.random.Generator:
        return stream(self.seed, topic)

    @property
    def now(self) -> np.datetime64:
        return np.datetime64(self.today, "D")

    @property
    def everyone(self) -> Flags:
        return np.ones(len(self.people), bool)

    @property
    def every_home(self) -> Flags:
        return np.ones(self.people.homes, bool)

    @property
    def here(self) -> Flags:
        """Alive and not moved away."""
        return np.isnat(self.death) & np.isnat(self.moved)

    @property
    def holder(self) -> Flags:
        return self.people.holder

    def is_category(self, *names: str) -> Flags:
        """Whether one of these single categories is on the certificate (multiple disability included)."""
        order = ("visual", "hearing", "speech", "limb", "intellectual", "mental")
        return np.asarray(self.certificates.parts[:, [order.index(name) for name in names]].any(axis=1))

    @property
    def unable(self) -> Flags:
        """Counted as unable to work by category and grade alone, as 特困 does."""
        grade, mind = self.people.grade, self.is_category("intellectual", "mental")
        limb, sight = self.is_category("limb") & (grade <= 2), self.is_category("visual") & (grade == 1)
        return np.asarray(self.holder & ((mind & (grade <= 3)) | limb | sight))

    @property
    def severe(self) -> Flags:
        return self.people.grade <= 2

    def tell(self, name: str, values: Values, of: Flags | None = None) -> None:
        self.person[name] = Told(values, self.everyone if of is None else of)

    def tell_home(self, name: str, values: Values, of: Flags | None = None) -> None:
        self.household[name] = Told(values, self.every_home if of is None else of)

    def home_flag(self, name: str) -> Flags:
        """A household's yes or no, for each person."""
        return np.asarray(self.household[name].values, bool)[self.people.home]
