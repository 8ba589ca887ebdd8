"""Begins an evaluation and keeps what officers write into it."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.evaluation.models import Evaluation, Prose
from tongxing.evaluation.queries.evaluations import count_for
from tongxing.evaluation.queries.prose import newest
from tongxing.evaluation.refusal import Overtaken, Refused
from tongxing.journal.actions import record
from tongxing.lib.text import has_personal_number

LONGEST = 3000  # characters of one piece


@transaction.atomic
def begin(*, kind: str, from_date: date, until_date: date, by: Actor) -> Evaluation:
    """An evaluation of a period on the counting of its last day; the open one of the same period if there is one.

    Raises Refused for an impossible period, or if nothing was ever counted.
    """
    check_may(by, Right.WRITE_EVALUATION)
    if kind not in Evaluation.Kind.values:
        raise Refused("请选中期评估或终期评估。")
    if from_date >= until_date:
        raise Refused("开始的一天要早于结束的一天。请改日期。")
    count = count_for(until_date)
    if count is None:
        raise Refused("还没有数过指标。请先让系统核对一次，再写报告。")
    period = {"kind": kind, "from_date": from_date, "until_date": until_date, "state": Evaluation.State.DRAFTING}
    signed = {"count": count, "by_user_id": by.user_id, "by_label": by.label[:80], "at": timezone.now()}
    evaluation, is_new = Evaluation.objects.get_or_create(**period, defaults=signed)
    if is_new:
        record(by=by, verb="evaluation.begun", subject=f"evaluation:{evaluation.pk}", kind=kind, run=count.run_id)
    return evaluation


@transaction.atomic
def write(*, evaluation: Evaluation, slot: str, words: str, seen: int, by: Actor) -> Prose | None:
    """A new version of what the actor's unit says in one place. `seen`: the version that the writer had before them.

    The same words again change nothing. Raises Overtaken if the unit has a newer version, which is then shown beside
    the words that came too late; Refused for an approved report, too many words or somebody's number among them.
    """
    check_may(by, Right.WRITE_EVALUATION)
    now = Evaluation.objects.select_for_update().get(pk=evaluation.pk)
    words = words.replace("\r\n", "\n").strip()
    _check(now, words)
    unit, before = by.role_name, newest(now, slot, by.role_name)
    version = before.version if before else 0
    if (before.words if before else "") == words:
        return before
    if before is not None and seen != version:
        raise Overtaken(before)
    made = Prose.objects.create(
        evaluation=now,
        slot=slot,
        unit=unit,
        words=words,
        version=version + 1,
        by_user_id=by.user_id,
        by_label=by.label[:80],
        at=timezone.now(),
    )
    record(by=by, verb="evaluation.written", subject=f"evaluation:{now.pk}", slot=slot, version=made.version)
    return made


def _check(evaluation: Evaluation, words: str) -> None:
    if evaluation.state != Evaluation.State.DRAFTING:
        raise Refused("报告已经批准，不能再改。要改，请开一份新的评估。")
    if len(words) > LONGEST:
        raise Refused(f"写得太长：{len(words):,} 个字，最多 {LONGEST:,} 个。请写短一点。")
    if has_personal_number(words):
        raise Refused("这里像有身份证号或手机号。报告里不写个人的号码，请删掉。")
