"""The slow, obvious judge of the months: what each person is owed by the rates as known, and what became of it.

Knows nothing of the database. A bill is an amount for a month; it is due, out at the bank, or paid.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tongxing.payments.refusal import Refused

SLOTS = ("regular", "first", "second")  # of a month: its own payment, arrears, and one correction
Bills = dict[tuple[date, str], "Bill"]


@dataclass
class Bill:
    fen: int
    state: str = "due"
    refused: str = ""  # the account from which the bank sent it back


@dataclass
class Span:
    """An award: from a month until a month, with each rate in the order in which it was told."""

    start: date
    until: date | None = None
    rates: list[tuple[date, int]] = field(default_factory=list)

    def covers(self, month: date) -> bool:
        return self.start <= month and (self.until is None or month < self.until)

    def lasts(self, month: date) -> bool:
        """Whether it pays in this month or later."""
        return self.until is None or (self.until > month and self.until != self.start)

    def rate(self, month: date) -> int:
        begun = [(since, order, fen) for order, (since, fen) in enumerate(self.rates) if since <= month]
        return max(begun)[2] if begun else 0


@dataclass
class Soul:
    """One person with their awards, bills and account ('' is none)."""

    account: str
    died: date | None = None  # the month
    spans: list[Span] = field(default_factory=list)
    bills: Bills = field(default_factory=dict)

    def due(self, month: date) -> int:
        if self.died is not None and self.died < month:
            return 0
        return sum(span.rate(month) for span in self.spans if span.covers(month))

    def owed(self, month: date) -> int:
        return sum(bill.fen for (when, _), bill in self.bills.items() if when == month)

    def owe(self, months: list[date]) -> None:
        """What is missing of each month; a third correction of one month is for a person to look at."""
        for month in months:
            missing = self.due(month) - self.owed(month)
            if missing > 0:
                free = [slot for slot in SLOTS[1:] if (month, slot) not in self.bills]
                if not free:
                    raise Refused("third")
                self.bills[month, free[0]] = Bill(missing)

    def draft(self, month: date) -> None:
        """The month's own bill, made anew."""
        self.bills.pop((month, "regular"), None)
        missing = self.due(month) - self.owed(month)
        if missing > 0:
            self.bills[month, "regular"] = Bill(missing)

    def attempts(self, month: date) -> Bills:
        """What the run of this month sends."""
        dead = self.died is not None and self.died < month
        due = {key: bill for key, bill in self.bills.items() if bill.state == "due"}
        if dead or not self.account:
            return {}
        return {key: bill for key, bill in due.items() if bill.refused != self.account}


def naive_difference(souls: list[Soul], month: date, before: date) -> tuple[int, int, int]:
    """(new, changed, stopped) of the months' own bills."""
    now = [soul.bills.get((month, "regular")) for soul in souls]
    last = [soul.bills.get((before, "regular")) for soul in souls]
    pairs = list(zip(last, now, strict=True))
    return (
        sum(a is None and b is not None for a, b in pairs),
        sum(a is not None and b is not None and a.fen != b.fen for a, b in pairs),
        sum(a is not None and b is None for a, b in pairs),
    )
