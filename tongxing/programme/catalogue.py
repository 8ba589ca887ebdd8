"""What the pack says about a row of the register: its clause, its project, its document, its place, the calendar."""

from __future__ import annotations

from django.conf import settings

from tongxing.content.instance import pack
from tongxing.content.programme import DocumentPlan, Programme, ProjectPlan, programme
from tongxing.lib.calendar import WorkCalendar
from tongxing.programme.models import Document, PlanTask, Project
from tongxing.programme.refusal import Refused


def known() -> Programme:
    return programme(settings.PACK)


def city_code() -> str:
    """The division that stands first in the pack: the whole. '' in a pack without divisions."""
    divisions = pack(settings.PACK).divisions
    return divisions[0].code if divisions else ""


def title_of(clause: str) -> str:
    said = known().clauses.get(clause)
    return said.title if said else clause


def plan_of(project: Project) -> ProjectPlan:
    """Raises Refused for a project that the pack no longer names."""
    plan = known().projects.get(project.key)
    if plan is None:
        raise Refused("规则包里已经没有这个项目，不能再记。")
    return plan


def paper_of(document: Document) -> DocumentPlan:
    """Raises Refused for a document that the pack no longer names."""
    paper = known().documents.get(document.key)
    if paper is None:
        raise Refused("规则包里已经没有这份文件，不能再记。")
    return paper


def units_of(thing: PlanTask | Project | Document) -> tuple[str, ...]:
    """The units that carry it, the first leads."""
    if isinstance(thing, PlanTask):
        return (thing.unit,)
    if isinstance(thing, Project):
        return tuple(str(unit) for unit in plan_of(thing).units)
    return (str(paper_of(thing).unit),)


def department_of(unit: str) -> str | None:
    """Which of our departments answers for a unit of the plan; None where none does."""
    said = known().plan.units.get(unit)
    return str(said.department) if said and said.department else None


def subject_of(thing: PlanTask | Project | Document) -> str:
    """How the journal calls it."""
    if isinstance(thing, PlanTask):
        return f"task:{thing.clause}"
    return f"{'project' if isinstance(thing, Project) else 'document'}:{thing.key}"


def calendar() -> WorkCalendar:
    """Raises Refused if the pack has none: without it nothing climbs."""
    days = pack(settings.PACK).calendar
    if days is None:
        raise Refused("规则包里没有工作日历，算不出期限。请管理员补上 calendar.yaml。")
    return WorkCalendar(days.holidays, days.workdays, days.ends)
