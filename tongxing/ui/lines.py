"""A trend as SVG text: a solid line with dots for what is, a dashed one with squares for what should be.

Lengths across are per cent and lengths down are rem, as in charts.py; colours are classes of the sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

TOP, BOTTOM, HEIGHT = 2.0, 9.0, 11.0  # rem: of the highest point, the lowest, the picture
LEFT, RIGHT = 8.0, 92.0  # per cent of the width

MARKS = {
    "f1": '<circle class="{}" cx="{}" cy="{}" r="5"/>',
    "f3": '<rect class="{}" x="{}" y="{}" width="10" height="10" transform="translate(-5,-5)"/>',
}


@dataclass(frozen=True)
class Point:
    """A day in words, its value and where it should stand; None is not known and leaves a gap in the line."""

    name: str
    value: float | None
    wanted: float | None


def trend(points: Sequence[Point], unit: str, *, title: str, table: str) -> SafeString:
    """The chart says what it is and points to the table with the same numbers (`table` is its id)."""
    known = [number for point in points for number in (point.value, point.wanted) if number is not None]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    places = [_across(place, len(points)) for place in range(len(points))]
    solid = _line(places, [point.value for point in points], (low, high), "s1", "f1")
    dashed = _line(places, [point.wanted for point in points], (low, high), "s2", "f3")
    return format_html(
        '<svg class="chart" role="img" width="100%" height="{}rem" aria-label="{}" aria-describedby="{}">'
        '<line class="s0" x1="0" x2="100%" y1="{}rem" y2="{}rem"/>{}{}{}</svg>',
        f"{HEIGHT:g}",
        f"{title}。数字在下面的表里。",
        table,
        f"{BOTTOM + 0.6:g}",
        f"{BOTTOM + 0.6:g}",
        dashed,
        solid,
        _names(points, places, unit, (low, high)),
    )


def _across(place: int, number: int) -> float:
    return RIGHT if number == 1 else LEFT + (RIGHT - LEFT) * place / (number - 1)


def _down(value: float, ends: tuple[float, float]) -> str:
    low, high = ends
    share = (value - low) / (high - low) if high > low else 0.5
    return f"{BOTTOM - (BOTTOM - TOP) * share:.3g}rem"


def _line(
    places: Sequence[float], values: Sequence[float | None], ends: tuple[float, float], line: str, mark: str
) -> SafeString:
    known = [
        (f"{x:.4g}%", None if value is None else _down(value, ends)) for x, value in zip(places, values, strict=True)
    ]
    strokes = [(line, *before, *after) for before, after in pairwise(known) if before[1] and after[1]]
    drawn = format_html_join("", '<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>', strokes)
    dots = format_html_join("", MARKS[mark], [(mark, x, y) for x, y in known if y])
    return drawn + dots


def _names(points: Sequence[Point], places: Sequence[float], unit: str, ends: tuple[float, float]) -> SafeString:
    """The first and the last day under the axis, and the last value over its dot, where no second mark can cross it."""
    shown = sorted({0, len(points) - 1}) if points else []
    days = format_html_join(
        "",
        '<text x="{}%" y="{}rem" text-anchor="{}">{}</text>',
        [
            (
                "0" if not place and len(points) > 1 else "100",
                f"{HEIGHT - 0.2:g}",
                _anchor(place, points),
                points[place].name,
            )
            for place in shown
        ],
    )
    last = points[-1] if points else None
    if last is None or last.value is None or last.wanted is not None:
        return days
    said = format_html(
        '<text class="b" x="100%" y="{}" dy="-10" text-anchor="end">{}{}</text>',
        _down(last.value, ends),
        f"{last.value:,g}",
        unit,
    )
    return days + said


def _anchor(place: int, points: Sequence[Point]) -> str:
    return "start" if place == 0 and len(points) > 1 else "end"
