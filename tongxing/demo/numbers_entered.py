"""The yearly numbers of the demo: entered by the planners, confirmed by the committee, one still waiting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tongxing.demo.places import Setting
from tongxing.demo.register import staff
from tongxing.plan import actions

SOURCE = "示例数，演示用"


def build(setting: Setting, today: date) -> None:
    """Of years that are over, through the real verbs."""
    actors = staff(today).actors
    keeper, second = actors.get("planner"), actors.get("committee_city")
    if keeper is None or second is None:
        return
    for series, years in setting.statistics.items():
        for year, value in _over(years, today).items():
            made = actions.enter_statistic(series=series, year=year, value=value, source=SOURCE, by=keeper)
            actions.confirm(entered=made, by=second)
    if setting.waiting:
        series, year, value = setting.waiting
        actions.enter_statistic(series=series, year=year, value=Decimal(str(value)), source=SOURCE, by=keeper)


def _over(years: Mapping[int, float], today: date) -> dict[int, Decimal]:
    return {year: Decimal(str(value)) for year, value in years.items() if year < today.year}
