# ruff: noqa: RUF001 (full width and look-alikes are its subject)
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongxing.lib.contact import looks_mistyped, mask_account, mask_phone, parse_account, parse_phone
from tongxing.lib.mistakes import BadNumber


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("+86 138-0013-8000", "13800138000"),
        ("0086 13800138000", "13800138000"),
        ("86 13800138000", "13800138000"),
        ("１３８ ００１３ ８０００", "13800138000"),
        ("(0300) 202 3456", "0300-2023456"),
        ("010－60000000", "010-60000000"),
        ("+86-0300-2023456", "0300-2023456"),
        ("400-000-0000", "4000000000"),
    ],
)
def test_a_phone_has_one_written_form(typed: str, number: str) -> None:
    assert parse_phone(typed) == number == parse_phone(number)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "空的"),
        ("2023456", "区号"),
        ("1380013800", "11 位.*10 位"),
        ("138001380001", "12 位"),
        ("张三", "数字以外"),
        ("99", "认不出"),
    ],
)
def test_a_wrong_phone_is_told_why(typed: str, words: str) -> None:
    with pytest.raises(BadNumber, match=words):
        parse_phone(typed)


def test_masks_leave_the_last_four() -> None:
    assert (mask_phone("13800138000"), mask_phone("0300-2023456")) == ("138****8000", "0300-***3456")
    assert mask_account("6222021234567890") == "************7890"
    assert mask_account("1234") == "****" == mask_phone("1234")


def test_an_account_keeps_its_digits_only() -> None:
    assert parse_account("6222 0212 3456 7890 123") == "6222021234567890123"


@pytest.mark.parametrize(
    ("typed", "words"), [("", "空的"), ("62220212", "8 位"), ("6.22E+18", "科学计数"), ("6222-张三", "数字以外")]
)
def test_a_wrong_account_is_told_why(typed: str, words: str) -> None:
    with pytest.raises(BadNumber, match=words):
        parse_account(typed)


def test_luhn_warns_of_a_slip_in_a_card_number() -> None:
    assert not looks_mistyped("4111111111111111")
    assert looks_mistyped("4111111111111112")


@given(st.text(alphabet="0123456789+- ()１E.转", max_size=22))
def test_any_text_is_a_number_or_a_clear_refusal(text: str) -> None:
    for parse in (parse_phone, parse_account):
        try:
            parse(text)
        except BadNumber as wrong:
            assert str(wrong)
