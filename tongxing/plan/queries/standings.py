"""Where each indicator stands today in an area: figure, value, target, state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings

from tongxing.content.indicators import COUNTED_KINDS, Indicator
from tongxing.content.plan import plan
from tongxing.plan.models import Count
from tongxing.plan.queries.entered import Numbers, confirmed_statistics, confirmed_targets
from tongxing.plan.queries.figures import indicator_figures
from tongxing.plan.standing import (
    Aim,
    Figure,
    Reading,
    aim,
    entered_reading,
    expected,
    reading,
    state,
)


@dataclass(frozen=True)
class Standing:
    """`figure` is None for what people enter. `wanted`: where it should stand by now. `state`: see plan.standing."""

    indicator: Indicator
    figure: Figure | None
    reading: Reading
    aim: Aim
    wanted: Decimal | None
    state: str


Entered = tuple[Mapping[str, Numbers], Mapping[str, Numbers]]  # statistics by series, targets by indicator


def standings(
    count: Count | None, today: date, prefix: str = "", entered: Entered | None = None
) -> dict[str, Standing]:
    """Every indicator of the pack, the headline ones first. Without a counting nothing that is counted is known.

    Targets hold for the whole city: of an area only rates are held against them. `entered` are the numbers that people
    entered; without them those confirmed by now.
    """
    found = indicator_figures(count, prefix) if count else {}
    as_of = count.as_of_date if count else today
    numbers, targets = entered or (confirmed_statistics(), confirmed_targets())
    known = sorted(plan(settings.PACK).indicators.values(), key=lambda indicator: not indicator.is_headline)
    return {
        str(indicator.id): _standing(indicator, found.get(indicator.id), (as_of, today), (numbers, targets), prefix)
        for indicator in known
    }


def _standing(
    indicator: Indicator,
    figure: Figure | None,
    days: tuple[date, date],
    entered: Entered,
    prefix: str,
) -> Standing:
    (as_of, today), (numbers, targets) = days, entered
    mine = targets.get(indicator.id, Numbers())
    if indicator.kind in COUNTED_KINDS:
        read, held = reading(indicator, figure, as_of), aim(indicator, mine.values, mine.sources)
    else:
        read = entered_reading(indicator, numbers.get(indicator.series or "", Numbers()).values, as_of)
        held = aim(indicator, mine.values, mine.sources)
    if indicator.kind == "growth":
        held = _against(held, read, numbers.get(indicator.against or "", Numbers()))
    if _is_part_of_a_sum(indicator, prefix):
        held = Aim(None, held.compare, held.tolerance, held.source, "目标是全市的，没有分到县区。")
    wanted = expected(held, read.as_of, starts_at_zero=indicator.kind != "rate")
    until = plan(settings.PACK).about.until_date
    return Standing(indicator, figure, read, held, wanted, state(indicator, read, held, today, until))


def _against(held: Aim, read: Reading, other: Numbers) -> Aim:
    """Growth is held against the other series in the year of the reading."""
    value = other.values.get(read.as_of.year)
    why = "" if value is not None else f"{read.as_of.year} 年的对照数还没有录入。"
    return Aim(value, held.compare, held.tolerance, held.source, why)


def _is_part_of_a_sum(indicator: Indicator, prefix: str) -> bool:
    return len(prefix) > CITY and indicator.kind in ("count", "sum")


CITY = 4  # digits of a city's prefix


def trend_readings(indicator: Indicator, points: list[tuple[date, Figure | None]]) -> list[Reading]:
    """The readings of a trend (see figures.trend)."""
    return [reading(indicator, figure, day) for day, figure in points]
