"""`programme(folder)`: what the plan builds, buys and issues, held against its clauses. Shape: docs/programme.md.

A pack without plan/ has an empty programme.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path

from tongxing.content.blocks import Block, Value, read_block
from tongxing.content.clauses import Clause, check_links
from tongxing.content.fields import Fields, Mistakes, check_name
from tongxing.content.instance import pack as instance
from tongxing.content.pack import Pack
from tongxing.content.plan import Plan
from tongxing.content.plan import plan as read_whole_plan
from tongxing.content.rooms import check_known, each
from tongxing.lib.place import PackError, PackErrors, Text

PROJECT_KINDS = ("build", "buy", "serve", "support", "event")
DOCUMENT_KINDS = ("county_plan", "department_plan", "regulation", "scheme", "report")
SOURCES = ("levy", "lottery", "budget", "donation")
FILES = ("register", "projects", "documents")
CLIMB_AFTER = 10  # working days


@dataclass(frozen=True)
class MilestonePlan:
    """`from_plan` False: the day is illustrative."""

    id: Text
    name: str
    due_date: date
    from_plan: bool = False


@dataclass(frozen=True)
class Counted:
    """What a project's results are counted in; `target` None where the plan gives no number."""

    unit: str
    target: int | None = None


@dataclass(frozen=True)
class ProjectPlan:
    """`place` is a division code, '' for the whole city. The first of `counts` is what a yuan is divided by."""

    id: Text
    name: str
    say: str
    clauses: Sequence[Text]
    units: Sequence[Text]
    place: str
    kind: str
    counts: Sequence[Counted]
    milestones: Sequence[MilestonePlan]
    funds: Sequence[str]


@dataclass(frozen=True)
class DocumentPlan:
    """A paper to be issued. `basis` is the law that it stands on; `due_date` None: the plan gives no day."""

    id: Text
    name: str
    kind: str
    clauses: Sequence[Text]
    unit: Text
    place: str
    basis: str
    due_date: date | None
    from_plan: bool = False


@dataclass(frozen=True)
class Programme:
    """`climb_after` counts working days after which what is overdue goes one level up."""

    plan: Plan = field(default_factory=Plan)
    projects: Mapping[str, ProjectPlan] = field(default_factory=dict)
    documents: Mapping[str, DocumentPlan] = field(default_factory=dict)
    climb_after: int = CLIMB_AFTER

    @property
    def clauses(self) -> Mapping[str, Clause]:
        return self.plan.clauses

    def original(self, clause: str) -> str:
        """The clause that this one repeats, or itself; '' for a clause that is not there."""
        seen = set[str]()
        while clause in self.clauses and (other := self.clauses[clause].same_as) and clause not in seen:
            seen.add(clause)
            clause = str(other)
        return clause if clause in self.clauses else ""

    def due_date(self, clause: str) -> date:
        """The clause's own day, else the last of the plan."""
        return self.clauses[clause].due or self.plan.about.until_date


@lru_cache(maxsize=4)
def programme(folder: Path) -> Programme:
    """The programme of the pack in `folder`, read once. Raises PackErrors."""
    return read_programme(instance(folder), read_whole_plan(folder))


def read_programme(pack: Pack, plan: Plan) -> Programme:
    """Also holds the clauses' links against projects and documents. Raises PackErrors with every mistake."""
    mistakes, room = Mistakes(), pack.folder / "plan"
    blocks = {name: _block(room / f"{name}.yaml", f"{pack.folder.name}/plan/{name}.yaml", mistakes) for name in FILES}
    fields = Fields(blocks["register"], mistakes, "register.yaml ")
    made = Programme(
        plan,
        {str(id_): _project(id_, said, mistakes) for id_, said in each(blocks["projects"], "项目", mistakes)},
        {str(id_): _document(id_, said, mistakes) for id_, said in each(blocks["documents"], "文件", mistakes)},
        fields.whole("climb_after") or CLIMB_AFTER,
    )
    fields.finish()
    _check(made, pack, mistakes)
    if mistakes:
        raise PackErrors(mistakes)
    return made


