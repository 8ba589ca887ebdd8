"""Opens the register from the pack: a task for each clause, a row for each project, milestone and document."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.content.programme import ProjectPlan
from tongxing.journal.actions import record
from tongxing.programme.catalogue import city_code, known
from tongxing.programme.models import Document, Milestone, PlanTask, Project


@dataclass(frozen=True)
class Opened:
    """How many rows are new, and how many tasks have another unit than before."""

    tasks: int = 0
    projects: int = 0
    milestones: int = 0
    documents: int = 0
    moved: int = 0

    def __bool__(self) -> bool:
        return any((self.tasks, self.projects, self.milestones, self.documents, self.moved))


@transaction.atomic
def open_register(*, by: Actor | None) -> Opened:
    """Adds what the pack names and the register lacks; a second time nothing changes. None is the system itself.

    A clause that repeats another has no task of its own. Due dates that somebody moved stay where they are.
    """
    if by is not None:
        check_may(by, Right.CONFIRM_TASK)
    opened = Opened(_tasks(), _projects(), _milestones(), _documents(), _moved())
    if opened:
        record(by=by, verb="programme.opened", subject="programme", **vars(opened))
    return opened


def _tasks() -> int:
    programme, there = known(), set(PlanTask.objects.values_list("clause", flat=True))
    wanted = [clause for clause in programme.clauses if programme.original(clause) == clause and clause not in there]
    rows = [
        PlanTask(
            clause=clause,
            unit=programme.clauses[clause].units[0],
            place_code=city_code(),
            due_date=programme.due_date(clause),
            first_due_date=programme.due_date(clause),
        )
        for clause in wanted
    ]
    return len(PlanTask.objects.bulk_create(rows))


def _moved() -> int:
    """Tasks whose clause now names another lead unit."""
    clauses = known().clauses
    rows = [task for task in PlanTask.objects.all() if task.clause in clauses]
    moved = [task for task in rows if task.unit != clauses[task.clause].units[0]]
    for task in moved:
        task.unit = str(clauses[task.clause].units[0])
    PlanTask.objects.bulk_update(moved, ["unit"])
    return len(moved)


def _projects() -> int:
    there = set(Project.objects.values_list("key", flat=True))
    plans = known().projects.values()
    rows = [Project(key=str(p.id), place_code=p.place or city_code()) for p in plans if str(p.id) not in there]
    return len(Project.objects.bulk_create(rows))


def _milestones() -> int:
    there = set(Milestone.objects.values_list("project__key", "key"))
    rows = {row.key: row for row in Project.objects.all()}
    made = [
        one
        for plan in known().projects.values()
        for one in _of_project(rows[plan.id], plan)
        if (str(plan.id), one.key) not in there
    ]
    return len(Milestone.objects.bulk_create(made))


def _of_project(project: Project, plan: ProjectPlan) -> list[Milestone]:
    return [
        Milestone(project=project, key=str(m.id), name=m.name, due_date=m.due_date, illustrative=not m.from_plan)
        for m in plan.milestones
    ]


def _documents() -> int:
    there = set(Document.objects.values_list("key", flat=True))
    papers = known().documents.values()
    rows = [Document(key=str(p.id), place_code=p.place or city_code()) for p in papers if str(p.id) not in there]
    return len(Document.objects.bulk_create(rows))
