"""A unit reports, says that a task is done, and a second person looks at the evidence and agrees or not (P6)."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.journal.actions import record
from tongxing.programme.actions.rows import check_not_ahead, said, signed
from tongxing.programme.catalogue import subject_of
from tongxing.programme.models import Confirmation, PlanTask, Report
from tongxing.programme.permission import check_confirm, check_report
from tongxing.programme.refusal import Overtaken, Refused

WAITING, CONFIRMED, REJECTED = Confirmation.State.WAITING, Confirmation.State.CONFIRMED, Confirmation.State.REJECTED


@transaction.atomic
def report(*, by: Actor | None, task: PlanTask, comment: str, blocker: str = "", as_of: date) -> Report:
    """How the task stands on a day. The same words for the same day again are the report we have."""
    actor, task = check_report(by, task), _locked(task)
    _check_not_done(task)
    check_not_ahead(as_of, "截止那天")
    comment = said(comment, "做了什么", 300)
    blocker = said(blocker, "卡在哪里", 200) if blocker.strip() else ""
    last = Report.objects.filter(task=task).order_by("-as_of_date", "-id").first()
    if last and (last.comment, last.blocker, last.as_of_date, last.by_user_id) == (
        comment,
        blocker,
        as_of,
        actor.user_id,
    ):
        return last
    if last and as_of < last.as_of_date:
        raise Refused(f"已经有截到 {last.as_of_date:%Y-%m-%d} 的进展。请写那天以后的。")
    made = Report.objects.create(task=task, comment=comment, blocker=blocker, as_of_date=as_of, **signed(actor))
    record(by=actor, verb="programme.reported", subject=subject_of(task), report=made.pk, blocked=bool(blocker))
    return made


@transaction.atomic
def claim_done(*, by: Actor | None, task: PlanTask, words: str, done_date: date) -> Confirmation:
    """The unit says that it is done. Without evidence nobody can check it, so it is refused."""
    actor, task = check_report(by, task), _locked(task)
    check_not_ahead(done_date, "做完那天")
    if waiting := _standing(task):
        if waiting.state == WAITING and waiting.by_user_id == actor.user_id:
            return waiting
        raise Refused(f"{waiting.by_label}已经报过完成，现在是“{waiting.get_state_display()}”。")
    if not task.evidence.exists():
        raise Refused("还没有凭据。请先交一张照片或一份 PDF，再报完成。")
    words = said(words, "做成了什么", 300)
    made = Confirmation.objects.create(task=task, words=words, done_date=done_date, **signed(actor))
    record(by=actor, verb="programme.claimed", subject=subject_of(task), claim=made.pk)
    return made


@transaction.atomic
def confirm_done(*, by: Actor | None, task: PlanTask, words: str = "") -> Confirmation:
    """The second person agrees: done. Pressed twice by the same person it is one confirmation."""
    return _answer(by, task, CONFIRMED, words)


@transaction.atomic
def reject_done(*, by: Actor | None, task: PlanTask, words: str) -> Confirmation:
    """The second person does not agree and says why; the task is in hand again."""
    return _answer(by, task, REJECTED, said(words, "为什么不核定", 300))


def _answer(by: Actor | None, task: PlanTask, state: str, words: str) -> Confirmation:
    actor, task = check_confirm(by, task), _locked(task)
    claim = Confirmation.objects.filter(task=task).order_by("-id").first()
    if claim is None:
        raise Refused("还没有人报完成，没有可核定的。")
    if claim.state == state and claim.second_user_id == actor.user_id:
        return claim
    if claim.state != WAITING:
        raise Refused(f"{claim.second_label}已经办过：{claim.get_state_display()}。")
    _check_second(actor, task, claim)
    claim.state, claim.second_words = state, " ".join(words.split())[:300]
    claim.second_user_id, claim.second_label, claim.second_at = actor.user_id, actor.label[:80], timezone.now()
    claim.save(update_fields=["state", "second_words", "second_user_id", "second_label", "second_at"])
    prints = sorted(task.evidence.values_list("fingerprint", flat=True))
    verb = "programme.confirmed" if state == CONFIRMED else "programme.rejected"
    record(by=actor, verb=verb, subject=subject_of(task), claim=claim.pk, evidence=prints)
    return claim


def _check_second(actor: Actor, task: PlanTask, claim: Confirmation) -> None:
    """Whoever reported, handed in evidence or claimed is not the second person."""
    if actor.user_id == claim.by_user_id:
        raise PermissionDenied("完成是您报的，要由第二个人核定。")
    mine = {"by_user_id": actor.user_id}
    if task.reports.filter(**mine).exists() or task.evidence.filter(**mine).exists():
        raise PermissionDenied("这一项您报过进展或交过凭据，要由第二个人核定。")


@transaction.atomic
def postpone(*, by: Actor | None, task: PlanTask, due_date: date, words: str, seen: date | None = None) -> PlanTask:
    """The committee gives a later day and says why; the first day stays on the row.

    `seen` is the day that the writer had before them: Overtaken if another has given a different one since (D17).
    """
    actor, task = check_confirm(by, task), _locked(task)
    _check_not_done(task)
    if due_date == task.due_date:
        return task
    if seen is not None and seen != task.due_date:
        raise Overtaken(f"期限刚才别人改成了 {task.due_date:%Y-%m-%d}。请选留哪个。")
    if due_date < task.due_date:
        raise Refused("新的期限要比原来的晚。")
    words, before = said(words, "为什么延期", 200), task.due_date
    task.due_date = due_date
    task.save(update_fields=["due_date"])
    record(
        by=actor,
        verb="programme.postponed",
        subject=subject_of(task),
        before=before.isoformat(),
        until=due_date.isoformat(),
        words=words,
    )
    return task


def _locked(task: PlanTask) -> PlanTask:
    """The task as it stands, held until the transaction ends."""
    return PlanTask.objects.select_for_update().get(pk=task.pk)


def _standing(task: PlanTask) -> Confirmation | None:
    return Confirmation.objects.filter(task=task).exclude(state=REJECTED).first()


def _check_not_done(task: PlanTask) -> None:
    claim = _standing(task)
    if claim and claim.state == CONFIRMED:
        raise Refused(f"{claim.second_label}已经核定完成，不能再改。")
