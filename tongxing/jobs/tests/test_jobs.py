"""Long work: asked once, done once, how far it is, what went wrong, and what becomes of it when a worker dies."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.jobs import actions, queries
from tongxing.jobs.models import Job
from tongxing.journal.models import Entry
from tongxing.lib.progress import progress, step

pytestmark = pytest.mark.django_db


@task()
def nothing(job_id: int) -> None:
    """Stands in the queue; the tests carry the job out themselves."""


def officer(user_id: int = 7) -> Actor:
    return cast.an_officer("civil_affairs_county", cast.COUNTY, user_id)


def asked(key: str = "count", user_id: int = 7) -> Job:
    return actions.begin(by=officer(user_id), task=nothing, key=key, title="数一遍")


def later(seconds: float) -> datetime:
    return timezone.now() + timedelta(seconds=seconds)


def die_at_work(job: Job) -> Job:
    """As a killed worker leaves it: the job begun, its task claimed, nobody there."""
    DBTaskResult.objects.get(pk=job.task_id).claim("dead-worker")

    def killed(job: Job) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        actions.carry_out(job_id=job.pk, work=killed)
    job.refresh_from_db()
    return job


def test_two_clicks_are_one_job_with_one_task_and_one_entry() -> None:
    assert asked() == asked()
    assert Job.objects.count() == DBTaskResult.objects.count() == 1
    assert Entry.objects.filter(verb="job.asked").count() == 1


def test_a_done_job_says_what_came_of_it_and_the_same_work_may_be_asked_again() -> None:
    job = actions.carry_out(job_id=asked().pk, work=lambda job: "run:5")
    assert (job.state, job.subject, job.is_open) == ("done", "run:5", False)
    assert job.finished_at and asked() != job


def test_a_task_that_comes_twice_changes_nothing() -> None:
    job, times = asked(), []
    for _ in range(2):
        actions.carry_out(job_id=job.pk, work=lambda job: times.append(1) or "run:5")
    assert times == [1]


def test_a_beat_writes_how_far_the_work_is() -> None:
    seen: list[tuple[str, int, int]] = []

    def work(job: Job) -> str:
        for label in ("读", "核对"):
            with step(label):
                for item in progress(3, label):
                    if item == 2:
                        assert actions.beat(now=later(5))
                        job.refresh_from_db()
                        seen.append((job.words, job.done, job.total))
        return ""

    job = actions.carry_out(job_id=asked().pk, work=work)
    assert seen == [("读", 2, 3), ("核对", 2, 3)]
    assert not actions.beat(now=later(9)), "nobody works any more"
    assert job.words == ""


def test_a_refusal_is_told_in_its_own_words() -> None:
    def refuse(job: Job) -> str:
        raise PermissionDenied("这份名单不归这个账号管。")

    job = actions.carry_out(job_id=asked().pk, work=refuse)
    assert (job.state, job.words, job.reference) == ("failed", "这份名单不归这个账号管。", "")


def test_a_fault_is_a_sentence_with_a_reference_and_nothing_of_a_person(caplog: pytest.LogCaptureFixture) -> None:
    def break_down(job: Job) -> str:
        raise ValueError("陈桂兰 4599…")

    job = actions.carry_out(job_id=asked().pk, work=break_down)
    assert job.state == "failed" and len(job.reference) == 8
    assert job.reference in job.words and job.reference in caplog.text
    assert "陈桂兰" not in job.words


def test_a_failed_job_is_done_again_by_whoever_asked_and_by_nobody_else() -> None:
    job = actions.carry_out(job_id=asked().pk, work=lambda job: str(1 // 0))
    with pytest.raises(PermissionDenied):
        actions.again(by=officer(8), job=job)
    again = actions.again(by=officer(), job=job)
    assert (again.pk, again.state, again.words) == (job.pk, "waiting", "")
    assert queries.has_waiting_work()
    assert actions.again(by=officer(), job=again).state == "waiting", "a second click"
    assert actions.carry_out(job_id=job.pk, work=lambda job: "run:6").state == "done"


def test_the_job_of_a_killed_worker_waits_again_after_the_lease_and_not_before() -> None:
    job = die_at_work(asked())
    assert actions.take_up_lost(now=later(30)) == [] and not queries.has_waiting_work()
    assert actions.take_up_lost(now=later(61)) == [job]
    assert queries.has_waiting_work()
    assert actions.take_up_lost(now=later(200)) == [], "it stands in the queue now"
    assert actions.carry_out(job_id=job.pk, work=lambda job: "run:7").state == "done"


def test_a_worker_killed_between_the_queue_and_the_job_loses_nothing() -> None:
    job = asked()
    DBTaskResult.objects.get(pk=job.task_id).claim("dead-worker")
    assert actions.take_up_lost(now=later(61)) == [job] and queries.has_waiting_work()


def test_a_job_that_stood_long_in_the_queue_is_not_lost_the_moment_it_is_claimed() -> None:
    job = asked()
    Job.objects.filter(pk=job.pk).update(asked_at=later(-3600))
    DBTaskResult.objects.get(pk=job.task_id).claim("quick-worker")
    assert actions.take_up_lost(now=later(1)) == []


def test_a_worker_that_lost_its_lease_has_no_say() -> None:
    def slow(job: Job) -> str:
        assert actions.take_up_lost(now=later(61)) == [job]
        return "run:8"

    job = asked()
    DBTaskResult.objects.get(pk=job.task_id).claim("slow-worker")
    assert actions.carry_out(job_id=job.pk, work=slow).state == "waiting"


def test_a_job_that_kills_three_workers_is_given_up_with_a_sentence() -> None:
    job = asked()
    for time in range(1, 4):
        die_at_work(job)
        actions.take_up_lost(now=later(100 * time))
        job.refresh_from_db()
    assert job.state == "failed" and "3 次" in job.words
    assert actions.again(by=officer(), job=job).state == "waiting"


def test_one_sees_ones_own_jobs_and_the_administrator_all() -> None:
    mine, other = asked("a", 7), asked("b", 8)
    assert list(queries.jobs_for(officer(7))) == [mine]
    assert list(queries.jobs_for(cast.an_officer("system_admin", cast.CITY, 6))) == [other, mine]
    assert not queries.jobs_for(None).exists()
