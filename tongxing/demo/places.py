"""Where people live: villages with a weight each, from the pack's divisions and its `demo.yaml`.

`demo.yaml` of a pack is optional and holds what belongs to one city: shares of counties, surnames, where the invented
people of the demo live, which list is late. The generator itself knows no place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

from tongxing.content.pack import Division
from tongxing.demo.streams import Floats, Ints, Words, pick, stream

COMMUNITY = ("居委会", "居民委员会", "社区")
RURAL_IN_VILLAGE, RURAL_IN_COMMUNITY = 0.93, 0.25


@dataclass(frozen=True)
class Setting:
    """The pack's `demo.yaml`."""

    county_share: dict[str, float] = field(default_factory=dict)
    surnames: str = "黄 陈 李 王 张"
    homes: dict[str, str] = field(default_factory=dict)
    late: dict[str, str] = field(default_factory=dict)
    coverage: dict[str, float] = field(default_factory=dict)
    paid_by_us: list[str] = field(default_factory=list)
    units: dict[str, dict[str, Any]] = field(default_factory=dict)
    providers: list[dict[str, Any]] = field(default_factory=list)
    statistics: dict[str, dict[int, float]] = field(default_factory=dict)
    waiting: tuple[str, int, float] | None = None


@dataclass(frozen=True)
class Villages:
    """Parallel arrays over the villages."""

    codes: Words
    names: Words
    paths: list[str]
    weight: Floats
    rural: Floats  # chance of a rural household register

    def index(self, code: str) -> int:
        """The village of that code, or the first one of the city."""
        found = np.flatnonzero(self.codes == code)
        return int(found[0]) if len(found) else 0


def read_setting(folder: Path) -> Setting:
    path = folder / "demo.yaml"
    given: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return Setting(**given)


def villages(divisions: Sequence[Division], setting: Setting, seed: int) -> Villages:
    """All villages; sizes are lognormal within a county whose share is given (else by its number of villages)."""
    lowest = [division for division in divisions if division.level == "village"]
    names = {division.code: division.name for division in divisions}
    codes = np.array([division.code for division in lowest])
    community = np.array([division.name.endswith(COMMUNITY) for division in lowest])
    size = stream(seed, "villages").lognormal(0.0, 0.45, len(lowest)) * np.where(community, 1.6, 1.0)
    counties = np.array([code[:6] for code in codes])
    for county in np.unique(counties):
        here = counties == county
        share = setting.county_share.get(str(county), 100 * here.mean())
        size[here] *= share / size[here].sum()
    return Villages(
        codes=codes,
        names=np.array([spoken(division.name) for division in lowest]),
        paths=["".join(spoken(names.get(code, "")) for code in _above(str(code))) for code in codes],
        weight=size,
        rural=np.where(community, RURAL_IN_COMMUNITY, RURAL_IN_VILLAGE),
    )


def spoken(name: str) -> str:
    for ending in ("居民委员会", "居委会", "村民委员会"):
        name = name.removesuffix(ending)
    return name.removesuffix("委会")


def _above(code: str) -> list[str]:
    return [code[:6] + "000000", code[:9] + "000", code]


def placed(where: Villages, seed: int, topic: str, size: int) -> Ints:
    return pick(stream(seed, topic), where.weight, size)
