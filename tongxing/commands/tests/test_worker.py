"""The worker's rounds: the night begins by the clock once, a missed one is caught up, a broken one harms nobody."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from django.utils import timezone

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.commands import worker
from tongxing.jobs.models import Job
from tongxing.policy.models import Night, Run
from tongxing.registry.models import Certificate, Household, Member, Person
from tongxing.reviews import tasks

pytestmark = pytest.mark.django_db
NOON = datetime(2099, 5, 3, 4, 0, tzinfo=UTC)  # noon in the city's time zone, after every run of the tests
SYSTEM = "system_admin"


@pytest.fixture(autouse=True)
def town(db: None, tmp_path: Path, settings: Any) -> None:
    """Two people, and a folder of their own for snapshots and anchors."""
    settings.DATA, settings.NIGHT_AT = tmp_path, time(2, 0)
    cast.build_divisions()
    for number in range(2):
        cast.certify(cast.new_person(number))


def at(moment: datetime) -> bool:
    return worker.one_round(now=moment, name="test")


def by_hand() -> Actor:
    """The demo's officers are no users here: what nobody asked for has no user."""
    return cast.an_officer(SYSTEM, cast.CITY, 6)


def test_the_night_begins_by_itself_and_once_for_each_date() -> None:
    assert at(NOON) and not at(NOON), "the second round has nothing to do"
    job = Job.objects.get()
    assert (job.state, job.by_label) == ("done", "系统")
    assert job.subject == f"run:{Run.objects.get().pk}"
    assert not at(NOON + timedelta(hours=13)), "one in the morning"
    assert at(NOON + timedelta(hours=15)), "three in the morning"
    assert Job.objects.count() == Night.objects.count() == 2


def test_a_machine_that_slept_catches_up_one_night() -> None:
    at(NOON)
    assert at(NOON + timedelta(days=4)) and not at(NOON + timedelta(days=4))
    assert Run.objects.count() == 2


def test_a_night_done_by_hand_since_is_not_done_again() -> None:
    tasks.whole_night(as_of=timezone.localdate())
    Run.objects.update(finished_at=NOON)
    assert not at(NOON) and not Night.objects.exists()


def test_no_night_begins_by_itself_when_the_schedule_is_off(settings: Any) -> None:
    settings.NIGHT_AT = None
    assert not at(NOON) and not Job.objects.exists()


def test_two_workers_at_the_same_moment_begin_one_night(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one inserts its claim between our look and our insert."""
    Night.objects.create(due_date=NOON.date(), begun_at=NOON)
    monkeypatch.setattr(Night.objects, "filter", lambda **_: Night.objects.none())
    assert tasks.begin_due_night(now=NOON) is None and not Job.objects.exists()


@pytest.mark.parametrize(
    ("now", "due"),
    [("2026-11-24 02:00", "2026-11-24"), ("2026-11-24 01:59", "2026-11-23"), ("2026-01-01 00:30", "2025-12-31")],
)
def test_the_last_night_due(now: str, due: str) -> None:
    found = tasks.last_due(datetime.fromisoformat(now), settings.NIGHT_AT)
    assert found is not None and f"{found:%Y-%m-%d %H:%M}" == f"{due} 02:00"


def test_asked_by_hand_it_is_one_job_however_often() -> None:
    first = tasks.ask_for_night(by=by_hand())
    assert tasks.ask_for_night(by=by_hand()) == first


def test_a_night_that_somebody_asked_for_who_left_is_refused_in_words(settings: Any) -> None:
    settings.NIGHT_AT = None
    tasks.ask_for_night(by=by_hand())
    assert at(NOON)
    job = Job.objects.get()
    assert job.state == "failed" and "不在岗" in job.words


def test_a_night_that_breaks_is_failed_and_the_worker_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**_: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(tasks, "run_night", broken)
    assert at(NOON) and not at(NOON)
    job = Job.objects.get()
    assert job.state == "failed" and job.reference in caplog.text
    assert not Run.objects.exists()


def test_a_database_that_does_not_answer_does_not_end_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(**_: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(worker, "one_round", unreachable)
    monkeypatch.setattr(worker.connections, "close_all", lambda: None)
    assert worker._round_or_trouble("test") == worker.TROUBLE


def test_a_city_that_is_still_empty_has_its_night_too() -> None:
    for model in (Certificate, Member, Household, Person):
        model.objects.all().delete()
    assert at(NOON)
    assert Job.objects.get().state == "done"
