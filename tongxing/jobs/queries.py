"""Which jobs somebody may look at, and which ones a dead worker left behind."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tongxing.accounts.access import Actor, actor_as, may
from tongxing.accounts.rights import Right
from tongxing.jobs.models import OPEN, Job

LEASE = timedelta(seconds=60)  # so long without a sign of life, and another worker takes the job up


def jobs_for(actor: Actor | None) -> QuerySet[Job]:
    """One's own; all of them for whoever looks after the machine."""
    if actor is None:
        return Job.objects.none()
    return Job.objects.all() if may(actor, Right.RUN_NIGHTLY) else Job.objects.filter(by_user_id=actor.user_id)


def about(actor: Actor | None, subject: str) -> list[Job]:
    """What is under way or failed with this subject, of the jobs that this actor may look at."""
    return list(jobs_for(actor).filter(subject=subject, state__in=[*OPEN, Job.State.FAILED])[:3])


def open_ones(actor: Actor | None, key: str) -> list[Job]:
    """What waits or runs with a key that begins so, of the jobs that this actor may look at."""
    return list(jobs_for(actor).filter(key__startswith=key, state__in=OPEN)[:3])


def newest_about(subject: str) -> Job | None:
    """For a page whose subject the reader may see: how far the work on it is."""
    return Job.objects.filter(subject=subject).order_by("-pk").first()


def asker(job: Job) -> Actor | None:
    """Who asked, in the same post with the rights of today; None for the clock.

    Raises PermissionDenied for somebody who has left that post.
    """
    if job.by_user_id is None:
        return None
    actor = actor_as(job.by_user_id, job.by_label, timezone.localdate())
    if actor is None:
        raise PermissionDenied(f"{job.by_label}已经不在岗，这项工作没有做。请在岗的人再做一次。")
    return actor


def open_job(key: str) -> Job | None:
    return Job.objects.filter(key=key, state__in=OPEN).first()


def has_waiting_work() -> bool:
    return DBTaskResult.objects.ready().exists()


def lost_jobs(now: datetime) -> list[Job]:
    """Open, not in the queue, and no sign of life within the lease: the worker was killed somewhere on the way.

    django-tasks leaves the task of a killed worker at RUNNING for ever (its issue 46), hence a lease of our own.
    """
    jobs = {job.task_id: job for job in Job.objects.filter(state__in=OPEN) if job.task_id}
    tasks = DBTaskResult.objects.filter(pk__in=list(jobs)).values_list("pk", "status", "started_at")
    queued = {pk for pk, status, _ in tasks if status == "READY"}
    started = {pk: at for pk, _, at in tasks}
    return [
        job
        for pk, job in jobs.items()
        if pk not in queued and max(filter(None, (job.asked_at, job.beat_at, started.get(pk)))) < now - LEASE
    ]
