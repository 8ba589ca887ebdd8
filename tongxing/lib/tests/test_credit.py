"""GB 32100: a code that is right comes back in one form; one that is wrong says how to put it right."""

from __future__ import annotations

import pytest

from tongxing.lib.credit import check_character, parse_credit_code
from tongxing.lib.mistakes import BadNumber

BODY = "91459900000007919"
CODE = BODY + check_character(BODY)


FULL_WIDTH = CODE.replace("9", "\N{FULLWIDTH DIGIT NINE}")


@pytest.mark.parametrize("typed", [CODE, CODE.lower(), f" {CODE[:9]} {CODE[9:]} ", FULL_WIDTH])
def test_however_it_is_typed_it_is_one_code(typed: str) -> None:
    assert parse_credit_code(typed) == CODE


@pytest.mark.parametrize(
    "typed, words", [(CODE[:-1], "17 位"), (f"I{CODE[1:]}", "没有“I”"), (f"8{CODE[1:]}", "写错了一位"), ("", "0 位")]
)
def test_a_wrong_one_says_what_is_wrong(typed: str, words: str) -> None:
    with pytest.raises(BadNumber, match=words):
        parse_credit_code(typed)


def test_a_published_code_has_the_right_check() -> None:
    """Of the standard's own annex: 91350100M000100Y43."""
    assert parse_credit_code("91350100M000100Y43") == "91350100M000100Y43"
