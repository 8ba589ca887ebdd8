from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongxing.lib.calendar import CalendarEnds, WorkCalendar

# New Year 2026 as announced: off from Thursday to Saturday, worked on Sunday 4 January.
NEW_YEAR = WorkCalendar(
    frozenset({date(2026, 1, 1), date(2026, 1, 2), date(2026, 1, 3)}), frozenset({date(2026, 1, 4)}), date(2026, 12, 31)
)
DAYS = st.dates(date(2006, 1, 1), date(2026, 12, 31))


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    days = st.frozensets(st.dates(date(2026, 1, 1), date(2026, 3, 31)), max_size=25)
    holidays = draw(days)
    return WorkCalendar(holidays, draw(days) - holidays, date(2026, 12, 31))


def slowly(calendar: WorkCalendar, start: date, n: int) -> date:
    step = timedelta(days=1 if n >= 0 else -1)
    day = start
    while n == 0 and not calendar.is_workday(day):
        day += step
    for _ in range(abs(n)):
        day += step
        while not calendar.is_workday(day):
            day += step
    return day


@given(calendars(), st.dates(date(2025, 12, 1), date(2026, 5, 1)), st.integers(-60, 60))
def test_adding_workdays_agrees_with_walking(calendar: WorkCalendar, start: date, n: int) -> None:
    assert calendar.add_workdays(start, n) == slowly(calendar, start, n)


@given(calendars(), DAYS, DAYS)
def test_counting_workdays_agrees_with_walking(calendar: WorkCalendar, start: date, end: date) -> None:
    first, last = sorted((start, end))
    days = [first + timedelta(days=n) for n in range(1, (last - first).days + 1)]
    count = sum(map(calendar.is_workday, days))
    assert calendar.workdays_between(start, end) == (count if start <= end else -count)


def test_the_new_year_of_2026() -> None:
    assert [NEW_YEAR.is_workday(date(2026, 1, day)) for day in range(1, 6)] == [False, False, False, True, True]
    assert NEW_YEAR.add_workdays(date(2025, 12, 31), 1) == date(2026, 1, 4)
    assert NEW_YEAR.add_workdays(date(2026, 1, 1), 0) == date(2026, 1, 4)
    assert NEW_YEAR.add_workdays(date(2026, 1, 5), -2) == date(2025, 12, 31)


def test_nothing_is_guessed_beyond_the_end() -> None:
    with pytest.raises(CalendarEnds, match=r"只到2026年12月31日，请管理员补上"):
        NEW_YEAR.add_workdays(date(2026, 12, 30), 2)
    with pytest.raises(CalendarEnds):
        NEW_YEAR.is_workday(date(2027, 1, 1))
    with pytest.raises(CalendarEnds):
        NEW_YEAR.workdays_between(date(2026, 12, 1), date(2027, 1, 1))
    assert NEW_YEAR.add_workdays(date(2026, 12, 30), 1) == date(2026, 12, 31)


def test_a_day_cannot_be_off_and_worked() -> None:
    with pytest.raises(ValueError, match="2026-01-01"):
        WorkCalendar(frozenset({date(2026, 1, 1)}), frozenset({date(2026, 1, 1)}), date(2026, 12, 31))
