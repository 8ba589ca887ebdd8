"""P2: honest states. Never a light without a target, never 100 % of nothing, nothing stale shown as news."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from tongxing.content.plan import plan
from tongxing.plan.standing import (
    STATES,
    Aim,
    Figure,
    Reading,
    aim,
    entered_reading,
    expected,
    is_met,
    reading,
    state,
)

UNTIL = date(2025, 12, 31)
DAY = date(2024, 6, 30)
numbers = st.integers(0, 10**6)
figures = st.builds(Figure, st.just("i04"), st.just(""), numbers, numbers, numbers, numbers)


def indicator(id_: str = "i04"):  # type: ignore[no-untyped-def]
    return plan(settings.PACK).indicators[id_]


@given(figures)
def test_a_rate_is_of_those_who_are_known_and_nobody_gives_no_rate(figure: Figure) -> None:
    found = reading(indicator(), figure, DAY)
    if not figure.known:
        assert found.exact is None
        return
    assert isinstance(found.numerator, int) and isinstance(found.denominator, int)
    assert found.numerator <= found.denominator == figure.counted + figure.not_counted
    assert found.value is not None and (found.value == 100) == (figure.not_counted == 0)


@given(figures, st.dates(date(2021, 1, 1), date(2027, 12, 31)), st.integers(0, 400))
def test_every_figure_on_every_day_has_one_of_the_states(figure: Figure, as_of: date, later: int) -> None:
    found = reading(indicator(), figure, as_of)
    said = state(indicator(), found, aim(indicator(), {}, {}), as_of + timedelta(later), UNTIL)
    assert said in STATES
    if not figure.known:
        assert said == "no_data"
    elif later > indicator().rhythm_days * 1.5:
        assert said == "stale"
    elif said in ("reached", "on_track"):
        assert figure.counted > 0


@given(figures)
def test_without_a_target_there_is_no_light(figure: Figure) -> None:
    none = Aim(None, "at_least", Decimal(0), "", "还没有下达")
    assert state(indicator(), reading(indicator(), figure, DAY), none, DAY, UNTIL) in ("no_data", "no_target")


@pytest.mark.parametrize(
    ("counted", "said"), [(99, "on_track"), (98, "behind"), (90, "behind"), (88, "far_behind"), (0, "far_behind")]
)
def test_behind_is_nine_tenths_of_what_is_due_by_now(counted: int, said: str) -> None:
    """At the end of 2024 the path of i04 stands at 99."""
    found = reading(indicator(), Figure("i04", "", counted, 100 - counted), date(2024, 12, 31))
    assert state(indicator(), found, aim(indicator(), {}, {}), date(2024, 12, 31), UNTIL) == said


def test_after_the_last_day_only_the_target_counts() -> None:
    for counted, said in ((100, "reached"), (99, "missed")):
        found = reading(indicator(), Figure("i04", "", counted, 100 - counted), date(2026, 1, 15))
        assert state(indicator(), found, aim(indicator(), {}, {}), date(2026, 1, 16), UNTIL) == said


def test_more_than_is_not_as_many_as() -> None:
    held = aim(indicator("i10"), {}, {})
    exactly = reading(indicator("i10"), Figure("i10", "", 85, 15), DAY)
    more = reading(indicator("i10"), Figure("i10", "", 8501, 1499), DAY)
    assert held.value is not None and exactly.exact is not None and more.exact is not None
    assert not is_met(exactly.exact, held.value, held)
    assert is_met(more.exact, held.value, held)


def test_what_is_due_grows_through_the_year() -> None:
    held = aim(indicator("x_home_works"), {}, {})
    assert expected(held, date(2021, 12, 31), True) == 360
    assert expected(held, date(2022, 12, 31), True) == 720
    middle = expected(held, date(2022, 7, 2), True)
    assert middle is not None and 530 < middle < 545
    assert expected(held, date(2027, 1, 1), True) == 1798


def test_growth_is_against_the_year_before_and_keeps_its_year() -> None:
    growing = indicator("i01")
    numbers = {2022: Decimal(1000), 2023: Decimal(1050), 2024: Decimal(1060)}
    found = entered_reading(growing, numbers, date(2024, 6, 1))
    assert (found.value, found.as_of) == (5, date(2023, 12, 31))
    assert entered_reading(growing, {2023: Decimal(1050)}, date(2024, 6, 1)).value is None
    assert entered_reading(growing, {}, date(2024, 6, 1)).value is None


def test_a_target_of_years_stands_in_place_of_the_plans() -> None:
    held = aim(indicator("i02"), {2024: Decimal(300), 2025: Decimal(400)}, {2024: "桂残字", 2025: "桂残字"})
    assert (held.value, held.source, held.why) == (400, "桂残字", "")
    assert expected(held, date(2024, 12, 31), True) == 300


def test_a_share_short_of_all_is_never_shown_as_all() -> None:
    nearly = reading(indicator(), Figure("i04", "", 99_999, 1), DAY)
    assert nearly.value == Decimal("99.9")
    assert replace(nearly, exact=None).value is None
    assert Reading(1, 1, None, DAY).value is None
