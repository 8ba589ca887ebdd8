"""Ask for long work, carry it out in a worker, say how far it is, take it up again. Each step is its own transaction.

A worker may die at any instant: what it had not committed never happened, and after the lease its job waits again.
Whoever changes a job's state claims it by an update that must change exactly one row.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from tongxing.accounts.access import Actor
from tongxing.jobs import queries
from tongxing.jobs.models import OPEN, Job
from tongxing.journal.actions import record
from tongxing.lib.mistakes import BadValue
from tongxing.lib.progress import listening

logger = logging.getLogger(__name__)
ATTEMPTS = 3  # a job that kills its worker three times is not taken up a fourth time by itself


@transaction.atomic
def begin(*, by: Actor | None, task: Task[..., Any], key: str, title: str, subject: str = "") -> Job:
    """A waiting job with its task in the queue; the open one with the same key if there is one (two clicks, one job).

    Whether `by` may is checked by the feature whose work it is.
    """
    job, is_new = Job.objects.get_or_create(
        key=key,
        state__in=OPEN,
        defaults={
            "state": Job.State.WAITING,
            "title": title,
            "subject": subject,
            "by_user_id": by.user_id if by else None,
            "by_label": by.label[:80] if by else "系统",
            "asked_at": timezone.now(),
        },
    )
    if is_new:
        job.task_id = task.enqueue(job.pk).id
        job.save(update_fields=["task_id"])
        record(by=by, verb="job.asked", subject=f"job:{job.pk}", key=key)
    return job


def carry_out(*, job_id: int, work: Callable[[Job], str], refusals: tuple[type[Exception], ...] = ()) -> Job:
    """Does the work of a waiting job; what `work` returns is the subject that came of it.

    A job that is not waiting is left alone, so a task that comes twice changes nothing. `refusals` speak to people.
    """
    now = timezone.now()
    begun: dict[str, Any] = {"state": Job.State.RUNNING, "started_at": now, "beat_at": now}
    begun |= {"words": "", "done": 0, "total": 0, "attempts": F("attempts") + 1}
    claimed = Job.objects.filter(pk=job_id, state=Job.State.WAITING).update(**begun)
    job = Job.objects.get(pk=job_id)
    if claimed != 1:
        return job
    spoken: tuple[type[Exception], ...] = (BadValue, PermissionDenied, *refusals)
    try:
        with listening(sign.begin(job)):
            subject = work(job)
    except spoken as refusal:
        return _end(job, state=Job.State.FAILED, words=str(refusal)[:200])
    except Exception:
        return _fail(job)
    finally:
        sign.end()
    return _end(job, state=Job.State.DONE, subject=subject or job.subject, words="")


def _fail(job: Job) -> Job:
    """The sentence is for people, the traceback for the log; the reference joins the two."""
    reference = secrets.token_hex(4)
    logger.exception("job %s failed, reference %s", job.pk, reference)
    words = f"系统里出了错，什么都没有改。可以再做一次；还不行，把编号 {reference} 告诉管理员。"
    return _end(job, state=Job.State.FAILED, words=words, reference=reference)


def _end(job: Job, **fields: Any) -> Job:
    """Only the attempt that holds the lease ends the job; one that lost it on the way has no say."""
    mine = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)
    if mine.update(finished_at=timezone.now(), **fields) != 1:
        logger.warning("job %s was taken up by another worker meanwhile", job.pk)
    job.refresh_from_db()
    return job


@transaction.atomic
def again(*, by: Actor, job: Job) -> Job:
    """A failed job back into the queue. Raises PermissionDenied for somebody else's; an open one stays as it is."""
    if not queries.jobs_for(by).filter(pk=job.pk).exists():
        raise PermissionDenied("这项工作不归这个账号管。")
    same = queries.open_job(job.key)
    if same is None and _wait_again(job, Job.State.FAILED, attempts=0, words="", reference="", finished_at=None):
        record(by=by, verb="job.again", subject=f"job:{job.pk}", key=job.key)
    return same or job


def _wait_again(job: Job, state: str, **fields: Any) -> bool:
    mine = Job.objects.filter(pk=job.pk, state=state, attempts=job.attempts)
    if mine.update(state=Job.State.WAITING, beat_at=None, **fields) != 1:
        return False
    job.refresh_from_db()
    return DBTaskResult.objects.filter(pk__in=[job.task_id]).update(status="READY", finished_at=None) == 1


def take_up_lost(*, now: datetime) -> list[Job]:
    """Jobs whose worker died wait again, the third time they fail; those that moved."""
    return [job for job in queries.lost_jobs(now) if _take_up(job, now)]


@transaction.atomic
def _take_up(job: Job, now: datetime) -> bool:
    if job.attempts < ATTEMPTS:
        return _wait_again(job, job.state, asked_at=now)
    words = f"做了 {ATTEMPTS} 次都断了，没有再做。请告诉管理员，再按“再做一次”。"
    mine = Job.objects.filter(pk=job.pk, state=job.state, attempts=job.attempts)
    return mine.update(state=Job.State.FAILED, words=words, finished_at=now) == 1


@dataclass
class Sign:
    """How far the job of this process is. The work only sets it; a thread of the worker writes it down, so that it is
    seen (and the lease holds) also while the work is inside one long transaction."""

    job_id: int = 0
    attempt: int = 0
    words: str = ""
    done: int = 0
    total: int = 0

    def begin(self, job: Job) -> Callable[[str, int, int], None]:
        self.words, self.done, self.total = "", 0, 0
        self.job_id, self.attempt = job.pk, job.attempts
        return self.hear

    def hear(self, label: str, done: int, total: int) -> None:
        self.words, self.done, self.total = label, done, total

    def end(self) -> None:
        self.job_id = 0


sign = Sign()


def beat(*, now: datetime) -> bool:
    """Writes the sign of life with how far the work is; False if this process has no job, or no longer."""
    mine = Job.objects.filter(pk=sign.job_id, state=Job.State.RUNNING, attempts=sign.attempt)
    return mine.update(words=sign.words[:200], done=sign.done, total=sign.total, beat_at=now) == 1
