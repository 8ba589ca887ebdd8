"""The register of the plan as it stood on the day of the snapshot: what came later is not in the report."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch

from tongxing.content.programme import Programme
from tongxing.evaluation.inputs import DocumentLine, ProjectLine, TaskLine
from tongxing.lib.disclosure import small
from tongxing.programme.catalogue import known
from tongxing.programme.figures import ProjectFigures, figures_of
from tongxing.programme.models import Document, Fund, PlanTask, Project, ProjectPayment, Result, Satisfaction
from tongxing.programme.queries import documents_by_kind, tasks
from tongxing.programme.states import days_late, is_late_document, is_late_milestone, last_report, task_state

HIDDEN = "人太少，不公布"


def task_lines(day: date) -> list[TaskLine]:
    """In the order of the plan."""
    programme = known()
    return [_task(task, programme, day) for task in tasks() if task.clause in programme.clauses]


def _task(task: PlanTask, programme: Programme, day: date) -> TaskLine:
    clause, state, report = programme.clauses[task.clause], task_state(task, day), last_report(task, day)
    is_late = state == PlanTask.State.LATE
    return TaskLine(
        clause=task.clause,
        title=clause.title,
        system=clause.section.split(".")[0],
        unit=task.unit,
        due_date=task.due_date,
        state=str(state),
        days_late=days_late(task.due_date, day) if is_late else 0,
        why=(report.blocker or report.comment) if report else "",
    )


def project_lines(day: date, *, is_public: bool) -> list[ProjectLine]:
    """Money, results and answers up to a day, in the order of the pack. Six queries."""
    dated = ((Fund, "on_date"), (ProjectPayment, "paid_date"), (Result, "on_date"), (Satisfaction, "on_date"))
    names = ("funds", "payments", "results", "satisfaction")
    within = [
        Prefetch(name, model._default_manager.filter(**{f"{column}__lte": day}))
        for name, (model, column) in zip(names, dated, strict=True)
    ]
    programme = known()
    rows = {row.key: row for row in Project.objects.prefetch_related(*within, "milestones")}
    return [_project(rows[key], programme, day, is_public) for key in programme.projects if key in rows]


def _project(project: Project, programme: Programme, day: date, is_public: bool) -> ProjectLine:
    plan = programme.projects[project.key]
    figures = figures_of(project, plan)
    late = sum(is_late_milestone(milestone, day) for milestone in project.milestones.all())
    return ProjectLine(plan.name, figures, late, _satisfied(figures, is_public))


def _satisfied(figures: ProjectFigures, is_public: bool) -> str:
    if not figures.asked:
        return "还没有问"
    if is_public and any(small(n) for n in (figures.asked, figures.satisfied, figures.asked - figures.satisfied)):
        return HIDDEN
    return f"问了 {figures.asked:,} 人，{figures.satisfied:,} 人满意"


def document_lines(day: date) -> list[DocumentLine]:
    """Documents by kind, as they stood by their steps up to a day."""
    programme = known()
    return [_document(document, programme, day) for found in documents_by_kind().values() for document in found]


def _document(document: Document, programme: Programme, day: date) -> DocumentLine:
    paper = programme.documents[document.key]
    steps = [step for step in document.steps.all() if step.on_date <= day]
    state = Document.State(steps[-1].to_state if steps else Document.State.PLANNED)
    is_issued = document.issued_date is not None and document.issued_date <= day
    return DocumentLine(
        kind=paper.kind,
        name=paper.name,
        unit=str(paper.unit),
        state=str(state.label),
        number=document.number if is_issued else "",
        due_date=paper.due_date,
        is_late=not is_issued and is_late_document(document, paper.due_date, day),
        own=[
            f"{each.name} {each.value if each.value is not None else '没有数'} {each.unit}"
            for each in document.indicators.all()
        ],
    )
