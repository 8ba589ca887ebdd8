"""Keeping back what was paid too much, in small parts; and forgiving it, for which two people are needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.payments.keeping import kept_by
from tongxing.payments.models import Recovery
from tongxing.payments.refusal import Refused
from tongxing.registry.models import Person
from tongxing.registry.queries import person_for


@dataclass(frozen=True)
class Instalments:
    """So much in all, so much a month from a month on, and what is left to the person in any case."""

    total_fen: int
    monthly_fen: int
    floor_fen: int
    from_month: date


@transaction.atomic
def recover(*, by: Actor | None, person: Person, policy: str, plan: Instalments, reason: str) -> Recovery:
    """Agreed with the person. Raises PermissionDenied; Refused for a second plan, or one that leaves nothing."""
    actor = _check(by, person, Right.BUILD_PAYMENTS)
    if min(plan.total_fen, plan.monthly_fen, plan.floor_fen) <= 0:
        raise Refused("多发的钱、每月抵扣、每月留给本人的，都要大于 0。")
    if not reason.strip():
        raise Refused("请写一句为什么要抵扣，本人会看到。")
    if Recovery.objects.filter(person=person, policy=policy, state=Recovery.State.RUNNING).exists():
        raise Refused("这一项已经在按月抵扣，不能再加一个。")
    recovery = Recovery.objects.create(
        person=person,
        policy=policy,
        total_fen=plan.total_fen,
        monthly_fen=plan.monthly_fen,
        floor_fen=plan.floor_fen,
        from_month=plan.from_month.replace(day=1),
        reason=reason.strip()[:200],
        by_label=actor.label[:80],
        made_at=timezone.now(),
    )
    record(by=actor, verb="pay.recovery", subject=f"person:{person.pk}", policy=policy, fen=plan.total_fen)
    return recovery


@transaction.atomic
def ask_waiver(*, by: Actor | None, recovery: Recovery, reason: str) -> Recovery:
    """Asks to forgive the rest because of hardship. Nothing is forgiven until another person agrees."""
    recovery = _running(recovery)
    actor = _check(by, recovery.person, Right.BUILD_PAYMENTS)
    if not reason.strip():
        raise Refused("请写清楚难在哪里。")
    recovery.waived_reason = reason.strip()[:200]
    recovery.asked_by_id, recovery.asked_by_label = actor.user_id, actor.label[:80]
    recovery.save(update_fields=["waived_reason", "asked_by_id", "asked_by_label"])
    record(by=actor, verb="pay.waiver_asked", subject=f"person:{recovery.person_id}", recovery=recovery.pk)
    return recovery


@transaction.atomic
def agree_waiver(*, by: Actor | None, recovery: Recovery) -> Recovery:
    """The second person agrees: what no run has kept back yet is forgiven. Raises Refused for the one who asked."""
    recovery = _running(recovery)
    actor = _check(by, recovery.person, Right.APPROVE_PAYMENTS)
    if recovery.asked_by_id is None:
        raise Refused("还没有人提出免收。")
    if recovery.asked_by_id == actor.user_id:
        raise Refused("免收是您提出的，要由别人同意。")
    recovery.waived_fen = recovery.total_fen - kept_by([recovery.pk]).get(recovery.pk, 0)
    recovery.state = Recovery.State.WAIVED
    recovery.agreed_by_id, recovery.agreed_by_label = actor.user_id, actor.label[:80]
    recovery.save(update_fields=["waived_fen", "state", "agreed_by_id", "agreed_by_label"])
    fen = recovery.waived_fen
    record(by=actor, verb="pay.waived", subject=f"person:{recovery.person_id}", recovery=recovery.pk, fen=fen)
    return recovery


def _check(by: Actor | None, person: Person, right: Right) -> Actor:
    check_may(by, right)
    assert by is not None
    if person_for(by, person.pk) is None:
        raise PermissionDenied("这个人不归这个账号管。")
    return by


def _running(recovery: Recovery) -> Recovery:
    recovery = Recovery.objects.select_for_update().select_related("person").get(pk=recovery.pk)
    if recovery.state != Recovery.State.RUNNING:
        raise Refused(f"这个抵扣现在是“{recovery.get_state_display()}”，不用再办。")
    return recovery
