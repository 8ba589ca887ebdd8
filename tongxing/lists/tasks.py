"""A long list is made behind the page; a short one is there when the page comes."""

from __future__ import annotations

from django.db import transaction
from django_tasks import task

from tongxing.accounts.access import Actor
from tongxing.jobs.actions import begin, carry_out
from tongxing.jobs.models import Job
from tongxing.lists import actions
from tongxing.lists.models import Export
from tongxing.lists.refusal import Refused

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
