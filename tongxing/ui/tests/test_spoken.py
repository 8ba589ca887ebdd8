from __future__ import annotations

from datetime import date

import pytest

from tongxing.ui import spoken


@pytest.mark.parametrize(
    ("fen", "said"),
    [(8000, "80 元"), (320000, "3,200 元"), (320050, "3,200.50 元"), (0, "0 元"), (-5, "-0.05 元"), (None, "不知道")],
)
def test_money_is_said_in_yuan(fen: int | None, said: str) -> None:
    assert spoken.yuan(fen) == said


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (592_700_000, "592.7 万元"),
        (999_999, "9,999.99 元"),
        (1_000_000, "1.0 万元"),
        (1_005_000, "1.0 万元"),
        (1_005_001, "1.0 万元"),
        (1_050_000, "1.1 万元"),
        (9_999_949_999, "9,999.9 万元"),
        (9_999_950_000, "1.00 亿元"),
        (-592_700_000, "-592.7 万元"),
        (None, "不知道"),
    ],
)
def test_large_money_is_said_in_wan_and_yi(fen: int | None, said: str) -> None:
    assert spoken.wan_yuan(fen) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.873, "87.3%"), (1.0, "100%"), (0.9996, "99.9%"), (0.0, "0%"), (0.0001, "不到 0.1%"), (None, "不知道")],
)
def test_a_share_is_all_or_nothing_only_if_it_is_so(share: float | None, said: str) -> None:
    assert spoken.percent(share) == said


def test_days_and_months_are_said_in_chinese() -> None:
    assert spoken.spoken_date(date(2026, 1, 3)) == "2026年1月3日"
    assert spoken.month(date(2025, 8, 1)) == "2025年8月"
    assert spoken.spoken_date(None) == spoken.month(None) == "不知道"


def test_a_count_has_thousands_and_unknown_is_not_zero() -> None:
    assert (spoken.count(3773), spoken.count(0), spoken.count(None)) == ("3,773", "0", "不知道")


def test_an_undefined_variable_of_a_template_stays_empty() -> None:
    assert {say("") for say in (spoken.count, spoken.yuan, spoken.wan_yuan, spoken.percent, spoken.month)} == {""}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("东湖镇", "东湖"),
        ("海东县", "海东"),
        ("上街村委会", "上街"),
        ("沙街社区", "沙街"),
        ("西街", "西街"),
        ("东区", "东区"),
    ],
)
def test_places_are_shortened_to_at_least_two_characters(name: str, short: str) -> None:
    assert spoken.short_place(name) == short
