"""Two people under a build: first that it is right, then that it goes out."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.evaluation.models import Build, Evaluation, Signature
from tongxing.evaluation.queries.evaluations import NEEDED, content_of, newest_build
from tongxing.evaluation.queries.prose import last_written
from tongxing.evaluation.refusal import Refused
from tongxing.journal.actions import record

State = Evaluation.State
APPROVE, PUBLISH = Signature.Purpose.APPROVE, Signature.Purpose.PUBLISH
NEEDS = {APPROVE: Right.WRITE_EVALUATION, PUBLISH: Right.PUBLISH_FIGURES}
BEFORE = {APPROVE: State.DRAFTING, PUBLISH: State.APPROVED}
AFTER = {APPROVE: State.APPROVED, PUBLISH: State.PUBLISHED}


@transaction.atomic
def sign(*, build: Build, purpose: str, by: Actor) -> Evaluation:
    """One signature; the second one, by another person, moves the evaluation on.

    Raises Refused for the same person, for a build that is not the newest or misses what was written since, and for
    files that are not those that were made.
    """
    if purpose not in NEEDS:
        raise Refused("请选批准还是公布。")
    check_may(by, NEEDS[Signature.Purpose(purpose)])
    evaluation = Evaluation.objects.select_for_update().get(pk=build.evaluation_id)
    if evaluation.state == AFTER[Signature.Purpose(purpose)]:
        return evaluation
    _check(evaluation, build, purpose)
    signatures = Signature.objects.filter(build=build, purpose=purpose)
    if signatures.filter(by_user_id=by.user_id).exists():
        raise Refused("您已经签过了，要由另一个人来签第二次。")
    Signature.objects.create(
        build=build, purpose=purpose, by_user_id=by.user_id, by_label=by.label[:80], at=timezone.now()
    )
    record(by=by, verb=f"evaluation.{purpose}", subject=f"evaluation:{evaluation.pk}", build=build.number)
    if signatures.count() >= NEEDED:
        evaluation.state = AFTER[Signature.Purpose(purpose)]
        evaluation.save(update_fields=["state"])
        record(by=by, verb=f"evaluation.{evaluation.state}", subject=f"evaluation:{evaluation.pk}", files=build.files)
    return evaluation


def _check(evaluation: Evaluation, build: Build, purpose: str) -> None:
    if evaluation.state != BEFORE[Signature.Purpose(purpose)]:
        raise Refused("报告现在走不到这一步。请先看它的状态。")
    is_public = purpose == PUBLISH
    newest = newest_build(evaluation, is_public=is_public)
    if newest is None or newest.pk != build.pk:
        raise Refused("已经有更新的一稿。请看过新的一稿再签。")
    if purpose == APPROVE and build.prose_until != last_written(evaluation):
        raise Refused("这一稿之后又有人写了。请重新生成，看过再签。")
    if any(content_of(build, name) is None for name in build.files):
        raise Refused("文件和做的时候不一样了，不能签。请重新生成，并告诉系统管理员。")
