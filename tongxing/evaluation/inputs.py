"""Everything that a report is written from, as plain values: no database, no clock. Filled by queries.gather."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tongxing.content.clauses import Finding
from tongxing.content.indicators import Indicator
from tongxing.programme.figures import ProjectFigures
from tongxing.reports.document import Piece

Row = Mapping[str, Any]
Rows = Sequence[Row]


@dataclass(frozen=True)
class Figures:
    """Rows as the open files of a release have them (releases.datasets): the public report takes those themselves, the
    internal one the same shape with nothing hidden."""

    indicators: Mapping[str, Row]
    areas: Mapping[str, Rows]
    groups: Mapping[str, Rows]
    trend: Mapping[str, Rows]


@dataclass(frozen=True)
class Basis:
    """`release` is the number of the release whose figures the public report shows, '' for the internal one."""

    kind: str
    title: str
    issuer: str
    plan_name: str
    plan_status: str
    from_date: date
    until_date: date
    as_of: date
    cells: str
    rules: str
    persons: int
    holders: int
    release: str
    is_synthetic: bool

    @property
    def is_public(self) -> bool:
        return bool(self.release)


@dataclass(frozen=True)
class TaskLine:
    clause: str
    title: str
    system: str
    unit: str
    due_date: date
    state: str
    days_late: int
    why: str


@dataclass(frozen=True)
class ProjectLine:
    """`satisfied_said` already hides what small numbers would tell."""

    name: str
    figures: ProjectFigures
    late_milestones: int
    satisfied_said: str


@dataclass(frozen=True)
class DocumentLine:
    kind: str
    name: str
    unit: str
    state: str
    number: str
    due_date: date | None
    is_late: bool
    own: Sequence[str]


@dataclass(frozen=True)
class GapLine:
    """The lengths of the four lists of one county; None is hidden."""

    place: str
    missing: int | None
    wrong: int | None
    unknown: int | None
    declined: int | None


@dataclass(frozen=True)
class PolicyGap:
    name: str
    entitled: int
    missing: int


@dataclass(frozen=True)
class ClauseLine:
    id: str
    title: str
    system: str
    linked: Sequence[str]
    others: int
    records: int
    gap: str


@dataclass(frozen=True)
class Inputs:
    basis: Basis
    known: Mapping[str, Indicator]
    definitions: Mapping[str, Mapping[str, Any] | None]
    figures: Figures
    systems: Mapping[str, str]
    tasks: Sequence[TaskLine]
    projects: Sequence[ProjectLine]
    documents: Sequence[DocumentLine]
    gaps: Sequence[GapLine]
    policies: Sequence[PolicyGap]
    clauses: Sequence[ClauseLine]
    findings: Sequence[Finding]
    prose: Mapping[str, Sequence[Piece]] = field(default_factory=dict)
