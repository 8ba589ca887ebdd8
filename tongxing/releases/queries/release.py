"""Draws a release: every file from one counting, the numbers that people entered, and the releases before it.

The same inputs give the same bytes, so that a past release can be drawn again and compared.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.conf import settings

from tongxing.content.indicators import COUNTED_KINDS, Indicator
from tongxing.content.instance import pack
from tongxing.lib.disclosure import Cell, Hide, Release, small
from tongxing.organisation.models import Division
from tongxing.plan.count import BANDS, GROUPS, NOT_KNOWN
from tongxing.plan.models import Count
from tongxing.plan.queries.counts import count_of
from tongxing.plan.queries.entered import Numbers
from tongxing.plan.queries.standings import Entered, Standing, standings
from tongxing.plan.standing import Reading
from tongxing.releases.datasets import COUNTED, FORMS, Value, file_bytes
from tongxing.releases.models import Publication
from tongxing.releases.queries.protected import CITY, WORDS, Tables, cells_of, hidden_in, protected
from tongxing.releases.queries.published import rows_of

Row = dict[str, Value]
NAMES = {"sex": "sex", "category": "category"}  # groups whose codes stand in codes.yaml
BAND_WORDS = {"0-6": "0 到 6 岁", "7-15": "7 到 15 岁", "16-59": "16 到 59 岁", "60+": "60 岁以上"}
GRADES = {"1": "一级", "2": "二级", "3": "三级", "4": "四级"}


@dataclass(frozen=True)
class Inputs:
    """What a release is drawn from. `entered` are the numbers that people had entered by then."""

    number: str
    count: Count
    made_date: date
    previous: Publication | None
    entered: Entered


def counted_rows(inputs: Inputs) -> dict[str, list[Row]]:
    """The rows of COUNTED, in the order of the indicators and of their tables."""
    stood = standings(inputs.count, inputs.made_date, entered=inputs.entered)
    kinds = {id_: stand.indicator.kind for id_, stand in stood.items() if stand.indicator.kind in COUNTED_KINDS}
    tables = Tables(inputs.count, kinds)
    found: dict[str, list[Row]] = {dataset: [] for dataset in COUNTED}
    divisions = {
        CITY if each.level == "city" else each.code: each for each in Division.objects.exclude(level="village")
    }
    for id_, stand in stood.items():
        hidden = _hidden(tables, id_, inputs.previous) if id_ in kinds else None
        cells = cells_of(hidden) if hidden else {}
        found["indicators"].append(_figure(stand, cells.get(CITY) if id_ in kinds else None, inputs))
        for key, cell in sorted(cells.items(), key=lambda item: _place_order(item[0])):
            word = WORDS[hidden.hidden[key]] if hidden else ""
            dataset, row = _cell_row(id_, key, cell, word, divisions)
            found[dataset].append(row)
    found["trend"] = _trend(inputs, found["indicators"])
    return found


def drawn(inputs: Inputs, rows: Mapping[str, list[Row]], about: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of these datasets, by name."""
    return {
        f"{dataset}.{form}": file_bytes(dataset, form, found, about)
        for dataset, found in rows.items()
        for form in FORMS
    }


def _hidden(tables: Tables, indicator: str, previous: Publication | None) -> Release | None:
    return protected(tables.rows(indicator), _before(indicator, tables.kinds, previous))


def _before(indicator: str, kinds: Mapping[str, str], previous: Publication | None) -> Release | None:
    """The newest earlier release that showed anything of the indicator: what it hid, and the truth behind it."""
    while previous is not None:
        said = _said(previous.number, indicator)
        count = count_of(previous.run)
        if said and count is not None:
            rows = Tables(count, kinds).rows(indicator)
            hidden = hidden_in(said)
            return Release(rows, {key: hidden.get(key, Hide.ALL) for key in rows})
        previous = previous.previous
    return None


def _said(number: str, indicator: str) -> dict[str, str]:
    """Key of each published row → how much of it was hidden."""
    places = {_key_of(row): row["hidden"] for row in rows_of(number, "areas") if row["indicator"] == indicator}
    groups = rows_of(number, "groups")
    return places | {f"{row['group']}:{row['code']}": row["hidden"] for row in groups if row["indicator"] == indicator}


def _key_of(row: Mapping[str, Any]) -> str:
    digits = {"city": 0, "county": 6, "township": 9}[row["level"]]
    return f"place:{row['code'][:digits]}" if digits else CITY


def _place_order(key: str) -> tuple[int, str]:
    """The city, each county followed by its townships, then the groups."""
    table, _, value = key.partition(":")
    bands = list(BAND_WORDS)
    place = f"{table}:{bands.index(value)}" if value in bands else key
    return (0, "") if key == CITY else (1, key) if table == "place" else (2, place)


