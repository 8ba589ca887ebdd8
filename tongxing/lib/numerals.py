"""Numbers as they are said in Chinese: amounts as a number, years and long numbers digit by digit."""

from __future__ import annotations

DIGITS = "零一二三四五六七八九"
LONG = 5  # a number of as many digits without a comma is a code


def aloud(figure: str) -> str:
    """'3,200' → 三千二百, '80.5' → 八十点五, '2026' → 二零二六, '12345' → 一二三四五.

    Four digits without a comma are a year, more are a code.
    """
    whole, _, rest = figure.partition(".")
    if "," not in whole and (len(whole) >= LONG or (len(whole) == LONG - 1 and whole[0] in "12") or whole[:1] == "0"):
        said = digit_by_digit(whole)
    else:
        said = in_words(int(whole.replace(",", "") or 0))
    return said + (f"点{digit_by_digit(rest)}" if rest else "")


def digit_by_digit(figure: str) -> str:
    return "".join(DIGITS[int(digit)] for digit in figure if digit.isdigit())


def in_words(number: int) -> str:
    """0 … 99,999,999: 10 → 十, 105 → 一百零五, 12000 → 一万二千. Raises ValueError beyond."""
    if not 0 <= number < 100_000_000:
        raise ValueError(f"{number} 太大，不会念")
    high, low = divmod(number, 10_000)
    if not high:
        said = _below_ten_thousand(low) or DIGITS[0]
    else:
        gap = "零" if 0 < low < 1000 else ""
        said = _below_ten_thousand(high) + "万" + gap + _below_ten_thousand(low)
    return said[1:] if said.startswith("一十") else said


def _below_ten_thousand(number: int) -> str:
    """'' for 0."""
    said, waiting = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            said += ("零" if waiting and said else "") + DIGITS[digit] + name
        waiting = not digit
    return said
