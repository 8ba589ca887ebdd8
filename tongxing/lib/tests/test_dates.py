# ruff: noqa: RUF001 (full width and look-alikes are its subject)
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongxing.lib.dates import CHINA, add_months, full_months, full_years, parse_date, spoken_date
from tongxing.lib.mistakes import BadDate

DAY = date(2026, 1, 3)
DAYS = st.dates(date(1900, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    "typed",
    [
        *("2026-1-3", "2026-01-03", "2026/01/03", "2026/1/3", "2026.1.3", "2026．01．03", "20260103", "2026年1月3日"),
        *(
            "2026年01月03号",
            "2026 年 1 月 3 日",
            "2026、1、3",
            "2026 1 3",
            "２０２６－１－３",
            "2026—1—3",
            "　2026-1-3 ",
        ),
        *("2026-01-03 00:00:00", "2026-01-03T08:30", "2026-1-3 8:30", "2026/1/3 上午8:30", "2026年1月3日 星期六"),
        *("二〇二六年一月三日", "二零二六年一月三日", "20260103 08:00", "46025", 46025, 46025.0, 20260103),
        *("2026-01-02T16:00:00Z", "2026-01-03T00:00:00+08:00", datetime(2026, 1, 2, 16, tzinfo=UTC)),
        *(datetime(2026, 1, 3, 23, 59), DAY),
    ],
)
def test_a_day_is_read_in_every_usual_notation(typed: str | int | float | date) -> None:
    assert parse_date(typed) == DAY


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("26-1-3", "年份要写四位"),
        ("26年1月3日", "年份要写四位"),
        ("3/1/2026", "年份要写在前面"),
        ("2026年1月", "缺哪一日"),
        ("202601", "缺哪一日"),
        ("2026", "缺月和日"),
        (2026, "缺月和日"),
        ("1月3日", "缺年份"),
        ("", "空的"),
        ("2026-2-30", "没有 30 日，最后一天是 28 日"),
        ("2026-13-1", "没有 13 月"),
        ("2026-0-1", "没有 0 月"),
        ("0026-1-1", "年份 26"),
        ("二〇二六年二一月一日", "没有 0 月"),
        ("2026-02-30T10:00:00Z", "没有这一天"),
        ("长期", "认不出"),
        (1.5, "认不出"),
        (123, "认不出"),
    ],
)
def test_what_is_no_certain_day_is_refused_with_the_reason(typed: str | int | float, words: str) -> None:
    with pytest.raises(BadDate, match=words):
        parse_date(typed)


@given(DAYS)
def test_a_day_said_is_read_back(day: date) -> None:
    assert parse_date(spoken_date(day)) == day == parse_date(f"{day:%Y%m%d}")


@given(st.text(alphabet="0123456789-/.年月日号 T:Z+〇一二十", max_size=20))
def test_any_text_is_a_day_or_a_clear_refusal(text: str) -> None:
    try:
        parse_date(text)
    except BadDate as wrong:
        assert "请" in str(wrong)


def test_a_moment_belongs_to_the_day_in_china() -> None:
    assert parse_date(datetime(2026, 1, 2, 23, 59, tzinfo=CHINA)) == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("birth", "on", "years"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2026, 1, 4), date(2026, 1, 3), -1),
        (date(2025, 12, 31), date(2026, 1, 1), 0),
    ],
)
def test_full_years_pass_on_the_birthday(birth: date, on: date, years: int) -> None:
    assert full_years(birth, on) == years


@given(DAYS, DAYS)
def test_years_and_months_agree_with_counting_birthdays(birth: date, on: date) -> None:
    assert full_years(birth, on) == full_months(birth, on) // 12
    months = full_months(birth, on)
    year, month = divmod(birth.year * 12 + birth.month - 1 + months, 12)
    assert (year, month + 1, birth.day) <= (on.year, on.month, on.day)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(day: date, months: int, then: date) -> None:
    assert add_months(day, months) == then


def test_twenty_years_of_days_move_by_months_in_order() -> None:
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(7305)]
    for months in (1, 6, 12):
        moved = [add_months(day, months) for day in days]
        assert moved == sorted(moved)
        assert all((m.year - d.year) * 12 + m.month - d.month == months for d, m in zip(days, moved, strict=True))
