"""Months as their first day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone


def this_month() -> date:
    return timezone.localdate().replace(day=1)


def before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def after(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def between(first: date, last: date) -> Iterator[date]:
    """From the first to the last, both included."""
    while first <= last:
        yield first
        first = after(first)
