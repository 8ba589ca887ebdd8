"""The night as work of a worker: because somebody asked, or because it is time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.jobs.actions import begin, carry_out
from tongxing.jobs.models import Job
from tongxing.jobs.queries import asker
from tongxing.journal.anchors import anchor
from tongxing.lib.place import PackErrors
from tongxing.lib.progress import step
from tongxing.policy.actions import claim_night, run_night
from tongxing.policy.models import Run
from tongxing.reviews.actions.changes import Followed, follow_up

KEY = "policy.night"


@task()
def run_night_task(job_id: int) -> None:
    carry_out(job_id=job_id, work=_night, refusals=(PackErrors,))


def _night(job: Job) -> str:
    run, _ = whole_night(as_of=timezone.localdate(), by=asker(job))
    return f"run:{run.pk}"


def whole_night(*, as_of: date, by: Actor | None = None) -> tuple[Run, Followed]:
    """1 evaluate every policy  2 follow up what is in payment  3 anchor the journal  4 what upper features make of the
    run (settings.AFTER_NIGHT). Also `tongxing nightly`."""
    run = run_night(as_of=as_of, by=by)
    with step("跟进在发的待遇"):
        followed = follow_up(run=run)
    anchor()
    for path in settings.AFTER_NIGHT:
        import_string(path)(run=run, by=by)
    return run, followed


def ask_for_night(*, by: Actor | None) -> Job:
    """The evaluation that waits or runs already, else a new one."""
    check_may(by, Right.RUN_NIGHTLY)
    return _begin(by)


def _begin(by: Actor | None) -> Job:
    return begin(by=by, task=run_night_task, key=KEY, title="核对全部政策")


def begin_due_night(*, now: datetime) -> Job | None:
    """The job of the last night that was due, if nobody began it and nothing was evaluated since.

    A machine that slept through several nights catches up one: each evaluation takes the facts as they are now.
    """
    due = last_due(timezone.localtime(now), settings.NIGHT_AT)
    if due is None or Run.objects.filter(finished_at__gte=due).exists():
        return None
    with transaction.atomic():  # the claim and the job: both or neither
        return _begin(None) if claim_night(due=due.date(), now=now) else None


def last_due(now: datetime, at: time | None) -> datetime | None:
    """The last moment when a night was to begin, today's or yesterday's; None without a schedule."""
    if at is None:
        return None
    today = now.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return today if today <= now else today - timedelta(days=1)
