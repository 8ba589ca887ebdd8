"""What every verb asks of what was typed, and the names that it leaves on a row."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.programme.refusal import Refused


class Signed(TypedDict):
    by_user_id: int
    by_label: str
    at: datetime


def signed(by: Actor) -> Signed:
    return {"by_user_id": by.user_id, "by_label": by.label[:80], "at": timezone.now()}


def said(words: str, what: str, most: int) -> str:
    """The words without the white around them. Raises Refused if there are none or too many."""
    words = " ".join(words.split())
    if not words:
        raise Refused(f"请写一句：{what}。")
    if len(words) > most:
        raise Refused(f"“{what}”写了 {len(words)} 个字，最多 {most} 个。请写短一点。")
    return words


def check_not_ahead(day: date, what: str) -> None:
    if day > timezone.localdate():
        raise Refused(f"{what}还没到。请写今天或以前的日子。")


def check_amount(fen: int) -> None:
    """Below a hundred thousand million yuan, so that every sum stays exact in every column."""
    if not 0 < fen < 10**13:
        raise Refused("金额要大于 0，也不会这么大。请核对单位是元。")
