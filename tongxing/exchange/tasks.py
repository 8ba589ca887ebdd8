"""Large lists as work of a worker: looked through and committed behind the page. Small ones are as quick as ever."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django_tasks import task

from tongxing.accounts.access import Actor
from tongxing.exchange import actions
from tongxing.exchange.lines import Refused
from tongxing.exchange.models import Batch
from tongxing.exchange.permission import check_may_send
from tongxing.exchange.scope import feed_of
from tongxing.jobs.actions import begin, carry_out
from tongxing.jobs.models import Job
from tongxing.jobs.queries import asker
from tongxing.lib.files import read_table

MANY = 5_000  # rows above which nobody waits before a white page


@task()
def preview_task(job_id: int) -> None:
    carry_out(job_id=job_id, work=_preview, refusals=(Refused,))


@task()
def commit_task(job_id: int) -> None:
    carry_out(job_id=job_id, work=_commit, refusals=(Refused,))


def _preview(job: Job) -> str:
    batch, by = _batch_of(job), asker(job)
    if batch.state != Batch.State.PREVIEWED:  # else a worker died after the work and before it could say so
        actions.look_through(by=by, batch=batch)
    return job.subject


def _commit(job: Job) -> str:
    batch, by = _batch_of(job), asker(job)
    if batch.state != Batch.State.COMMITTED:
        actions.commit(by=by, batch=batch, skip_bad=True)
    return job.subject


def _batch_of(job: Job) -> Batch:
    return Batch.objects.get(pk=int(job.subject.removeprefix("batch:")))


def take_in(
    *, by: Actor | None, feed: str, filename: str, content: bytes, as_of_date: date, division_code: str
) -> tuple[Batch, Job | None]:
    """The batch; with a job if it is large and only received yet. Raises what `upload` raises."""
    check_may_send(by, feed_of(feed), division_code)  # before anybody makes us read a file
    sent = {"by": by, "feed": feed, "filename": filename, "content": content}
    if len(read_table(content, filename).rows) <= MANY:
        return actions.upload(**sent, as_of_date=as_of_date, division_code=division_code), None
    with transaction.atomic():
        batch = actions.receive(**sent, as_of_date=as_of_date, division_code=division_code)
        return batch, _job(by, batch, "preview", "核对名单")


def commit_good_rows(*, by: Actor | None, batch: Batch) -> Job | None:
    """Committed when it returns, or the job that does it. Raises what `commit` raises."""
    if batch.counts["rows"] <= MANY:
        actions.commit(by=by, batch=batch, skip_bad=True)
        return None
    check_may_send(by, feed_of(batch.feed), batch.division_code)
    if batch.state != Batch.State.PREVIEWED:
        raise Refused(f"这一批现在是“{batch.get_state_display()}”，这一步做不了。")
    return _job(by, batch, "commit", "入库名单")


def _job(by: Actor | None, batch: Batch, what: str, words: str) -> Job:
    work = {"preview": preview_task, "commit": commit_task}[what]
    title = f"{words}：第 {batch.pk} 批{feed_of(batch.feed).name}"
    return begin(by=by, task=work, key=f"exchange.{what}:{batch.pk}", title=title, subject=f"batch:{batch.pk}")
