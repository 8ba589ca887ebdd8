"""Reads of cases, always through the area and the purpose of the one who asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tongxing.accounts.access import Actor
from tongxing.casework import clocks
from tongxing.casework.catalogue import known
from tongxing.casework.models import Case, Decision, Event, Objection, Task
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.registry.queries import here, people_for

SORTS = {"due": ("tasks__due_date", "number"), "number": ("number",), "newest": ("-number",)}


def cases_for(actor: Actor) -> QuerySet[Case]:
    """Every case this actor may see."""
    if actor.people == "own":
        return Case.objects.filter(person__in=actor.own)
    cases = Case.objects.filter(here(actor, person="person"))
    return cases if actor.people == "all" else cases.filter(person__in=people_for(actor).values("pk"))


def case_for(actor: Actor, number: str) -> Case | None:
    return cases_for(actor).select_related("person", "batch", "about").filter(number=number).first()


def case_by_number_and_phone(number: str, phone: str) -> Case | None:
    """Whoever knows both may ask how far it is; not scoped."""
    index = ring().blind_index("phone", phone)
    return Case.objects.select_related("person").filter(number=number, person__phone_index=index).first()


def queue_for(actor: Actor) -> QuerySet[Case]:
    """The open cases that wait for this role in this area; each has exactly one open task."""
    return cases_for(actor).filter(role=actor.role).filter(here(actor, "division_code", "person"))


@dataclass(frozen=True)
class Wanted:
    """What a queue shows; also its URL."""

    service: str = ""
    part: str = "open"
    sort: str = "due"


Condition = Callable[[Actor, date], Q]
PARTS: dict[str, tuple[str, Condition]] = {
    "open": ("全部", lambda actor, today: Q()),
    "mine": ("我在办", lambda actor, today: Q(tasks__claimed_by_id=actor.user_id)),
    "free": ("没人领", lambda actor, today: Q(tasks__claimed_by_id=None)),
    "overdue": ("超期", lambda actor, today: Q(tasks__due_date__lt=today, tasks__paused_date=None)),
    "soon": ("今天到期", lambda actor, today: Q(tasks__due_date=today, tasks__paused_date=None)),
    "waiting": ("等材料", lambda actor, today: Q(tasks__paused_date__isnull=False)),
    "new": ("今天新来", lambda actor, today: Q(tasks__start_date=today)),
    "proposed": ("等本人答复", lambda actor, today: Q(state="proposed")),
    "second": ("等第二人确认", lambda actor, today: Q(decisions__state="waiting")),
}


def in_queue(actor: Actor, wanted: Wanted, today: date | None = None, more: Q | None = None) -> QuerySet[Case]:
    """The queue, one part and service of it, sorted; each case once. `more` is asked of the open task too.

    One filter, for two would also take cases of which an earlier task, done long ago, meets the second.
    """
    today = today or clocks.today()
    asked = Q(tasks__done_at=None) & PARTS[wanted.part][1](actor, today) & (more or Q())
    cases = queue_for(actor).filter(asked)
    if wanted.service:
        cases = cases.filter(service=wanted.service)
    return cases.order_by(*SORTS.get(wanted.sort, SORTS["due"]))


def part_counts(actor: Actor) -> dict[str, int]:
    """How many cases each part of the queue has; one query."""
    today = clocks.today()
    open_ones = queue_for(actor).filter(tasks__done_at=None)
    return open_ones.aggregate(
        **{part: Count("pk", distinct=True, filter=condition(actor, today)) for part, (_, condition) in PARTS.items()}
    )


def counts(actor: Actor, filters: Sequence[Wanted]) -> list[int]:
    """How many cases each part and service of the queue has; one query for all."""
    today, asked = clocks.today(), {}
    for at, wanted in enumerate(filters):
        condition = PARTS[wanted.part][1](actor, today) & (Q(service=wanted.service) if wanted.service else Q())
        asked[f"n{at}"] = Count("pk", distinct=True, filter=condition)
    found = queue_for(actor).filter(tasks__done_at=None).aggregate(**asked)
    return [found[f"n{at}"] for at in range(len(filters))]


def service_counts(actor: Actor) -> list[tuple[str, int]]:
    found = queue_for(actor).values("service").annotate(n=Count("pk")).order_by("-n", "service")
    return [(row["service"], row["n"]) for row in found]


def next_in_queue(actor: Actor, wanted: Wanted, after: Case | None = None) -> Case | None:
    """The next case to take: mine or nobody's, after this one, else from the top."""
    mine = Q(tasks__claimed_by_id=None) | Q(tasks__claimed_by_id=actor.user_id)
    free = in_queue(actor, wanted, more=mine & Q(tasks__paused_date=None))
    if after is not None:
        numbers = list(free.values_list("number", flat=True)[:2000])
        if after.number in numbers:
            later = numbers[numbers.index(after.number) + 1 :]
            return free.filter(number=later[0]).first() if later else None
        free = free.exclude(pk=after.pk)
    return free.first()


