"""The unified social credit code of an organisation (GB 32100): 17 characters and one that checks them."""

from __future__ import annotations

from tongxing.lib.mistakes import BadNumber
from tongxing.lib.text import normalise_number

LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # none that looks like a digit
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def check_character(body: str) -> str:
    """Of the first 17 characters."""
    total = sum(LETTERS.index(letter) * weight for letter, weight in zip(body, WEIGHTS, strict=True))
    return LETTERS[(31 - total % 31) % 31]


def parse_credit_code(typed: str) -> str:
    """As typed, full width or with spaces, in its one written form. Raises BadNumber with how to put it right."""
    code = normalise_number(typed).upper()
    if len(code) != len(WEIGHTS) + 1:
        raise BadNumber(f"统一社会信用代码是 18 位，这里有 {len(code)} 位。请照营业执照再写一次。")
    if wrong := [letter for letter in code if letter not in LETTERS]:
        raise BadNumber(f"统一社会信用代码里没有“{wrong[0]}”。请照营业执照再写一次。")
    if check_character(code[:-1]) != code[-1]:
        raise BadNumber("这个统一社会信用代码对不上，可能写错了一位。请照营业执照再写一次。")
    return code
