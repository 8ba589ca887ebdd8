"""What is overdue for too long goes one level up: from its unit to the working committee of its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction

from tongxing.journal.actions import Note, record_many
from tongxing.lib.calendar import WorkCalendar
from tongxing.programme.catalogue import calendar, known, subject_of
from tongxing.programme.models import Climb, Milestone
from tongxing.programme.queries import documents, tasks
from tongxing.programme.states import State, is_late_document, task_state


@transaction.atomic
def climb(*, today: date) -> list[Climb]:
    """Each thing once for each day that it missed; again on the same day nothing more. The system does it, at night.

    Raises Refused without a calendar and CalendarEnds beyond its end: nothing is guessed.
    """
    days, after = calendar(), known().climb_after
    rows = [row for row in _overdue(today) if _is_long(days, row.due_date, today, after)]
    there = set(Climb.objects.values_list("task_id", "milestone_id", "document_id", "due_date"))
    new = [row for row in rows if (row.task_id, row.milestone_id, row.document_id, row.due_date) not in there]
    made = Climb.objects.bulk_create(new)
    record_many(
        by=None, notes=[Note("programme.climbed", _subject(row), {"due": row.due_date.isoformat()}) for row in made]
    )
    return made


def _is_long(days: WorkCalendar, due: date, today: date, after: int) -> bool:
    return days.workdays_between(due, today) > after


def _overdue(today: date) -> Iterator[Climb]:
    """One row, not kept yet, for each task, milestone and document that is late on this day."""
    for task in tasks():
        if task_state(task, today) == State.LATE:
            yield Climb(task=task, place_code=task.place_code, due_date=task.due_date, climbed_date=today)
    open_ones = Milestone.objects.filter(reached_date=None, due_date__lt=today).select_related("task", "project")
    for milestone in open_ones:
        of = milestone.task or milestone.project
        assert of is not None
        yield Climb(milestone=milestone, place_code=of.place_code, due_date=milestone.due_date, climbed_date=today)
    for document in documents():
        due = known().documents[document.key].due_date
        if due is not None and is_late_document(document, due, today):
            yield Climb(document=document, place_code=document.place_code, due_date=due, climbed_date=today)


def _subject(row: Climb) -> str:
    milestone = row.milestone
    of = row.task or row.document or (milestone.task or milestone.project if milestone else None)
    assert of is not None
    return subject_of(of)
