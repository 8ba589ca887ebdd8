"""A large month is built behind the page; a small one is there when the page comes. The command builds it itself."""

from __future__ import annotations

from datetime import date

from django_tasks import task

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.jobs.actions import begin, carry_out
from tongxing.jobs.models import Job
from tongxing.jobs.queries import asker
from tongxing.payments import actions, queries
from tongxing.payments.models import Run
from tongxing.payments.refusal import Refused

MANY = 5_000  # awards above which nobody waits before a white page


@task()
def build_task(job_id: int) -> None:
    carry_out(job_id=job_id, work=_build, refusals=(Refused,))


def _build(job: Job) -> str:
    month = date.fromisoformat(job.subject.removeprefix("payrun:") + "-01")
    run = actions.build(month=month, by=asker(job))
    return f"payrun:{run.month:%Y-%m}"


def build(*, month: date, by: Actor | None) -> Run | Job:
    """The run, or the job that builds it: pressed twice it is one job. Raises what `actions.build` raises."""
    check_may(by, Right.BUILD_PAYMENTS)
    actions.check_month(month.replace(day=1))
    if queries.awards_in(month) <= MANY:
        return actions.build(month=month, by=by)
    subject = f"payrun:{month:%Y-%m}"
    title = f"做 {month.year}年{month.month}月的发放"
    return begin(by=by, task=build_task, key=f"pay.build:{month:%Y-%m}", title=title, subject=subject)
