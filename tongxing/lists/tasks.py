"""A long list is made behind the page; a short one is there when the page comes. And what follows a night."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django_tasks import task

from tongxing.accounts.access import Actor
from tongxing.jobs.actions import begin, carry_out
from tongxing.jobs.models import Job
from tongxing.lists import actions, queries
from tongxing.lists.models import Export
from tongxing.lists.refusal import Refused
from tongxing.policy.queries.runs import newest_run

MANY = 1_000  # rows above which nobody waits before a white page


@task()
def make_task(job_id: int) -> None:
    carry_out(job_id=job_id, work=_make, refusals=(Refused,))


def _make(job: Job) -> str:
    actions.make(export=Export.objects.get(pk=int(job.subject.removeprefix("export:"))))
    return job.subject


def ask(*, by: Actor | None, wish: actions.Wish) -> Export:
    """Raises what `actions.ask` and `actions.make` raise."""
    with transaction.atomic():
        return _made(by, actions.ask(by=by, wish=wish))


def decide(*, by: Actor | None, export: Export, is_granted: bool, words: str = "") -> Export:
    """Raises what `actions.decide` and `actions.make` raise."""
    with transaction.atomic():
        return _made(by, actions.decide(by=by, export=export, is_granted=is_granted, words=words))


def _made(by: Actor | None, export: Export) -> Export:
    if export.state != Export.State.MAKING:
        return export
    if export.count <= MANY:
        return actions.make(export=export)
    subject = f"export:{export.pk}"
    begin(by=by, task=make_task, key=f"lists.make:{export.pk}", title=f"做名单：{export.title}"[:120], subject=subject)
    return export


def after_night(*, now: datetime) -> None:
    """1 count what saved filters find since the newest evaluation  2 end the files whose week is over.

    Looks first and writes only where something is to be done: a worker calls it every two seconds.
    """
    run = newest_run()
    if run is not None and queries.not_counted(run).exists():
        actions.count_night(run=run)
    if queries.past_their_week(now).exists():
        actions.expire(now=now)
