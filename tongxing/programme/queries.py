"""Reads of the register. Each asks the database a fixed number of times, however long the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from tongxing.accounts.access import Actor
from tongxing.programme.catalogue import known
from tongxing.programme.figures import ProjectFigures, figures_of
from tongxing.programme.models import (
    Climb,
    Document,
    DocumentStep,
    Evidence,
    Fund,
    Milestone,
    PlanTask,
    Project,
    ProjectPayment,
    Result,
    Satisfaction,
)
from tongxing.programme.permission import may_look
from tongxing.programme.states import task_state

__all__ = ["project_figures", "task_state"]
TELLING = ("reports", "confirmations")
MONEY = ("funds", "payments", "results", "satisfaction", "milestones")


def tasks() -> QuerySet[PlanTask]:
    """In the order of the plan, with what tells their state."""
    return PlanTask.objects.prefetch_related(*TELLING)


def tasks_by_clause() -> dict[str, PlanTask]:
    """The task of each clause; a clause that repeats another has the other's."""
    programme, found = known(), {task.clause: task for task in tasks()}
    originals = ((clause, programme.original(clause)) for clause in programme.clauses)
    return {clause: found[original] for clause, original in originals if original in found}


def task_for(actor: Actor, clause: str) -> PlanTask | None:
    """The plan is public, so whoever may see it sees every task. A clause that repeats another leads to its task."""
    return tasks().filter(clause=known().original(clause)).first()


def late_tasks(prefix: str, today: date) -> list[PlanTask]:
    """Tasks of an area that are late on this day, the longest first."""
    overdue = tasks().filter(place_code__startswith=prefix, due_date__lt=today)
    late = [task for task in overdue if task_state(task, today) == PlanTask.State.LATE]
    return sorted(late, key=lambda task: (task.due_date, task.pk))


def waiting_tasks(prefix: str) -> list[PlanTask]:
    """Claimed done and waiting for the second person, the oldest claim first."""
    return list(
        tasks().filter(place_code__startswith=prefix, confirmations__state="waiting").order_by("confirmations__at")
    )


def projects() -> QuerySet[Project]:
    """Those that the pack names, in its order of opening, with everything that figures are made of."""
    return Project.objects.filter(key__in=known().projects).prefetch_related(*MONEY)


def project(key: str) -> Project | None:
    return projects().filter(key=key).first()


def projects_for(clause: str) -> list[Project]:
    """The projects that carry a clause or the one that it repeats."""
    programme = known()
    wanted = {clause, programme.original(clause)}
    keys = [key for key, plan in programme.projects.items() if wanted & {str(one) for one in plan.clauses}]
    return list(projects().filter(key__in=keys))


def project_figures(project: Project) -> ProjectFigures:
    """Money, results and satisfaction; asks nothing more if the project came from `projects()`."""
    return figures_of(project, known().projects[project.key])


def documents() -> QuerySet[Document]:
    return Document.objects.filter(key__in=known().documents).prefetch_related("steps", "indicators")


def document(key: str) -> Document | None:
    return documents().filter(key=key).first()


def documents_by_kind() -> dict[str, list[Document]]:
    """county_plan, department_plan, regulation, scheme, report → documents in the order of the pack."""
    rows = {row.key: row for row in documents()}
    found: dict[str, list[Document]] = {}
    for key, plan in known().documents.items():
        if key in rows:
            found.setdefault(plan.kind, []).append(rows[key])
    return found


def documents_for(clause: str) -> list[Document]:
    programme = known()
    wanted = {clause, programme.original(clause)}
    keys = [key for key, plan in programme.documents.items() if wanted & {str(one) for one in plan.clauses}]
    return list(documents().filter(key__in=keys))


def evidence_of(thing: PlanTask | Project | Document) -> list[Evidence]:
    """Without their content."""
    return list(thing.evidence.defer("sealed"))


def evidence_for(actor: Actor, evidence_id: int) -> Evidence | None:
    """A piece of the actor's area, without its content."""
    piece = (
        Evidence.objects.defer("sealed").select_related("task", "project", "document").filter(pk=evidence_id).first()
    )
    thing = (piece.task or piece.project or piece.document) if piece else None
    return piece if thing is not None and may_look(actor, thing) else None


def climbed(prefix: str, today: date) -> list[Climb]:
    """What stands before the committees of an area and is still overdue, the longest first."""
    rows = Climb.objects.filter(place_code__startswith=prefix, climbed_date__lte=today).order_by("due_date", "id")
    rows = rows.filter(Q(milestone=None) | Q(milestone__reached_date=None))
    rows = rows.filter(Q(document=None) | Q(document__issued_date=None))
    found = rows.select_related("milestone__project", "milestone__task", "document", "task")
    found = found.prefetch_related("task__reports", "task__confirmations")
    return [climb for climb in found if _still_late(climb, today)]


def _still_late(climb: Climb, today: date) -> bool:
    """A task that was given a later day, is done or waits to be confirmed stands there no more."""
    if climb.task is None:
        return climb.milestone is None or climb.milestone.due_date == climb.due_date
    return climb.task.due_date == climb.due_date and task_state(climb.task, today) == PlanTask.State.LATE


def records_by_link(*, since: date | None = None, until: date | None = None) -> dict[str, int]:
    """{'project:fukang': entries of money, results, satisfaction and milestones, 'document:…': steps} of a time.

    Every project and document of the pack is there, with 0 if nothing was written down.
    """
    programme = known()
    counts = Counter(f"project:{key}" for key in _keys(since, until))
    steps = DocumentStep.objects.filter(_within("on_date", since, until))
    counts.update(f"document:{key}" for key in steps.values_list("document__key", flat=True))
    links = [*(f"project:{key}" for key in programme.projects), *(f"document:{key}" for key in programme.documents)]
    return {link: counts[link] for link in links}


def _keys(since: date | None, until: date | None) -> Iterable[str]:
    """The project of each entry."""
    dated = ((Fund, "on_date"), (ProjectPayment, "paid_date"), (Result, "on_date"), (Satisfaction, "on_date"))
    for model, day in dated:
        yield from model.objects.filter(_within(day, since, until)).values_list("project__key", flat=True)
    reached = Milestone.objects.exclude(project=None).exclude(reached_date=None)
    for key in reached.filter(_within("reached_date", since, until)).values_list("project__key", flat=True):
        yield str(key)


def _within(day: str, since: date | None, until: date | None) -> Q:
    wanted = Q()
    if since is not None:
        wanted &= Q(**{f"{day}__gte": since})
    if until is not None:
        wanted &= Q(**{f"{day}__lte": until})
    return wanted
