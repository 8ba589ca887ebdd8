"""Small cells: what of a published table may be shown, so that nobody is found out by subtraction (P10).

    city 200 ─┬─ county A 120 ─┬─ town 1   95      a row is a group of people: `whole`, of it `counted`, the `rest`
              │                └─ town 2   25      every row without children adds up, with its sisters, to its parent;
              ├─ county B  80                      categories, grades, ages and sexes are further children of the city
              └─ …

Counts from 1 to 9 are hidden, and as many sisters as it takes. A row is shown whole, or without its split (`counted`
and `rest` hidden, `whole` shown), or not at all. Why hidden rows look alike and how wide each stays:

- Hidden sisters are at least two, and together hold at least NEED of `counted` and of `rest` (of `whole` where that is
  hidden): then each may be anything from none to nearly all of it.
- A hidden parent hides its children, so that nothing can be added up from below.
- Against the release before: a row in which nothing changed keeps its state, for one release would tell the other.
  If all rows hidden before are unchanged, their sum is known, and the newly hidden must be enough by themselves; and
  the other way round. A row once hidden comes back only when its counts are more than twice the limit.
- Where that cannot be had, nothing of this figure is released this time.

The proof is the attack in the tests: whole numbers, all totals of both releases, and knowledge of which rows changed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

SMALL = 9  # people: up to here a count is hidden
NEED = 10  # people that hidden sisters must hold together
RATE_FROM = 30  # people in the denominator of a rate that is shown


class Hide(IntEnum):
    """How much of a row is hidden."""

    NOTHING = 0
    SPLIT = 1
    ALL = 2


@dataclass(frozen=True)
class Row:
    """A group of people. `parent` is the key of the row it adds up to with its sisters; the root has none.

    Sisters of another `table` (sex, category …) add up to the same parent by themselves. `counted` is None for a
    figure that only counts.
    """

    key: str
    table: str
    parent: str | None
    whole: int
    counted: int | None = None

    @property
    def rest(self) -> int | None:
        return None if self.counted is None else self.whole - self.counted


@dataclass(frozen=True)
class Release:
    """The true rows of a release and what was hidden of each."""

    rows: Mapping[str, Row]
    hidden: Mapping[str, Hide]


@dataclass(frozen=True)
class Cell:
    """What may be shown of a row; None is hidden. `rate_allowed`: a rate may be computed from it."""

    whole: int | None
    counted: int | None
    rest: int | None
    rate_allowed: bool


class Withheld(Exception):
    """No safe way to show this figure beside what is out already."""


def small(count: int | None, limit: int = SMALL) -> bool:
    return count is not None and 1 <= count <= limit


def protect(rows: Iterable[Row], before: Release | None = None) -> Release:
    """What to hide. Deterministic. Raises Withheld; ValueError if sisters do not add up to their parent."""
    return _Protection({row.key: row for row in rows}, before).settled()


def shown(release: Release, key: str) -> Cell:
    """The cell as page, chart, file and report may show it."""
    row, hidden = release.rows[key], release.hidden[key]
    whole = None if hidden == Hide.ALL else row.whole
    if hidden:
        return Cell(whole, None, None, rate_allowed=False)
    return Cell(whole, row.counted, row.rest, row.counted is not None and row.whole >= RATE_FROM)


class _Protection:
    def __init__(self, rows: Mapping[str, Row], before: Release | None) -> None:
        self.rows, self.before = rows, before
        self.families = _families(rows.values())
        self.below: dict[str, list[str]] = defaultdict(list)
        for (parent, _), sisters in self.families.items():
            self.below[parent] += sisters
        self.unchanged = {key for key, row in rows.items() if before and before.rows.get(key) == row}
        self.hidden = {key: self._start(row) for key, row in rows.items()}
        self.layers = [Hide.ALL, Hide.SPLIT] if any(row.counted is not None for row in rows.values()) else [Hide.ALL]

    def settled(self) -> Release:
        root = next(key for key, row in self.rows.items() if row.parent is None)
        was = self.before.hidden[root] if self.before else self.hidden[root]
        if self.hidden[root] == Hide.ALL or self.hidden[root] > was:
            raise Withheld(root)
        while any([self._mend(family, layer) for layer in self.layers for family in self.families]):
            pass
        return Release(self.rows, dict(self.hidden))

    def _start(self, row: Row) -> Hide:
        """Its own smallness; what was hidden and is still small-ish stays; what did not change keeps its state."""
        was = self.before.hidden.get(row.key, Hide.NOTHING) if self.before else Hide.NOTHING
        if row.key in self.unchanged:
            return was
        limits = {layer: 2 * SMALL + 1 if was >= layer else SMALL for layer in (Hide.SPLIT, Hide.ALL)}
        least = {layer: 0 if was >= layer else 1 for layer in limits}
        if least[Hide.ALL] <= row.whole <= limits[Hide.ALL]:
            return Hide.ALL
        parts = [part for part in (row.counted, row.rest) if part is not None]
        split = any(least[Hide.SPLIT] <= part <= limits[Hide.SPLIT] for part in parts)
        return Hide.SPLIT if split else Hide.NOTHING

    def _mend(self, family: tuple[str, str], layer: Hide) -> bool:
        """Hides more in one family if it must; whether it did."""
        parent, sisters = family[0], self.families[family]
        free = [key for key in sisters if self._may_hide(key, layer)]
        if self.hidden[parent] >= layer:
            self.hidden.update(dict.fromkeys(free, layer))
            if not free and self._told_apart(parent, sisters, layer):
                raise Withheld(parent)
            return bool(free)
        if not self._lacks(parent, sisters, layer):
            return False
        chosen = min(free, key=lambda key: (self.rows[key].whole, key), default=parent)
        if chosen == parent and (parent in self.unchanged or self.rows[parent].parent is None):
            raise Withheld(parent)
        self.hidden[chosen] = layer
        return True

    def _may_hide(self, key: str, layer: Hide) -> bool:
        return self.hidden[key] < layer and self.rows[key].whole > 0 and key not in self.unchanged

    def _lacks(self, parent: str, sisters: Sequence[str], layer: Hide) -> bool:
        now = _Hidden(self.rows, self.hidden, self.below, layer)
        here = now.among(sisters)
        return (bool(here) and not now.enough(here)) or self._told_apart(parent, sisters, layer)

    def _told_apart(self, parent: str, sisters: Sequence[str], layer: Hide) -> bool:
        """Whether this release and the one before tell of each other what each hides by itself."""
        if self.before is None or (self.before.hidden.get(parent, Hide.ALL) >= layer) != (self.hidden[parent] >= layer):
            return False
        now = _Hidden(self.rows, self.hidden, self.below, layer)
        then = _Hidden(self.before.rows, self.before.hidden, self.below, layer)
        here, there = now.among(sisters), then.among(sisters)
        came, went = [key for key in here if key not in self.unchanged], [k for k in there if k not in self.unchanged]
        if not went and came and not now.enough(came):
            return True
        if not came and went and not then.enough(went):
            return True
        if self.hidden[parent] >= layer:
            return False
        return not all(now.wide(key, here, then.sums(there)) for key in here if key in self.unchanged)


def _families(rows: Iterable[Row]) -> dict[tuple[str, str], list[str]]:
    """Sisters by (parent, table), the deepest first, so that what a family asks of its parent is known in time."""
    rows = list(rows)
    known, found = {row.key: row for row in rows}, defaultdict(list)
    for row in rows:
        if row.parent is not None:
            found[row.parent, row.table].append(row.key)
    for (parent, table), sisters in found.items():
        if sum(known[key].whole for key in sisters) != known[parent].whole:
            raise ValueError(f"{table} under {parent}: the rows do not add up")
        if sum(known[key].counted or 0 for key in sisters) != (known[parent].counted or 0):
            raise ValueError(f"{table} under {parent}: the counted do not add up")

    def depth(key: str | None) -> int:
        return 0 if key is None else 1 + depth(known[key].parent)

    return dict(sorted(found.items(), key=lambda item: (-depth(item[0][0]), item[0])))


@dataclass(frozen=True)
class _Hidden:
    """The hidden rows of one release in one layer, and how much of each cannot be added up from its shown children."""

    rows: Mapping[str, Row]
    hidden: Mapping[str, Hide]
    below: Mapping[str, Sequence[str]]
    layer: Hide

    def among(self, sisters: Iterable[str]) -> list[str]:
        return [k for k in sisters if k in self.rows and self.hidden[k] >= self.layer]

    def mass(self, key: str) -> tuple[int, ...]:
        """(whole,), or (counted, rest) in the layer of splits; the most that any table of its children leaves open."""
        row = self.rows[key]
        open_below = [child for child in self.below.get(key, ()) if self.hidden[child] < self.layer]
        if self.layer == Hide.ALL:
            return (row.whole - sum(self.rows[child].whole for child in open_below),)
        known = [(self.rows[child].counted or 0, self.rows[child].rest or 0) for child in open_below]
        return (
            (row.counted or 0) - sum(counted for counted, _ in known),
            (row.rest or 0) - sum(rest for _, rest in known),
        )

    def sums(self, keys: Iterable[str]) -> tuple[int, ...]:
        masses = [self.mass(key) for key in keys]
        return tuple(sum(each) for each in zip(*masses, strict=True))

    def enough(self, keys: Sequence[str]) -> bool:
        together = self.sums(keys)
        return len(keys) >= 2 and min(together) >= NEED and all(self.wide(key, keys, together) for key in keys)

    def wide(self, key: str, keys: Sequence[str], other: tuple[int, ...]) -> bool:
        """Whether a row whose whole is known can still be split in NEED ways, given these sums and another release's.

        counted lies between max(0, whole - rests) and min(whole, counteds), each the smaller of both releases.
        """
        if self.layer == Hide.ALL or self.hidden[key] == Hide.ALL or not other:
            return True
        whole = sum(self.mass(key))
        counted, rest = (min(pair) for pair in zip(self.sums(keys), other, strict=True))
        return min(whole, counted) + min(whole, rest) - whole >= NEED - 1
