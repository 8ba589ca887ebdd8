"""Numbers, money, days and places as a page says them. Unknown (None) is said, never shown as nothing or zero."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tongxing.lib import dates, money

UNKNOWN = "不知道"
WAN, YI = 1_000_000, 10_000_000_000  # fen
_ENDINGS = re.compile(
    r"(?<=..)(街道办事处|村民委员会|村委会|社区居委会|居民委员会|居委会|社区|街道|镇|乡|村|县|区|市)$"
)


def _said(value: Any, say: Callable[[Any], str]) -> str:
    """An undefined template variable is '' and stays so, as everywhere in Django."""
    return UNKNOWN if value is None else "" if value == "" else say(value)


def yuan(fen: int | None) -> str:
    """320000 → 3,200 元; jiao and fen only if there are any."""
    return _said(fen, money.spoken_yuan)


def wan_yuan(fen: int | None) -> str:
    """592700000 → 592.7 万元; below ten thousand yuan as `yuan`, from a hundred million in 亿元 with two decimals."""
    return _said(fen, _wan)


def _wan(fen: int) -> str:
    if abs(fen) < WAN:
        return money.spoken_yuan(fen)
    wan = _rounded(Decimal(fen) / WAN, "0.1")
    return f"{wan:,} 万元" if abs(wan) < 10_000 else f"{_rounded(Decimal(fen) / YI, '0.01'):,} 亿元"


def _rounded(value: Decimal, step: str) -> Decimal:
    return value.quantize(Decimal(step), ROUND_HALF_UP)


def count(number: int | None) -> str:
    """3773 → 3,773."""
    return _said(number, lambda n: f"{n:,}")


def percent(share: float | Decimal | None) -> str:
    """0.873 → 87.3%; all or nothing only if it is so: 0.9996 → 99.9%."""
    return _said(share, _percent)


def _percent(share: float | Decimal) -> str:
    value = Decimal(str(share)) * 100
    shown = _rounded(value, "0.1")
    if shown == 100 and value < 100:
        return "99.9%"
    if shown == 0 and value > 0:
        return "不到 0.1%"
    return f"{shown}%".replace(".0%", "%")


def spoken_date(day: date | None) -> str:
    """2026年1月3日."""
    return _said(day, dates.spoken_date)


def month(day: date | None) -> str:
    """2025年8月."""
    return _said(day, lambda d: f"{d.year}年{d.month}月")


def short_place(name: str) -> str:
    """东湖镇 → 东湖, for the narrow head of a table; at least two characters stay."""
    return _ENDINGS.sub("", name)