def with_tasks(cases: Iterable[Case]) -> list[tuple[Case, Task | None]]:
    """Cases with their open task; one query more."""
    found = list(cases)
    tasks = {task.case_id: task for task in Task.objects.filter(case__in=found, done_at=None)}
    return [(case, tasks.get(case.pk)) for case in found]


def open_task_of(case: Case) -> Task | None:
    return Task.objects.filter(case=case, done_at=None).first()


def history_of(case: Case) -> list[Event]:
    return list(case.events.order_by("id"))


def decisions_of(case: Case) -> list[Decision]:
    return list(case.decisions.order_by("id"))


def standing_decision(case: Case) -> Decision | None:
    states = (Decision.State.WAITING, Decision.State.IN_FORCE)
    return Decision.objects.filter(case=case, state__in=states).select_related("case").first()


def cases_of(actor: Actor, person: Person) -> list[Case]:
    """Newest first; those of the household that were opened for somebody else of it are not among them."""
    return list(cases_for(actor).filter(person=person).order_by("-id"))


def to_confirm(actor: Actor) -> QuerySet[Decision]:
    """Decisions of this actor's department that wait for a second person, and are not the actor's own."""
    cases = cases_for(actor).filter(pk=OuterRef("case"))
    waiting = Decision.objects.filter(Exists(cases), state=Decision.State.WAITING)
    return waiting.exclude(by_user_id=actor.user_id).select_related("case", "case__person").order_by("id")


@dataclass(frozen=True)
class Load:
    """How much lies with one person or with nobody (`who` ''), for their supervisor (D18)."""

    who: str
    open: int
    overdue: int
    waiting: int


def loads(actor: Actor) -> list[Load]:
    """Open cases of the actor's area by who has them; without a ranking: in the order of names."""
    today = clocks.today()
    tasks = Task.objects.filter(done_at=None, case__in=cases_for(actor).values("pk"))
    found = tasks.values("claimed_by_label").annotate(
        open=Count("pk"),
        overdue=Count("pk", filter=Q(due_date__lt=today, paused_date=None)),
        waiting=Count("pk", filter=Q(paused_date__isnull=False)),
    )
    return [
        Load(row["claimed_by_label"], row["open"], row["overdue"], row["waiting"])
        for row in found.order_by("claimed_by_label")
    ]


def stations(actor: Actor) -> list[tuple[str, str, int, int]]:
    """(role, division, open, overdue) of every queue in the actor's area that holds anything."""
    today = clocks.today()
    found = (
        Task.objects.filter(done_at=None, case__in=cases_for(actor).values("pk"))
        .values("role", "division_code")
        .annotate(open=Count("pk"), overdue=Count("pk", filter=Q(due_date__lt=today, paused_date=None)))
    )
    return [(r["role"], r["division_code"], r["open"], r["overdue"]) for r in found.order_by("role", "division_code")]


def notice_steps() -> dict[str, str]:
    """The step of public notice of each service that has one."""
    return {str(s.id): str(step.id) for s in known().values() for step in s.steps if step.notice}


def on_notice(number: str = "") -> QuerySet[Task]:
    """Tasks on public notice now, newest first; of one case if named. For everybody: show names masked."""
    steps = notice_steps()
    either = Q(pk=None)
    for service, step in steps.items():
        either |= Q(case__service=service, step=step)
    tasks = Task.objects.filter(either, done_at=None, case__origin__in=("gap", "application"))
    tasks = tasks.filter(case__number=number) if number else tasks
    return tasks.select_related("case", "case__person").order_by("-start_date", "-id")


def objections_of(case: Case) -> list[Objection]:
    return list(case.objections.all())


def objection_for(actor: Actor, number: str, objection_id: int) -> Objection | None:
    case = case_for(actor, number)
    return case.objections.select_related("case").filter(pk=objection_id).first() if case else None
