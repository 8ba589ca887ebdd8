"""One row of a list in words, the same for the page and for the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings

from tongxing.accounts.access import Actor
from tongxing.content.instance import pack
from tongxing.lib.progress import progress
from tongxing.lists import words
from tongxing.organisation import queries as divisions
from tongxing.policy.models import Run
from tongxing.policy.queries import gaps

HIDDEN = "不在您的查看范围"
OPENED = {"id_number": "证件号码", "phone": "电话", "account": "收款账户", "address": "住址"}
AT_A_TIME = 1_000


def spoken_row(run: Run, wanted: gaps.Filter, row: gaps.Row, known: Mapping[str, str]) -> dict[str, Any]:
    """`known` are the names of all divisions."""
    how, then = ("", "联系单位") if row.employer else words.reach(row.person)
    return {
        "person": row.person,
        "name": row.employer or (row.person.name if row.person else HIDDEN),
        "employer": bool(row.employer),
        "age": row.age,
        "village": divisions.path_name(row.village_code, dict(known), wanted.prefix),
        "disability": "" if row.employer else words.disability(row.person),
        "policy": pack(settings.PACK).policies[row.policy].name,
        "reason": words.reason(row.policy, wanted.kind, row.reason, run.as_of_date),
        "since": row.since_date,
        "monthly_fen": row.monthly_fen,
        "missed_fen": row.missed_fen,
        "reach": how,
        "next": then,
    }


def all_rows(
    actor: Actor, run: Run, wanted: gaps.Filter, count: int, opened: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """Every row of a list of `count`, a thousand at a time; with `opened` fields in full, None where we have none."""
    known = divisions.names()
    for number in progress(-(-count // AT_A_TIME), "写名单"):
        for row in gaps.page(actor, run, wanted, number + 1, AT_A_TIME).rows:
            yield spoken_row(run, wanted, row, known) | {
                field: row.person.opened(field) if row.person else None for field in opened
            }


def key_of(name: str, village: str) -> str:
    """What tells a row from its neighbours on a sheet, for the order of rows."""
    return f"{name.strip()}|{village.strip()}"
