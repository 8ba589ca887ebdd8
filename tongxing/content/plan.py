"""`plan(folder)`: the five-year plan of a pack, whole and held against everything that it links to.

A pack without plan/clauses/ has an empty plan. Shape of the files: docs/plan.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from tongxing.content import clauses as read
from tongxing.content.asking import as_policies
from tongxing.content.blocks import Block, Items, read_block, read_items
from tongxing.content.clauses import About, Clause, Finding, PlanUnit, Section
from tongxing.content.fields import Mistakes
from tongxing.content.indicators import (
    Indicator,
    Series,
    check_indicator,
    read_indicator,
    read_series,
)
from tongxing.content.instance import pack as instance
from tongxing.content.pack import Pack, Policy
from tongxing.content.rooms import check_known
from tongxing.content.services import read_services
from tongxing.lib.place import PackError, PackErrors

T = TypeVar("T", Block, Items)


@dataclass(frozen=True)
class Plan:
    """Everything by id; `clauses` in the order of the files, `indicators` the headline ones first."""

    about: About = field(default_factory=About)
    clauses: Mapping[str, Clause] = field(default_factory=dict)
    units: Mapping[str, PlanUnit] = field(default_factory=dict)
    findings: Sequence[Finding] = ()
    sections: Mapping[str, Section] = field(default_factory=dict)
    series: Mapping[str, Series] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)

    @property
    def headline(self) -> dict[str, Indicator]:
        return {id_: indicator for id_, indicator in self.indicators.items() if indicator.is_headline}


@lru_cache(maxsize=4)
def plan(folder: Path) -> Plan:
    """The plan of the pack in `folder`, read once. Raises PackErrors."""
    return read_plan(instance(folder))


@lru_cache(maxsize=4)
def counting_pack(folder: Path) -> Pack:
    """The pack with the questions of its indicators among its policies: what the compiler is given to count."""
    return with_indicators(instance(folder), plan(folder))


def with_indicators(pack: Pack, plan: Plan) -> Pack:
    asked: dict[str, Policy] = {}
    for indicator in plan.indicators.values():
        asked |= as_policies(indicator)
    return replace(pack, policies={**pack.policies, **asked})


def read_plan(pack: Pack) -> Plan:
    """Reads plan/ and checks every link but those to pages, projects and documents, which content does not know.

    Raises PackErrors with all mistakes.
    """
    files = _Files(pack)
    mistakes = files.mistakes
    about = read.read_about(files.block("about.yaml"), mistakes)
    found = Plan(
        about=about,
        clauses=read.read_clauses(files.inside("clauses", about.order), mistakes),
        units=read.read_units(files.block("units.yaml"), pack.departments, mistakes),
        findings=read.read_findings(files.items("findings.yaml"), mistakes),
        sections=read.read_sections(files.block("sections.yaml"), mistakes),
        series=read_series(files.block("series.yaml"), mistakes),
        indicators={stem: read_indicator(block, stem, mistakes) for stem, block in files.inside("indicators").items()},
    )
    _check(pack, found, mistakes)
    if mistakes:
        raise PackErrors(mistakes)
    return found


class _Files:
    def __init__(self, pack: Pack) -> None:
        self.folder, self.name, self.mistakes = pack.folder / "plan", f"{pack.folder.name}/plan", Mistakes()

    def _read(self, path: str, how: Callable[[Path, str], T], empty: T) -> T:
        if not (self.folder / path).is_file():
            return empty
        try:
            return how(self.folder / path, f"{self.name}/{path}")
        except PackError as wrong:
            self.mistakes.append(wrong)
            return empty

    def block(self, path: str) -> Block:
        return self._read(path, read_block, Block())

    def items(self, path: str) -> Items:
        return self._read(path, read_items, Items())

    def inside(self, folder: str, first: Sequence[str] = ()) -> dict[str, Block]:
        """{name without suffix: mapping} of each YAML file of a folder of plan/; those of `first` come in its order."""
        places = {name: place for place, name in enumerate(first)}
        paths = sorted(
            (self.folder / folder).glob("*.yaml"), key=lambda path: (places.get(path.stem, len(first)), path.stem)
        )
        return {path.stem: self.block(f"{folder}/{path.name}") for path in paths}


def _check(pack: Pack, found: Plan, mistakes: Mistakes) -> None:
    known: Mapping[str, Iterable[str]] = {
        "policy": pack.policies,
        "service": _services(pack),
        "feed": pack.feeds,
        "indicator": found.indicators,
        "fact": [*pack.facts, *pack.derived],
        "param": pack.params,
        "clause": found.clauses,
        "purpose": pack.purposes,
        "role": pack.roles,
    }
    for clause in found.clauses.values():
        read.check_clause(clause, found.clauses, found.units, mistakes)
        read.check_links(clause, known, mistakes)
    for indicator in found.indicators.values():
        check_indicator(indicator, pack, found.series, mistakes)
        check_known(indicator.clause, found.clauses, "条目", mistakes)
        if found.units:
            check_known(indicator.owner, found.units, "单位", mistakes)
    for policy in pack.policies.values() if found.clauses else ():
        for clause_id in policy.plan:
            check_known(clause_id, found.clauses, "规划条目", mistakes)


def _services(pack: Pack) -> Iterable[str]:
    """Mistakes of services are told where services are checked."""
    try:
        return read_services(pack)
    except PackErrors:
        return [path.stem for path in (pack.folder / "services").glob("*.yaml")]
