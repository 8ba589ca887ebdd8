"""What is overdue for long enough stands before the committee of its place, once for each day missed."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import CITY, COUNTY
from tongxing.accounts.access import Actor
from tongxing.journal.models import Entry
from tongxing.lib.calendar import CalendarEnds
from tongxing.programme import actions, queries
from tongxing.programme.models import Climb, Document, Milestone, PlanTask
from tongxing.programme.tests.conftest import photo

FRIDAY = date(2025, 3, 7)  # ten working days after it is Friday the 21st


@pytest.fixture
def overdue(task: PlanTask) -> PlanTask:
    """One task alone, due on a Friday; nothing else of the register is late before the end of the plan."""
    Milestone.objects.all().delete()
    Document.objects.all().delete()
    PlanTask.objects.exclude(pk=task.pk).delete()
    PlanTask.objects.filter(pk=task.pk).update(due_date=FRIDAY)
    task.refresh_from_db()
    return task


def test_after_ten_working_days_and_not_before(overdue: PlanTask) -> None:
    assert actions.climb(today=date(2025, 3, 21)) == []
    [row] = actions.climb(today=date(2025, 3, 24))
    assert (row.task, row.place_code, row.due_date) == (overdue, CITY, FRIDAY)


def test_the_next_night_nothing_climbs_again(overdue: PlanTask) -> None:
    actions.climb(today=date(2025, 3, 24))
    for day in (date(2025, 3, 24), date(2025, 5, 1)):
        assert actions.climb(today=day) == []
    assert Entry.objects.filter(verb="programme.climbed").count() == 1


def test_it_stands_there_until_it_is_done_or_has_a_later_day(overdue: PlanTask, liang: Actor, pei: Actor) -> None:
    day = date(2025, 4, 1)
    actions.climb(today=day)
    assert [row.task for row in queries.climbed("4599", day)] == [overdue]
    actions.add_evidence(by=liang, of=overdue, name="照片", content=photo())
    actions.claim_done(by=liang, task=overdue, words="办完了", done_date=day)
    assert queries.climbed("4599", day) == []
    actions.reject_done(by=pei, task=overdue, words="看不清")
    assert len(queries.climbed("4599", day)) == 1
    actions.postpone(by=pei, task=overdue, due_date=day + timedelta(days=9), words="等办法")
    assert queries.climbed("4599", day) == []
    assert len(actions.climb(today=date(2025, 6, 1))) == 1
    assert Climb.objects.count() == 2


def test_a_county_paper_stands_before_the_county(register: None) -> None:
    Document.objects.filter(key="county_plan_hepu").update(place_code=COUNTY)
    actions.climb(today=date(2025, 6, 2))
    assert [row.document.key for row in queries.climbed(COUNTY[:6], date(2025, 6, 2)) if row.document] == [
        "county_plan_hepu"
    ]
    kinds = Counter(
        "task" if row.task_id else "document" if row.document_id else "milestone" for row in Climb.objects.all()
    )
    assert kinds["task"] == 2  # the two days that the plan itself gives
    assert kinds["milestone"] > 10


def test_beyond_the_calendar_nothing_is_guessed(overdue: PlanTask) -> None:
    with pytest.raises(CalendarEnds):
        actions.climb(today=date(2031, 1, 1))


def test_late_tasks_are_asked_for_in_a_fixed_number_of_questions(register: None) -> None:
    counts = []
    for late in (5, 300):
        PlanTask.objects.filter(pk__in=PlanTask.objects.order_by("pk").values("pk")[:late]).update(due_date=FRIDAY)
        with CaptureQueriesContext(connection) as asked:
            assert len(queries.late_tasks("4599", date(2025, 4, 1))) >= late
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert queries.late_tasks("459921", date(2025, 4, 1)) == []
