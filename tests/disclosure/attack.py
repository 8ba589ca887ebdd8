"""The attacker: solves in whole numbers for what two releases hide, knowing every total and which rows changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import lil_array

from tongxing.lib.disclosure import Hide, Release, Row

Variable = tuple[str, str, str]  # release, row, counted or rest
Cell = tuple[str, str, str]  # release, row, whole or counted or rest
PARTS = ("counted", "rest")


@dataclass
class System:
    """Equations over the counts of people: the sum of some variables is a known number, or that of others."""

    index: dict[Variable, int] = field(default_factory=dict)
    equations: list[tuple[dict[int, int], int]] = field(default_factory=list)

    def at(self, variable: Variable) -> int:
        return self.index.setdefault(variable, len(self.index))

    def say(self, terms: Mapping[Variable, int], total: int) -> None:
        self.equations.append(({self.at(variable): times for variable, times in terms.items()}, total))

    def held(self) -> LinearConstraint:
        matrix = lil_array((len(self.equations), len(self.index)))
        for line, (terms, _) in enumerate(self.equations):
            for column, times in terms.items():
                matrix[line, column] += times
        totals = np.array([total for _, total in self.equations], float)
        return LinearConstraint(matrix.tocsc(), totals, totals)

    def possible(self, wanted: Sequence[Variable], held: LinearConstraint) -> tuple[int, int]:
        """The least and the most that these can be together."""
        aim = np.zeros(len(self.index))
        aim[[self.at(variable) for variable in wanted]] = 1
        whole = np.ones(len(aim))
        ends = [milp(sign * aim, constraints=held, integrality=whole, bounds=Bounds(0, 10**6)) for sign in (1, -1)]
        assert all(end.success for end in ends), "the truth itself must be possible"
        return round(ends[0].fun), round(-ends[1].fun)


def system(releases: Sequence[Release]) -> System:
    """What the readers of these releases know. Rows that did not change at all between two are known to be the same."""
    known = System()
    for number, release in enumerate(releases):
        _tell_sums(known, str(number), release)
        for row in release.rows.values():
            _tell_row(known, str(number), row, release.hidden[row.key])
    for number, (earlier, later) in enumerate(pairwise(releases)):
        same = [key for key, row in later.rows.items() if earlier.rows.get(key) == row]
        for key, part in product(same, PARTS):
            known.say({(str(number), key, part): 1, (str(number + 1), key, part): -1}, 0)
    return known


def _tell_sums(known: System, name: str, release: Release) -> None:
    families: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in release.rows.values():
        if row.parent is not None:
            families[row.parent, row.table].append(row.key)
    for ((parent, _), sisters), part in product(families.items(), PARTS):
        known.say({(name, parent, part): -1} | {(name, key, part): 1 for key in sisters}, 0)


def _tell_row(known: System, name: str, row: Row, hidden: Hide) -> None:
    counted, rest = (name, row.key, "counted"), (name, row.key, "rest")
    if row.counted is None:
        known.say({rest: 1}, 0)
        if hidden == Hide.NOTHING:
            known.say({counted: 1}, row.whole)
    elif hidden == Hide.NOTHING:
        known.say({counted: 1}, row.counted)
        known.say({rest: 1}, row.rest or 0)
    elif hidden == Hide.SPLIT:
        known.say({counted: 1, rest: 1}, row.whole)


def hidden_cells(releases: Sequence[Release]) -> Iterator[Cell]:
    for number, release in enumerate(releases):
        for key, row in release.rows.items():
            if release.hidden[key] == Hide.ALL and row.whole:
                yield str(number), key, "whole"
            if release.hidden[key] and row.counted is not None and row.whole:  # of a known whole one part tells both
                parts = PARTS if release.hidden[key] == Hide.ALL else PARTS[1:]
                yield from ((str(number), key, part) for part in parts)


def narrowed(releases: Sequence[Release], fewest: int = 5) -> dict[Cell, tuple[int, int]]:
    """Hidden cells that can only be one of fewer than `fewest` numbers."""
    known, found = system(releases), {}
    held = known.held()
    for release, key, part in hidden_cells(releases):
        wanted = [(release, key, each) for each in (PARTS if part == "whole" else (part,))]
        least, most = known.possible(wanted, held)
        if most - least + 1 < fewest:
            found[release, key, part] = (least, most)
    return found
