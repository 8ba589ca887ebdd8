"""Nobody decides about somebody under guardianship before that person was heard, or it is written why not (S29)."""

from __future__ import annotations

from tongxing.accounts.access import Actor
from tongxing.casework import clocks
from tongxing.casework.models import Case
from tongxing.casework.refusal import Refused
from tongxing.residents.voices import is_asked, is_heard, speaks_themselves


def is_to_hear(case: Case) -> bool:
    """Whether their own view is asked for, and nothing of it stands in this case yet."""
    return is_asked(case.person, clocks.today()) and not is_heard(case.number)


def check_heard(case: Case) -> None:
    if is_to_hear(case):
        raise Refused("请先记下本人自己怎么说。没有问到，也写一句为什么。")


def may_follow(by: Actor, case: Case) -> bool:
    """Whether a yes may have its outcome at once: somebody else's yes is not yet the word of the person."""
    return speaks_themselves(by, case.person) or not is_to_hear(case)
