"""Days: reading them from lists, counting years and months, and saying them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tongxing.lib.mistakes import BadDate
from tongxing.lib.text import DASHES, normalise

CHINA = ZoneInfo("Asia/Shanghai")
EXAMPLE = "请写成 2026-01-03 这样。"
EXCEL_EPOCH = date(1899, 12, 30)  # day 0 for every serial after Excel's invented 29 February 1900
EXCEL_SERIALS = range(10_000, 73_051)  # 1927 to 2099; shorter numbers are more likely years or slips

_TIME = r"(?:[\sT]*(?:上午|下午)?\d{1,2}[:时点]\d{1,2}.*)?"
_WEEKDAY = r"(?:\s*(?:星期|周)[一二三四五六日天])?"
_YMD = re.compile(
    rf"(\d{{4}})\s*[-/.·年、 ]\s*(\d{{1,2}})\s*[-/.·月、 ]\s*(\d{{1,2}})\s*[日号]?{_WEEKDAY}{_TIME}", re.ASCII
)
_COMPACT = re.compile(rf"(\d{{4}})(\d{{2}})(\d{{2}}){_TIME}", re.ASCII)
_ONE_TO_TEN = "[一二三四五六七八九十]"
_CHINESE = re.compile(rf"([〇零○一二三四五六七八九]{{4}})年({_ONE_TO_TEN}{{1,2}})月({_ONE_TO_TEN}{{1,3}})[日号]?")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})", re.ASCII)
_TO_DASH = str.maketrans(dict.fromkeys(DASHES, "-"))
_DIGITS = {letter: digit for digit, letter in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


def parse_date(value: str | int | float | date) -> date:
    """A day from text in the usual notations, an Excel serial or a moment (read in China's time).

    Raises BadDate where two readings are possible: a year of two digits, a month without a day, 3/1/2026.
    """
    if isinstance(value, datetime):
        return (value.astimezone(CHINA) if value.tzinfo else value).date()
    if isinstance(value, date):
        return value
    text = (
        str(int(value))
        if isinstance(value, float) and value.is_integer()
        else normalise(str(value)).translate(_TO_DASH)
    )
    if re.fullmatch(r"\d{5}", text, re.ASCII) and int(text) in EXCEL_SERIALS:
        return EXCEL_EPOCH + timedelta(days=int(text))
    if _MOMENT.fullmatch(text):
        return _moment(text)
    if found := _YMD.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _CHINESE.fullmatch(text.replace(" ", "")):
        year = int("".join(str(_DIGITS[letter]) for letter in found[1]))
        return _day(year, _spoken_number(found[2]), _spoken_number(found[3]))
    raise BadDate(_mistake(text))


def _moment(text: str) -> date:
    try:
        return datetime.fromisoformat(text).astimezone(CHINA).date()
    except (ValueError, OverflowError):
        raise BadDate(f"没有这一天或这一刻。{EXAMPLE}") from None


def _day(year: int, month: int, day: int) -> date:
    if not 1 <= month <= 12:
        raise BadDate(f"没有 {month} 月。月份是 1 到 12，{EXAMPLE}")
    if not 1800 <= year <= 2199:
        raise BadDate(f"年份 {year} 不对。{EXAMPLE}")
    if not 1 <= day <= (last := monthrange(year, month)[1]):
        raise BadDate(f"{year} 年 {month} 月没有 {day} 日，最后一天是 {last} 日。请核对。")
    return date(year, month, day)


def _spoken_number(text: str) -> int:
    """'十二' → 12, '三十' → 30, '二一' is not a number: 0."""
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 * bool(ten) + (_DIGITS[ones] if ones else 0)


_REASONS = (
    (r"", "日期是空的。"),
    (r"\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}日?", "年份要写四位，只写两位分不清是哪个世纪。"),
    (r"\d{1,2}\s*[-/.]\s*\d{1,2}\s*[-/.]\s*\d{4}", "年份要写在前面，不然分不清哪个是月、哪个是日。"),
    (r"\d{4}\s*[-/.年]\s*\d{1,2}月?|\d{6}", "只有年和月，缺哪一日。"),
    (r"\d{4}年?", "只有年份，缺月和日。"),
    (r"\d{1,2}\s*[-/月]\s*\d{1,2}日?", "缺年份。"),
)


def _mistake(text: str) -> str:
    for pattern, reason in _REASONS:
        if re.fullmatch(pattern, text, re.ASCII):
            return reason + EXAMPLE
    return "认不出这个日期。" + EXAMPLE


def full_years(birth: date, on: date) -> int:
    """Full years passed; born on 29 February comes of age on 1 March; negative (floor) for a day before `birth`."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def full_months(start: date, on: date) -> int:
    """Full months passed, by the same rule: from 31 January the first is full on 1 March."""
    return (on.year - start.year) * 12 + on.month - start.month - (on.day < start.day)


def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day: 31 January + 1 → 28 or 29 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def spoken_date(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
