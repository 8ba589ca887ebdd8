"""One indicator with everything that it is made of (P1), and the list behind any of its figures (D13)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.content.indicators import COUNTED_KINDS, Indicator
from tongxing.desk import words
from tongxing.desk.plan.shown import (
    Asked,
    area_cell,
    area_query,
    areas_under,
    asked,
    indicator_named,
    parts_of,
    spoken_standing,
)
from tongxing.organisation import queries as divisions
from tongxing.plan.queries import people
from tongxing.plan.queries.entered import Numbers, confirmed_statistics, confirmed_targets
from tongxing.plan.queries.figures import by_area, by_group, trend
from tongxing.plan.queries.standings import Standing, standings
from tongxing.plan.standing import entered_reading, expected, reading
from tongxing.plan.words import (
    GROUPS,
    KINDS,
    PARTS,
    UNIT_WORDS,
    group_names,
    measure_words,
    number_words,
    reason_words,
    spoken_definition,
    value_words,
)
from tongxing.ui.lines import Point
from tongxing.ui.lines import trend as draw

PAGE = 50
TENTH = Decimal("0.1")


@needs(Right.SEE_PLAN)
def indicator(request: HttpRequest, indicator_id: str) -> HttpResponse:
    wanted, known = asked(request), indicator_named(indicator_id)
    standing = standings(wanted.count, wanted.today, wanted.prefix)[known.id]
    context = {
        "asked": wanted,
        "run": wanted.count,
        "row": spoken_standing(wanted, standing),
        "indicator": known,
        "kind": KINDS[known.kind],
        "unit": UNIT_WORDS[known.unit],
        "definition": spoken_definition(known, wanted.count.as_of_date if wanted.count else wanted.today),
        "path": [(step.year, value_words(known, step.value)) for step in known.path],
        "above": area_query(wanted),
        "measured": measure_words(known, standing.figure),
        "this_year": _said(standing.reading.numerator),
        "year_before": _said(standing.reading.denominator),
    }
    context |= _numbers(known)
    if wanted.count and known.kind in COUNTED_KINDS:
        context |= _counted_before(wanted, standing) | _areas(wanted, standing) | {"groups": _groups(wanted, standing)}
    if known.kind == "growth":
        context |= _grown_before(known, wanted)
    return render(request, "desk/plan/indicator.html", context)


def _said(number: int | Decimal | None) -> str:
    return "" if number is None else number_words(number)


def _numbers(known: Indicator) -> dict[str, Any]:
    """What people entered: the series of the indicator, what it is held against, targets of years."""
    found, targets = confirmed_statistics(), confirmed_targets()
    return {
        "series": _years(found.get(known.series or "", Numbers())),
        "against": _years(found.get(known.against or "", Numbers())),
        "set_targets": _years(targets.get(known.id, Numbers())),
    }


def _years(numbers: Numbers) -> list[tuple[int, str, str]]:
    return [(year, number_words(numbers.values[year]), numbers.sources[year]) for year in sorted(numbers.values)]


def _counted_before(wanted: Asked, standing: Standing) -> dict[str, Any]:
    """What was counted on earlier days, and where it should have stood."""
    known = standing.indicator
    rows = []
    for day, figure in trend(known.id, wanted.prefix, wanted.today):
        due = expected(standing.aim, day, starts_at_zero=known.kind != "rate")
        rows.append((words.spoken(day), reading(known, figure, day).value, due))
    return _drawn(known, rows, "按年度进度该到的")


def _grown_before(known: Indicator, wanted: Asked) -> dict[str, Any]:
    """Growth year by year, against the series that it is held against."""
    numbers = confirmed_statistics()
    own, other = (numbers.get(name or "", Numbers()).values for name in (known.series, known.against))
    rows = []
    for year in sorted(own):
        read = entered_reading(known, {each: own[each] for each in own if each <= year}, wanted.today)
        if read.value is not None and read.as_of.year == year:
            rows.append((f"{year} 年", read.value, other.get(year)))
    return _drawn(known, rows, "对照的数")


def _drawn(known: Indicator, rows: list[tuple[str, Decimal | None, Decimal | None]], held: str) -> dict[str, Any]:
    """A line for what is, a dashed one for what it is held against, and the same as a table."""
    if not rows:
        return {}
    points = [Point(name, _plain(value), _plain(due)) for name, value, due in rows]
    chart = draw(points, "%" if known.result == "%" else "", title=f"{known.name}的走势", table="t-trend")
    said = [
        {
            "name": name,
            "said": value_words(known, value),
            "due": "—" if due is None else value_words(known, _tenth(due)),
        }
        for name, value, due in rows
    ]
    return {"trend": said, "chart": chart, "held": held, "is_held": any(due is not None for _, _, due in rows)}


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(TENTH)


def _plain(value: Decimal | None) -> float | None:
    return None if value is None else float(_tenth(value))


def _areas(wanted: Asked, standing: Standing) -> dict[str, Any]:
    assert wanted.count is not None
    parts, length = areas_under(wanted)
    cells = by_area(wanted.count, wanted.prefix, length, standing.indicator.id)
    rows = []
    for part in parts:
        figure = cells.get((standing.indicator.id, part.code[:length]))
        cell = area_cell(wanted, standing, figure)
        numbers = parts_of(wanted, standing.indicator, figure)
        rows.append({"name": part.name, "cell": cell, "parts": numbers, "url": f"?area={part.code}"})
    return {"areas": rows, "is_lowest": length == len(wanted.division)}


def _groups(wanted: Asked, standing: Standing) -> list[dict[str, Any]]:
    """By category, grade, age and sex; only of people."""
    if standing.indicator.unit != "person" or wanted.count is None:
        return []
    tables = []
    for group, title in GROUPS.items():
        found = by_group(wanted.count, standing.indicator.id, group, wanted.prefix)
        names = group_names(group)
        rows = [
            {
                "name": names[value],
                "cell": area_cell(wanted, standing, found[value]),
                "parts": parts_of(wanted, standing.indicator, found[value], group, value),
            }
            for value in names
            if value in found
        ]
        tables.append({"title": title, "id": group, "rows": rows})
    return tables


@needs(Right.SEE_PLAN, Right.SEE_LISTS)
def behind(request: HttpRequest, indicator_id: str) -> HttpResponse:
    """The units behind one figure: same day, same number."""
    wanted, known = asked(request), indicator_named(indicator_id)
    part, group = request.GET.get("part", "not_counted"), request.GET.get("group", "")
    if wanted.count is None or part not in people.LISTS or (group and group not in GROUPS):
        raise Http404("没有这张名单。")
    value = request.GET.get("value", "")
    number = max(1, int(page)) if (page := request.GET.get("page", "1")).isdigit() and len(page) < 6 else 1
    asked_for = people.Behind(known.id, part, wanted.prefix, group, value)
    found = people.page_of(wanted.actor, wanted.count, asked_for, number, PAGE)
    places = divisions.names()
    context = {
        "asked": wanted,
        "run": wanted.count,
        "indicator": known,
        "part": PARTS[part],
        "group": group_names(group).get(value, "") if group else "",
        "unit": UNIT_WORDS[known.unit],
        "page": found,
        "rows": [_spoken_row(wanted, known, row, places) for row in found.rows],
        "number": number,
        "pages": max(1, -(-found.total // PAGE)),
        "first": (number - 1) * PAGE + 1,
        "base": request.get_full_path(),
        "back": reverse("desk:plan-indicator", args=[known.id]) + area_query(wanted),
    }
    return render(request, "desk/plan/people.html", context)


def _spoken_row(wanted: Asked, known: Indicator, row: people.Row, places: dict[str, str]) -> dict[str, Any]:
    how, then = ("", "联系单位") if row.employer else words.reach(row.person)
    day: date = wanted.count.as_of_date if wanted.count else wanted.today
    return {
        "person": row.person,
        "name": row.employer or (row.person.name if row.person else "不在您的查看范围"),
        "employer": bool(row.employer),
        "age": words.age(row.birth_date, day),
        "village": divisions.path_name(row.village_code, places, wanted.prefix),
        "disability": "" if row.employer else words.disability(row.person),
        "part": PARTS[row.part],
        "reason": reason_words(known.on(day), row.reason),
        "reach": how,
        "next": then if row.part in ("not_counted", "unknown") else "",
    }
