"""The figures of a counting in the shape of the open files: all for officers, the published ones for everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from tongxing.content.indicators import COUNTED_KINDS, Indicator
from tongxing.evaluation.inputs import Figures
from tongxing.organisation.queries import names, parts_of
from tongxing.plan.count import GROUPS
from tongxing.plan.models import Count
from tongxing.plan.queries.counts import counts_up_to
from tongxing.plan.queries.entered import confirmed_statistics, confirmed_targets
from tongxing.plan.queries.figures import by_area, by_group, indicator_figures
from tongxing.plan.queries.standings import Entered, Standing, standings
from tongxing.plan.standing import Figure, Reading, expected, reading
from tongxing.plan.words import group_names
from tongxing.releases.queries.published import rows_of
from tongxing.releases.queries.release import number

Row = dict[str, Any]
COUNTY = 6  # digits
TENTH = Decimal("0.1")
MOST = 12  # points of a trend


def published_figures(release: str, why: Mapping[str, str]) -> Figures:
    """Those of a release that is out, as every page shows them."""
    areas, groups, trend = (_by_indicator(release, name) for name in ("areas", "groups", "trend"))
    lines = {
        str(row["indicator"]): row | {"why": why.get(row["indicator"], "")} for row in rows_of(release, "indicators")
    }
    return Figures(lines, areas, groups, trend)


def _by_indicator(release: str, dataset: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows_of(release, dataset):
        found[row["indicator"]].append(row)
    return found


def stood(count: Count, entered: Entered | None = None) -> dict[str, Standing]:
    """Every indicator on the day of the counting."""
    return standings(count, count.as_of_date, entered=entered)


def counted_figures(count: Count, standing: Mapping[str, Standing], city: str) -> Figures:
    """The same for officers, with nothing hidden."""
    figures = by_area(count, "", COUNTY)
    counties = parts_of(city)
    named = names()
    return Figures(
        {id_: _line(each) for id_, each in standing.items()},
        {
            id_: [
                _cells(
                    {"code": part.code, "name": named[part.code], "level": "county"},
                    each,
                    figures.get((id_, part.code[:COUNTY])),
                )
                for part in counties
            ]
            for id_, each in standing.items()
        },
        {id_: _groups(count, each) for id_, each in standing.items()},
        _trends(count, standing),
    )


def _line(stand: Standing) -> Row:
    figure, read = stand.figure, stand.reading
    return {
        "as_of": read.as_of.isoformat(),
        "numerator": number(read.numerator),
        "denominator": number(read.denominator),
        "value": number(read.value),
        "unknown": figure.unknown if figure else None,
        "excluded": figure.excluded if figure else None,
        "measure": figure.measure if figure and _is_measured(stand.indicator) else None,
        "target": number(stand.aim.value),
        "compare": stand.aim.compare,
        "expected": number(stand.wanted.quantize(TENTH)) if stand.wanted is not None else None,
        "state": stand.state,
        "why": stand.aim.why,
    }


def _is_measured(indicator: Indicator) -> bool:
    return indicator.measure is not None and indicator.kind in COUNTED_KINDS


def _cells(named: Row, stand: Standing, figure: Figure | None) -> Row:
    """Who is in which part; a figure that only counts has no rest."""
    read = reading(stand.indicator, figure, stand.reading.as_of)
    is_rate = stand.indicator.kind == "rate"
    figure = figure or Figure(str(stand.indicator.id), "")
    return named | {
        "whole": figure.known if is_rate else number(read.numerator) or 0,
        "counted": figure.counted if is_rate else None,
        "rest": figure.not_counted if is_rate else None,
        "rate": number(read.value) if is_rate else None,
        "hidden": "",
    }


def _groups(count: Count, stand: Standing) -> list[Row]:
    if stand.indicator.unit != "person" or stand.figure is None:
        return []
    rows = []
    for group in GROUPS:
        found, said = by_group(count, str(stand.indicator.id), group), group_names(group)
        rows += [
            _cells({"group": group, "code": value, "name": said[value]}, stand, found[value])
            for value in said
            if value in found
        ]
    return rows


def _trends(count: Count, standing: Mapping[str, Standing]) -> dict[str, list[Row]]:
    """What the last countings up to this one said; a question for each counting."""
    days = [(each.as_of_date, indicator_figures(each)) for each in counts_up_to(count.as_of_date)[-MOST:]]
    return {id_: [_point(each, day, found.get(id_)) for day, found in days] for id_, each in standing.items()}


def _point(stand: Standing, day: date, figure: Figure | None) -> Row:
    read: Reading = reading(stand.indicator, figure, day)
    due = expected(stand.aim, day, starts_at_zero=stand.indicator.kind != "rate")
    value = read.value if stand.indicator.kind in COUNTED_KINDS else None
    return {
        "as_of": day.isoformat(),
        "value": number(value),
        "expected": number(due.quantize(TENTH)) if due is not None else None,
    }


def entered_now() -> Entered:
    return confirmed_statistics(), confirmed_targets()
