"""The two subsidies as we would have taken them over: an award for everybody on the list, and a settled last month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from django.conf import settings

from tongxing.accounts.access import Actor, actor_of
from tongxing.accounts.models import Post
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack as instance
from tongxing.demo.persons import Register
from tongxing.demo.tables import household_table, person_table
from tongxing.demo.world import World
from tongxing.payments import actions, papers
from tongxing.payments.models import Run
from tongxing.payments.months import before
from tongxing.rules.planes import evaluate
from tongxing.rules.tree import Program

SENT_BACK = 400  # of so many lines the bank sends one back
REASONS = ("账号已销户", "户名和账号不符")


def take_over(world: World, register: Register, program: Program, policies: Sequence[str]) -> int:
    """Awards of everybody who receives one of these person policies; how many."""
    known = [name for name in policies if name in program.policies]
    if not known:
        return 0
    evaluation = evaluate(program, person_table(world, program), household_table(world, program), asks=False)
    rows = []
    for name in known:
        gets = world.person[program.policies[name].receipt].values
        fen, sure = evaluation.amount(name)
        usual = int(np.median(fen[gets & sure])) if (gets & sure).any() else 0
        amounts = np.where(sure & (fen > 0), fen, usual)
        at = np.flatnonzero(gets)
        month = before(before(world.today.replace(day=1)))
        rows += [actions.Taken(int(register.ids[i]), int(register.ids[i]), name, int(amounts[i]), month) for i in at]
    return actions.take_over(by=None, rows=rows)


def settle_last_month(today: date) -> Run | None:
    """Last month's run, built, approved by two of the demo's officers, sent, and answered by the bank."""
    checkers, sender = _may(Right.APPROVE_PAYMENTS, today), _may(Right.SEND_PAYMENTS, today)
    if len(checkers) < 2 or not sender:
        return None
    run = actions.build(month=before(today.replace(day=1)))
    if not run.payments:
        return run
    for by in checkers[:2]:
        run = actions.approve(by=by, run=run)
    actions.bank_file(by=sender[0], run=run)
    actions.bank_returns(by=sender[0], run=run, name="回单.csv", content=_reply(run))
    run.refresh_from_db()
    return run


def _may(right: Right, today: date) -> list[Actor]:
    """Demo users with this right, those of different users only."""
    roles = [role.id for role in instance(settings.PACK).roles.values() if right in role.rights]
    posts = Post.objects.filter(role__in=roles, from_date__lte=today).select_related("user").order_by("pk")
    return list({post.user_id: actor_of(post) for post in posts}.values())


def _reply(run: Run) -> bytes:
    """The bank's answer: nearly all paid."""
    lines = [",".join(papers.REPLY)]
    for number, line in enumerate(run.lines.filter(state="sent").defer("account_sealed"), 1):
        back = number % SENT_BACK == 0
        yuan = f"{line.amount_fen // 100}.{line.amount_fen % 100:02d}"
        said = f"失败,{REASONS[number // SENT_BACK % 2]}" if back else "成功,"
        lines.append(f"{papers.reference(run, line)},{yuan},{said}")
    return "\r\n".join(lines).encode()
