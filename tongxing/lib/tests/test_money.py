# ruff: noqa: RUF001 (full width and look-alikes are its subject)
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongxing.lib.mistakes import BadMoney
from tongxing.lib.money import parse_yuan, share, spoken_yuan, yuan

FEN = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1,234.5", 123450),
        ("１，２３４．５０", 123450),
        ("￥12.3元", 1230),
        ("人民币800元整", 80000),
        ("1.2万元", 1200000),
        ("3万5千", 3500000),
        ("1亿2000万", 12_000_000_000),
        ("12,3456", 12345600),
        ("1.200", 120),
        ("1.234567万", 1234567),
        ("-5", -500),
        ("－５", -500),
        ("三千二百元五角", 320050),
        ("壹仟贰佰叁拾肆元伍角陆分", 123456),
        ("一百零五元零三分", 10503),
        ("一万零五百", 1050000),
        ("一亿零三百万", 10_300_000_000),
        ("壹佰万元整", 100_000_000),
        ("十五", 1500),
        ("三千零二十", 302000),
        ("五角", 50),
        ("零", 0),
        (80, 8000),
        (0.1 + 0.2, 30),
    ],
)
def test_amounts_are_read_exactly(text: str | int | float, fen: int) -> None:
    assert parse_yuan(text) == fen


@pytest.mark.parametrize(
    "text",
    [
        *("", "-", "无", "元", "亿", "abc", "800左右", "80-100", "1.5.2", "1,23", "1.234", "1.23456789万", "1e5", "٣"),
        *("一万二", "两百五", "3万5", "1.2万3", "廿", "1000000000000", 1e30, float("nan"), float("inf"), 1.234),
    ],
)
def test_what_is_no_certain_amount_is_refused_with_a_way_out(text: str | float) -> None:
    with pytest.raises(BadMoney, match=r"请|就写 0"):
        parse_yuan(text)


@given(FEN)
def test_every_amount_written_is_read_back(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == fen == parse_yuan(spoken_yuan(fen))


@given(st.integers(0, 10**11))
def test_ten_thousands_lose_no_fen(fen: int) -> None:
    assert parse_yuan(f"{Decimal(fen) / 1_000_000:f}万元") == fen


def spoken(number: int) -> str:
    """A slow speller of Chinese numbers below 10^12, as banks write them."""
    digits, units = "零壹贰叁肆伍陆柒捌玖", ["", "拾", "佰", "仟"]
    sections, text = ["", "万", "亿"], ""
    for power in (2, 1, 0):
        section, said = number // 10_000**power % 10_000, ""
        if not section:
            continue
        for place in (3, 2, 1, 0):
            digit = section // 10**place % 10
            said += digits[digit] + units[place] if digit else ("零" if said and not said.endswith("零") else "")
        gap = "零" if text and section < 1000 else ""
        text += gap + said.rstrip("零") + sections[power]
    return text or "零"


@given(st.integers(0, 10**11), st.integers(0, 9), st.integers(0, 9))
def test_bank_capitals_are_read(whole: int, jiao: int, fen: int) -> None:
    digits = "零壹贰叁肆伍陆柒捌玖"
    text = spoken(whole) + "元" + f"{digits[jiao]}角{digits[fen]}分"
    assert parse_yuan(text) == whole * 100 + jiao * 10 + fen


@given(st.text(alphabet="0123456789.,万亿千元角分零一二十百负-", max_size=14))
def test_any_text_is_an_amount_or_a_clear_refusal(text: str) -> None:
    try:
        assert isinstance(parse_yuan(text), int)
    except BadMoney as wrong:
        assert str(wrong)


def test_amounts_are_said_without_idle_zeros() -> None:
    assert (spoken_yuan(8000), spoken_yuan(320050), yuan(-5)) == ("80 元", "3,200.50 元", "-0.05")


@given(FEN, st.integers(-1000, 1000), st.integers(1, 1000))
def test_a_share_is_the_nearest_fen_and_halves_go_away_from_zero(fen: int, n: int, d: int) -> None:
    exact, part = Fraction(fen * n, d), share(fen, n, d)
    assert abs(exact - part) <= Fraction(1, 2)
    if abs(exact - part) == Fraction(1, 2):
        assert abs(part) > abs(exact)


def test_halves_of_a_fen_go_away_from_zero() -> None:
    assert [share(5, 1, 2), share(-5, 1, 2), share(25, 1, 10), share(1, -1, 2), share(0, 1, 2)] == [3, -3, 3, -1, 0]


def test_no_digit_is_lost_however_far_behind_the_point() -> None:
    for text in ("1.00000000000000000000000000000001", "9" * 50, "1." + "0" * 5000):
        with pytest.raises(BadMoney):
            parse_yuan(text)


def test_a_share_of_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="divisor"):
        share(100, 1, 0)
