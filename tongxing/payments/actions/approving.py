"""Two people look at a run and approve it; from the first on its lines are frozen. The maker is never a checker."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.payments.actions.awards import owe_arrears
from tongxing.payments.actions.building import digest_of
from tongxing.payments.drafts import draft_of
from tongxing.payments.models import Approval, Run
from tongxing.payments.refusal import Refused

NEXT = {Run.State.BUILT: (1, Run.State.CHECKED), Run.State.CHECKED: (2, Run.State.APPROVED)}


@transaction.atomic
def approve(*, by: Actor | None, run: Run, seen_digest: str = "") -> Run:
    """The next of two approvals. `seen_digest` is that of the page that was looked at; built anew, it differs.

    Raises PermissionDenied; Refused for the builder, for a second approval by the same person, for an empty or changed
    run, and for one that is approved already.
    """
    check_may(by, Right.APPROVE_PAYMENTS)
    assert by is not None
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.state not in NEXT:
        raise Refused(f"{run} 的发放现在是“{run.get_state_display()}”，不用再批准。")
    if run.built_by_id == by.user_id:
        raise Refused("这一批是您做的，要由别人批准。")
    if run.approvals.filter(by_user_id=by.user_id).exists():
        raise Refused("您已经批准过一次，第二次要换一个人。")
    if not run.payments:
        raise Refused("这一批一笔也没有，不能批准。")
    if seen_digest and seen_digest != run.digest:
        raise Refused("您看过以后，这一批又重新做过。请再看一遍，再批准。")
    if digest_of(run) != run.digest:
        raise Refused("明细和做好时的指纹不一样，已停下。请重新做这一批，并告诉审计管理员。")
    step, state = NEXT[Run.State(run.state)]
    Approval.objects.create(
        run=run, step=step, by_user_id=by.user_id, by_label=by.label[:80], digest=run.digest, at=timezone.now()
    )
    run.state = state
    run.save(update_fields=["state"])
    if step == 1:
        _owe_what_came_since(run)
    record(by=by, verb="pay.approved", subject=f"run:{run}", step=step, digest=run.digest, fen=run.total_fen)
    return run


def _owe_what_came_since(run: Run) -> None:
    """Granted, raised or restored after the run was built: nobody looks at its month again, so the next one pays it."""
    for payment in draft_of(run.month).regular:
        owe_arrears(by=None, award=payment.award, from_month=run.month, to_month=run.month)


@transaction.atomic
def reopen(*, by: Actor | None, run: Run, reason: str) -> Run:
    """Back to the builder before anything was sent: the approvals stay in the journal, the run may be built anew."""
    check_may(by, Right.APPROVE_PAYMENTS)
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.state not in (Run.State.CHECKED, Run.State.APPROVED):
        raise Refused(f"{run} 的发放现在是“{run.get_state_display()}”，不能退回重做。")
    if not reason.strip():
        raise Refused("请写一句为什么退回。")
    run.approvals.all().delete()
    run.state = Run.State.BUILT
    run.save(update_fields=["state"])
    record(by=by, verb="pay.reopened", subject=f"run:{run}", reason=reason.strip()[:200])
    return run
