"""The rule of duplicates: each reason on both sides of its edge."""

from __future__ import annotations

from datetime import date

import pytest

from tongxing.registry.likeness import Traits, one_digit_apart, reasons

BORN = date(1980, 1, 1)
NUMBER = "45992119800101001X"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (Traits("韦小兰", BORN), Traits("韦小兰", BORN), ["name_birth"]),
        (Traits("韦小兰", BORN), Traits("韦小兰", date(1980, 1, 2)), []),
        (Traits("韦小兰"), Traits("韦小兰"), []),
        (Traits("韦小兰", BORN, "female"), Traits("韦晓兰", BORN, "female"), ["sound_birth"]),
        (Traits("韦小兰", BORN, "female"), Traits("韦晓兰", BORN, "male"), []),
        (Traits("韦小兰", BORN, "female"), Traits("韦晓兰", BORN), []),
        (Traits("韦小兰", phone=b"1"), Traits("韦小兰", phone=b"1"), ["name_phone"]),
        (Traits("韦小兰", phone=b"1"), Traits("韦大贵", phone=b"1"), []),
        (Traits("韦小兰", id_number=NUMBER), Traits("韦小兰", id_number="459921198001010028"), ["number_near"]),
        (Traits("韦小兰", id_number=NUMBER), Traits("韦晓兰", id_number="459921198010010018"), ["number_near"]),
        (Traits("韦小兰", id_number=NUMBER), Traits("韦大贵", id_number="459921198001010028"), []),
        (Traits("韦小兰", id_number=NUMBER), Traits("韦小兰", id_number="459921198001020028"), []),
    ],
)
def test_each_reason_on_both_sides_of_its_edge(one: Traits, other: Traits, why: list[str]) -> None:
    assert reasons(one, other) == reasons(other, one) == why


def test_the_computed_digit_does_not_count_and_equal_numbers_are_not_apart() -> None:
    assert not one_digit_apart(NUMBER, NUMBER[:17] + "3")
