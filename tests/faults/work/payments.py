"""A month's payments: built, built again, approved twice, sent to the bank, answered; the next month follows."""

from __future__ import annotations

import csv
import io
import random
from collections import Counter as Count
from datetime import date
from typing import Any

from django.db.models import Count as CountOf
from django.db.models import Sum
from django.utils import timezone

from tests.faults.work.common import Say, attempt, hire, journal_is_broken, officer, read_the_pack
from tongxing.journal.models import Entry as Journal
from tongxing.payments import actions, months, papers
from tongxing.payments.actions.building import digest_of
from tongxing.payments.models import Approval, BankReply, Entry, Line, Payment, Run
from tongxing.payments.refusal import Refused

MOST = 3
BUILDER, FIRST, SECOND, BANKER = "civil_affairs_city", "federation_city", "finance_city", "finance_city"


def warm_up() -> None:
    read_the_pack()
    set_the_clock()


def set_the_clock() -> None:
    """Of payments alone, whose months would else run out after the next one."""
    months.this_month = lambda: date(2090, 1, 1)


def prepare() -> list[str]:
    """The demo city has paid a month already; ours follow it, so many that the clock is set far ahead."""
    return hire(2)


def work(say: Say, rng: random.Random) -> None:
    while True:
        run = Run.objects.first()
        verb, call = next_step(run, rng)
        attempt(say, verb, call, Refused)


def next_step(run: Run | None, rng: random.Random) -> tuple[str, Any]:
    """What the month waits for; sometimes it is built again, or sent back to the builder."""
    if run is None or run.state == Run.State.SETTLED:
        month = next_month()
        return "build", lambda: actions.build(by=officer(BUILDER), month=month)
    again = rng.random() < 0.25
    if run.state == Run.State.BUILT and again:
        return "build", lambda: actions.build(by=officer(BUILDER), month=run.month)
    if run.state == Run.State.CHECKED and again:
        return "reopen", lambda: actions.reopen(by=officer(FIRST), run=run, reason="再看一遍")
    steps = {
        Run.State.BUILT: ("approve", lambda: actions.approve(by=officer(FIRST), run=run)),
        Run.State.CHECKED: ("approve", lambda: actions.approve(by=officer(SECOND), run=run)),
        Run.State.APPROVED: ("bank_file", lambda: actions.bank_file(by=officer(BANKER, 2), run=run)),
    }
    if run.state in steps:
        return steps[Run.State(run.state)]
    content = answer(run, rng.random() < 0.5)
    return "bank_returns", lambda: actions.bank_returns(
        by=officer(BANKER, 2), run=run, name="回单.csv", content=content
    )


def next_month() -> date:
    newest = Run.objects.first()
    return months.after(newest.month) if newest else timezone.localdate().replace(day=1)


def answer(run: Run, half: bool) -> bytes:
    """The bank's answer for the lines under way: one in forty comes back; sometimes half of them wait."""
    lines = list(run.lines.filter(state=Line.State.SENT).order_by("number"))
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(papers.REPLY)
    for line in lines[: len(lines) // 2] if half and len(lines) > 20 else lines:
        bad = line.number % 40 == 0
        yuan = f"{line.amount_fen // 100}.{line.amount_fen % 100:02}"
        writer.writerow([papers.reference(run, line), yuan, "失败" if bad else "成功", "户名不符" if bad else ""])
    return out.getvalue().encode()


def wrong(acknowledged: list[dict[str, Any]], whole: bool) -> list[str]:
    return journal_is_broken(acknowledged, whole) + payments_are_broken()


def payments_are_broken() -> list[str]:
    return [*_ledger(), *_runs(), *_twice(), *_books()]


def _ledger() -> list[str]:
    """Each movement cancels out, and moves the amount of its line once."""
    sums = Entry.objects.values("movement").annotate(fen=Sum("amount_fen"), rows=CountOf("pk"))
    found = [f"movement {row['movement']}: {row}" for row in sums if row["fen"] != 0 or row["rows"] != 2]
    kept = {(e.movement, e.amount_fen) for e in Entry.objects.filter(amount_fen__gt=0)}
    expected = set()
    for key, amount, state in Line.objects.values_list("pk", "amount_fen", "state"):
        stages = {"sent": (1,), "paid": (1, 2), "returned": (1, 3)}.get(state, ())
        expected |= {(key * 10 + stage, amount) for stage in stages}
    return found + [f"ledger and lines disagree: {list(kept ^ expected)[:4]}"] * (kept != expected)


def _runs() -> list[str]:
    """Lines, sums, states, approvals and answers of each run say the same."""
    found = []
    for run in Run.objects.all():
        states = Count(run.lines.values_list("state", flat=True))
        after = {"sent", "paid", "returned"} if run.state in ("sent", "settled") else {"planned"}
        steps = {"built": 0, "checked": 1}.get(run.state, 2)
        alike = [
            set(states) - {"held"} <= after,
            run.state != "settled" or not states["sent"],
            run.lines.count() - states["held"] == run.payments,
            (run.lines.exclude(state="held").aggregate(fen=Sum("amount_fen"))["fen"] or 0) == run.total_fen,
            Approval.objects.filter(run=run, digest=run.digest).count() == steps == run.approvals.count(),
            run.state not in ("built", "checked") or digest_of(run) == run.digest,
            sum(run.replies.values_list("paid", flat=True)) == states["paid"],
            sum(run.replies.values_list("returned", flat=True)) == states["returned"],
        ]
        found += [f"run {run} is half done: {alike} {states}"] * (not all(alike))
    return found


def _twice() -> list[str]:
    same = Payment.objects.values("person", "policy", "month", "kind").annotate(n=CountOf("pk")).filter(n__gt=1)
    living = Line.objects.filter(state__in=("planned", "sent", "paid")).values("payment").annotate(n=CountOf("pk"))
    return [f"paid twice: {list(same)}"] * same.exists() + ["two living attempts"] * living.filter(n__gt=1).exists()


def _books() -> list[str]:
    """The journal tells of each answer and each file that was booked."""
    told = Count(Journal.objects.filter(verb="pay.replied").values_list("subject", flat=True))
    kept = Count(f"run:{reply.run}" for reply in BankReply.objects.select_related("run"))
    sent = {f"run:{run}" for run in Run.objects.filter(state__in=("sent", "settled"))}
    files = set(Journal.objects.filter(verb="pay.file").values_list("subject", flat=True))
    return ["answers and journal disagree"] * (told != kept) + ["files and journal disagree"] * (sent != files)
