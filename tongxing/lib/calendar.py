"""The working-day calendar: weekends, the year's holidays and the weekend days worked in exchange, all as data.

Holidays of a year are announced in the autumn before it. Beyond the last known day nothing is guessed.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from tongxing.lib.dates import spoken_date

SATURDAY = 5


class CalendarEnds(Exception):
    """The answer lies beyond the last day that the calendar knows."""

    def __init__(self, ends: date) -> None:
        super().__init__(f"工作日历只到{spoken_date(ends)}，请管理员补上后面的放假安排。")
        self.ends = ends


@dataclass(frozen=True)
class WorkCalendar:
    """`holidays` are days off (weekends need not be named), `workdays` are weekend days worked, `ends` is the last
    day known. ValueError if a day is both."""

    holidays: frozenset[date]
    workdays: frozenset[date]
    ends: date

    def __post_init__(self) -> None:
        if both := self.holidays & self.workdays:
            raise ValueError(f"{min(both)} is both a holiday and a workday")

    def is_workday(self, day: date) -> bool:
        """Raises CalendarEnds."""
        self._check(day)
        return day in self.workdays or (day.weekday() < SATURDAY and day not in self.holidays)

    def add_workdays(self, start: date, n: int) -> date:
        """The n-th workday after `start` (before it for n < 0); `start` itself does not count.

        For n = 0 it is `start`, or the next workday if `start` is none. Raises CalendarEnds.
        """
        self._check(start)
        before = self._count(start)
        if n > 0:
            return self._reaching(before + n, start)
        if n == 0:
            return start if self.is_workday(start) else self._reaching(before + 1, start)
        return self._reaching(before - self.is_workday(start) + n + 1, date.min)

    def workdays_between(self, start: date, end: date) -> int:
        """Workdays after `start` up to and with `end`; negative if `end` is earlier. Raises CalendarEnds."""
        self._check(max(start, end))
        return self._count(end) - self._count(start)

    def _check(self, day: date) -> None:
        if day > self.ends:
            raise CalendarEnds(self.ends)

    def _reaching(self, count: int, low: date) -> date:
        """The first day on which `count` workdays have passed."""
        if self._count(self.ends) < count:
            raise CalendarEnds(self.ends)
        first, last = low.toordinal(), self.ends.toordinal()
        while first < last:
            middle = (first + last) // 2
            if self._count(date.fromordinal(middle)) < count:
                first = middle + 1
            else:
                last = middle
        return date.fromordinal(first)

    def _count(self, day: date) -> int:
        """Workdays from 1 January of year 1, a Monday, up to and with `day`."""
        weeks, rest = divmod(day.toordinal(), 7)
        weekdays = weeks * 5 + min(rest, 5)
        return weekdays - bisect_right(self._off, day) + bisect_right(self._extra, day)

    @cached_property
    def _off(self) -> list[date]:
        return sorted(day for day in self.holidays if day.weekday() < SATURDAY)

    @cached_property
    def _extra(self) -> list[date]:
        return sorted(day for day in self.workdays if day.weekday() >= SATURDAY)