def _block(path: Path, name: str, mistakes: Mistakes) -> Block:
    """The mapping of a file; an empty one if it is not there or is broken."""
    if path.is_file():
        try:
            return read_block(path, name)
        except PackError as wrong:
            mistakes.append(wrong)
    return Block()


def _project(id_: Text, fields: Fields, mistakes: Mistakes) -> ProjectPlan:
    check_name(id_, mistakes)
    return ProjectPlan(
        id=id_,
        name=fields.words("name", need=True),
        say=fields.words("say", need=True),
        clauses=fields.names("clauses", need=True),
        units=(*_lead(fields, "lead"), *fields.names("partners")),
        place=fields.words("place"),
        kind=fields.choice("kind", PROJECT_KINDS),
        counts=tuple(_counted(item, mistakes) for item in fields.items("counts", need=True)),
        milestones=tuple(_milestone(item, mistakes) for item in fields.items("milestones", need=True)),
        funds=_sources(fields, mistakes),
    )


def _lead(fields: Fields, key: str) -> tuple[Text, ...]:
    lead = fields.text(key, need=True)
    return (lead,) if lead is not None else ()


def _counted(item: Value, mistakes: Mistakes) -> Counted:
    fields = Fields(item, mistakes, "数 ")
    counted = Counted(fields.words("unit", need=True), fields.whole("target"))
    if counted.target is not None and counted.target <= 0:
        mistakes.note("target 要大于 0；规划没有给数，就不写", fields.place)
    fields.finish()
    return counted


def _milestone(item: Value, mistakes: Mistakes) -> MilestonePlan:
    fields = Fields(item, mistakes, "节点 ")
    id_ = fields.text("id", need=True) or Text("", fields.place)
    check_name(id_, mistakes)
    made = MilestonePlan(
        id_, fields.words("name", need=True), fields.day("due", need=True) or date.max, fields.flag("from_plan")
    )
    fields.finish()
    return made


def _sources(fields: Fields, mistakes: Mistakes) -> tuple[str, ...]:
    sources = fields.names("funds", need=True)
    for source in sources:
        check_known(source, SOURCES, "资金来源", mistakes)
    return tuple(str(source) for source in sources)


def _document(id_: Text, fields: Fields, mistakes: Mistakes) -> DocumentPlan:
    check_name(id_, mistakes)
    return DocumentPlan(
        id=id_,
        name=fields.words("name", need=True),
        kind=fields.choice("kind", DOCUMENT_KINDS),
        clauses=fields.names("clauses", need=True),
        unit=fields.text("unit", need=True) or Text("", id_.place),
        place=fields.words("place"),
        basis=fields.words("basis", need=True),
        due_date=fields.day("due"),
        from_plan=fields.flag("from_plan"),
    )


def _check(made: Programme, pack: Pack, mistakes: Mistakes) -> None:
    """Clauses, units and places must be there, and what the clauses link to."""
    units = set(made.plan.units) or {str(unit) for clause in made.clauses.values() for unit in clause.units}
    places = {division.code for division in pack.divisions}
    plans: list[tuple[ProjectPlan | DocumentPlan, Sequence[Text]]] = [
        *((project, project.units) for project in made.projects.values()),
        *((document, (document.unit,)) for document in made.documents.values()),
    ]
    for plan, names in plans:
        for clause in plan.clauses:
            check_known(clause, made.clauses, "条目", mistakes)
        for unit in names:
            check_known(unit, units, "单位", mistakes)
        if plan.place and plan.place not in places:
            mistakes.note(f"divisions.csv 里没有 {plan.place}", plan.id.place)
    for project in made.projects.values():
        ids = [milestone.id for milestone in project.milestones]
        for twice in {id_ for id_ in ids if ids.count(id_) > 1}:
            mistakes.note(f"节点 {twice} 写了两遍", twice.place)
    for said in made.clauses.values():
        check_links(said, {"project": made.projects, "document": made.documents}, mistakes)
