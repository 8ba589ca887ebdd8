"""Making a report as work of a worker, behind the page."""

from __future__ import annotations

from django_tasks import task

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.evaluation import actions
from tongxing.evaluation.models import Evaluation
from tongxing.evaluation.refusal import Refused
from tongxing.jobs.actions import begin, carry_out
from tongxing.jobs.models import Job
from tongxing.jobs.queries import asker


@task()
def build_task(job_id: int) -> None:
    carry_out(job_id=job_id, work=_build, refusals=(Refused,))


def _build(job: Job) -> str:
    evaluation = Evaluation.objects.select_related("count__run").get(pk=int(job.subject.removeprefix("evaluation:")))
    actions.build(evaluation=evaluation, by=asker(job), is_public=job.key.endswith(":public"))
    return job.subject


def ask_for_build(*, evaluation: Evaluation, by: Actor, is_public: bool = False) -> Job:
    """The making that waits or runs already, else a new one."""
    check_may(by, Right.WRITE_EVALUATION)
    sort = "public" if is_public else "internal"
    title = f"生成{evaluation.get_kind_display()}报告"
    key = f"evaluation.build:{evaluation.pk}:{sort}"
    return begin(by=by, task=build_task, key=key, title=title, subject=f"evaluation:{evaluation.pk}")