def _figure(stand: Standing, city: Cell | None, inputs: Inputs) -> Row:
    """One line of `indicators`; what small numbers hide is empty, and so is the state that would tell them."""
    indicator, read = stand.indicator, stand.reading
    is_counted = indicator.kind in COUNTED_KINDS
    is_hidden = is_counted and read.numerator is not None and (city is None or _hides(city, indicator))
    figure = stand.figure
    unknown = figure.unknown if figure and is_counted and not small(figure.unknown) else None
    has_measure = bool(figure and indicator.measure and is_counted)
    return {
        "indicator": str(indicator.id),
        "name": indicator.name,
        "nature": indicator.nature,
        "kind": indicator.kind,
        "unit": indicator.result,
        "as_of": read.as_of.isoformat(),
        "numerator": None if is_hidden else number(read.numerator),
        "denominator": _open_whole(city, indicator) if is_hidden else number(read.denominator),
        "value": None if is_hidden else number(read.value),
        "unknown": unknown,
        "measure": figure.measure if figure and has_measure and not is_hidden else None,
        "measure_unit": indicator.measure.unit if indicator.measure and has_measure else "",
        "target": number(stand.aim.value),
        "compare": stand.aim.compare,
        "expected": number(_rounded(stand.wanted)),
        "state": "hidden" if is_hidden else stand.state,
    }


def _open_whole(city: Cell | None, indicator: Indicator) -> int | None:
    return city.whole if city and indicator.kind == "rate" else None


def _hides(city: Cell, indicator: Indicator) -> bool:
    return city.whole is None or (indicator.kind == "rate" and not city.rate_allowed)


def _cell_row(indicator: str, key: str, cell: Cell, word: str, divisions: Mapping[str, Division]) -> tuple[str, Row]:
    """The dataset that the cell belongs to, and its row there."""
    table, _, value = key.partition(":")
    numbers: Row = {"whole": cell.whole, "counted": cell.counted, "rest": cell.rest, "rate": rate(cell), "hidden": word}
    if table in GROUPS:
        named: Row = {"indicator": indicator, "group": table, "code": value, "name": group_name(table, value)}
        return "groups", named | numbers
    place = divisions[CITY if key == CITY else value.ljust(12, "0")]
    named = {"indicator": indicator, "code": place.code, "name": place.name, "level": place.level}
    return "areas", named | numbers


def rate(cell: Cell) -> int | float | None:
    """Per cent to one decimal, if it may be shown; never 100 unless it is all."""
    if not cell.rate_allowed or cell.counted is None or not cell.whole:
        return None
    share = Fraction(100 * cell.counted, cell.whole)
    shown = number(Reading(cell.counted, cell.whole, share, date.min).value)
    assert not isinstance(shown, str)
    return shown


def group_name(group: str, code: str) -> str:
    """How a code is said."""
    if code == NOT_KNOWN:
        return "不详"
    if group == "age_band":
        return BAND_WORDS[code]
    if group == "grade":
        return GRADES.get(code, code)
    return pack(settings.PACK).codes[NAMES[group]].get(code, code)


def number(value: int | Decimal | None) -> int | float | None:
    """As JSON and CSV write it: whole numbers whole."""
    if value is None or isinstance(value, int):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def _rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.1"))


def _trend(inputs: Inputs, figures: list[Row]) -> list[Row]:
    """The points of the release before, and this one's."""
    before: list[Row] = rows_of(inputs.previous.number, "trend") if inputs.previous else []
    keys = ("indicator", "as_of", "numerator", "denominator", "value", "expected", "state")
    now = [{key: figure[key] for key in keys} | {"release": inputs.number} for figure in figures]
    return [point for figure, new in zip(figures, now, strict=True) for point in (*_points(before, figure), new)]


def _points(before: list[Row], figure: Row) -> list[Row]:
    return [point for point in before if point["indicator"] == figure["indicator"]]


def as_document(entered: Entered) -> dict[str, Any]:
    """The numbers that people entered, as they are kept beside the files."""
    return {name: _numbers(part) for name, part in zip(("statistics", "targets"), entered, strict=True)}


def _numbers(part: Mapping[str, Numbers]) -> dict[str, Any]:
    return {
        name: {str(year): [str(numbers.values[year]), numbers.sources[year]] for year in sorted(numbers.values)}
        for name, numbers in part.items()
    }


def as_entered(document: Mapping[str, Any]) -> Entered:
    """Back from `as_document`."""
    statistics, targets = (
        {
            name: Numbers(
                {int(year): Decimal(value) for year, (value, _) in years.items()},
                {int(year): source for year, (_, source) in years.items()},
            )
            for name, years in document[part].items()
        }
        for part in ("statistics", "targets")
    )
    return statistics, targets


__all__ = ["BANDS", "Inputs", "as_document", "as_entered", "counted_rows", "drawn"]
