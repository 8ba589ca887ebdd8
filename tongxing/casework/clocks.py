"""Working-day clocks of tasks, and how long a step may be undone. The calendar is the pack's."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from tongxing.casework.refusal import Refused
from tongxing.content.instance import pack
from tongxing.lib.calendar import CalendarEnds, WorkCalendar

UNDO = timedelta(minutes=10)


def now() -> datetime:
    return timezone.now()


def today() -> date:
    return timezone.localdate(now())


def calendar() -> WorkCalendar:
    """Raises Refused if the pack has none: without it there is no due date."""
    known = pack(settings.PACK).calendar
    if known is None:
        raise Refused("规则包里没有工作日历，算不出期限。请管理员补上 calendar.yaml。")
    return WorkCalendar(known.holidays, known.workdays, known.ends)


def due(start: date, working_days: int) -> date:
    """The last day in time. Raises Refused beyond the calendar's end: nothing is guessed."""
    try:
        return calendar().add_workdays(start, working_days)
    except CalendarEnds as ends:
        raise Refused(str(ends)) from ends


def moved_on(due_date: date, paused: date, resumed: date) -> date:
    """The due date after a pause: later by the working days for which the clock stood."""
    try:
        known = calendar()
        return known.add_workdays(due_date, known.workdays_between(paused, resumed))
    except CalendarEnds as ends:
        raise Refused(str(ends)) from ends


def may_undo(done_at: datetime) -> bool:
    return now() - done_at <= UNDO


def told_at() -> datetime:
    """When the person may hear of a step that is taken now: it can no longer be undone then."""
    return now() + UNDO


def day_of(at: datetime) -> date:
    return timezone.localdate(at)


def last_month() -> date:
    """The first day of the month before this one."""
    return (today().replace(day=1) - timedelta(days=1)).replace(day=1)


def next_month() -> date:
    return (today().replace(day=1) + timedelta(days=32)).replace(day=1)


def months_between(first: date, last: date) -> int:
    """Whole calendar months from the first day's to the last day's, the last one left out."""
    return (last.year - first.year) * 12 + last.month - first.month
