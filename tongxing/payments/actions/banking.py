"""The bank's file out, and its answer in. What the bank says of a line is booked once (J19)."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.lib.files import read_table
from tongxing.lib.mistakes import BadFile
from tongxing.payments import papers
from tongxing.payments.actions.building import digest_of
from tongxing.payments.keeping import kept_by
from tongxing.payments.models import BankReply, Entry, Line, Payment, Recovery, Run
from tongxing.payments.refusal import Refused

BOOK = Entry.Book
READY = (Run.State.APPROVED, Run.State.SENT, Run.State.SETTLED)


@transaction.atomic
def bank_file(*, by: Actor | None, run: Run, form: str = "csv") -> bytes:
    """The file for the bank, 'csv' or 'xlsx'. The first time it books every line as sent; afterwards it is the same.

    Raises PermissionDenied, Refused before two people have approved.
    """
    check_may(by, Right.SEND_PAYMENTS)
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.state not in READY:
        raise Refused(f"{run} 的发放现在是“{run.get_state_display()}”，要两个人批准以后才能交银行。")
    if run.state == Run.State.APPROVED and digest_of(run) != run.digest:
        raise Refused("明细和批准时的指纹不一样，没有交银行。请退回重做，并告诉审计管理员。")
    lines = list(run.lines.exclude(state=Line.State.HELD).order_by("number"))
    canonical = papers.as_csv(run, lines)
    if run.state == Run.State.APPROVED:
        _send(run, lines, sha256(canonical).hexdigest())
    elif sha256(canonical).hexdigest() != run.file_hash:
        raise Refused("银行文件和第一次的指纹不一样，已停下。请告诉审计管理员。")
    content = canonical if form == "csv" else papers.as_xlsx(run, lines)
    record(by=by, verb="pay.file", subject=f"run:{run}", form=form, hash=sha256(content).hexdigest(), lines=len(lines))
    return content


def _send(run: Run, lines: list[Line], file_hash: str) -> None:
    book(run, [(line, BOOK.BUDGET, BOOK.SENT) for line in lines], 1)
    book(run, [(line, BOOK.BUDGET, BOOK.RECOVERED) for line in lines if line.kept_fen], 5)
    _finish_recoveries({line.recovery_id for line in lines if line.recovery_id})
    run.lines.filter(state=Line.State.PLANNED).update(state=Line.State.SENT)
    run.state, run.file_hash, run.sent_at = Run.State.SENT, file_hash, timezone.now()
    run.save(update_fields=["state", "file_hash", "sent_at"])


def _finish_recoveries(touched: set[int]) -> None:
    """Those of which nothing is left."""
    kept = kept_by(touched)
    for recovery in Recovery.objects.filter(pk__in=touched, state=Recovery.State.RUNNING):
        if kept.get(recovery.pk, 0) >= recovery.total_fen:
            Recovery.objects.filter(pk=recovery.pk).update(state=Recovery.State.DONE)


def book(run: Run, moves: list[tuple[Line, str, str]], stage: int) -> None:
    """Each move takes a line's amount out of one book and puts it into another: two entries that cancel out.

    Into RECOVERED goes what the line keeps back, else what it sends.
    """
    now, entries = timezone.now(), []
    for line, out_of, into in moves:
        fen = line.kept_fen if into == BOOK.RECOVERED else line.amount_fen
        same = {"movement": line.pk * 10 + stage, "payment_id": line.payment_id, "run": run, "at": now}
        entries += [
            Entry(book=out_of, amount_fen=-fen, **same),
            Entry(book=into, amount_fen=fen, **same),
        ]
    Entry.objects.bulk_create(entries, batch_size=2000)


@dataclass(frozen=True)
class Reply:
    """What a bank's answer said: how many were paid and returned, and whether we had it already."""

    paid: int
    returned: int
    known: bool


@transaction.atomic
def bank_returns(*, by: Actor | None, run: Run, name: str, content: bytes) -> Reply:
    """Takes in the bank's answer. Any row that is not ours, twice there, or of another amount refuses the whole file.

    Raises PermissionDenied, Refused with row and column.
    """
    check_may(by, Right.SEND_PAYMENTS)
    assert by is not None
    run = Run.objects.select_for_update().get(pk=run.pk)
    if run.state not in (Run.State.SENT, Run.State.SETTLED):
        raise Refused(f"{run} 的发放还没有交银行，不能收回单。")
    fingerprint = sha256(content).hexdigest()
    if earlier := run.replies.filter(file_hash=fingerprint).first():
        return Reply(earlier.paid, earlier.returned, known=True)
    answers = _answers(run, name, content)
    paid = [line for line, ok, _ in answers if ok]
    back = [(line, why) for line, ok, why in answers if not ok]
    _book_answers(run, paid, back)
    BankReply.objects.create(
        run=run, file_hash=fingerprint, paid=len(paid), returned=len(back), by_label=by.label[:80], at=timezone.now()
    )
    if not run.lines.filter(state=Line.State.SENT).exists():
        Run.objects.filter(pk=run.pk).update(state=Run.State.SETTLED)
    record(by=by, verb="pay.replied", subject=f"run:{run}", paid=len(paid), returned=len(back), hash=fingerprint)
    return Reply(len(paid), len(back), known=False)


def _answers(run: Run, name: str, content: bytes) -> list[tuple[Line, bool, str]]:
    try:
        sheet = read_table(content, name, expected=papers.REPLY)
    except BadFile as why:
        raise Refused(str(why)) from why
    ours = {papers.reference(run, line): line for line in run.lines.exclude(state=Line.State.HELD)}
    found, mistakes = papers.read_reply(sheet, ours)
    if mistakes:
        more = f"；还有 {len(mistakes) - 5} 处" if len(mistakes) > 5 else ""
        raise Refused("回单没有收，一行也没有记。" + "；".join(mistakes[:5]) + more + "。")
    if not found:
        raise Refused("回单里没有新的结果。")
    return found


def _book_answers(run: Run, paid: list[Line], back: list[tuple[Line, str]]) -> None:
    book(run, [(line, BOOK.SENT, BOOK.PAID) for line in paid], 2)
    book(run, [(line, BOOK.SENT, BOOK.BUDGET) for line, _ in back if line.state == Line.State.SENT], 3)
    late = [line for line, _ in back if line.state == Line.State.PAID]  # banks send back days after they said paid
    book(run, [(line, BOOK.PAID, BOOK.BUDGET) for line in late], 4)
    Payment.objects.filter(pk__in=[line.payment_id for line in late]).update(settled_at=None)
    Line.objects.filter(pk__in=[line.pk for line in paid]).update(state=Line.State.PAID)
    Payment.objects.filter(pk__in=[line.payment_id for line in paid]).update(settled_at=timezone.now())
    for line, why in back:
        line.state, line.why = Line.State.RETURNED, why[:80]
    Line.objects.bulk_update([line for line, _ in back], ["state", "why"], batch_size=500)
