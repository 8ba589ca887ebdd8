"""Bars as SVG text: a solid and a hollow bar for each row, numbers written beside them.

Lengths across are per cent and lengths down are rem, so a chart has no viewBox: it fills its box at every width and its
text keeps the reader's size. Colours are classes of the sheet, so themes, forced colours and print hold. Why no chart
library draws this: docs/decisions/0002-charts.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

ROOM = 62  # per cent of the width that the longest bar takes; the rest is for its number
GROUP, HEAD, BAR, STEP = 4.6, 1.5, 1.1, 1.35  # rem: a row with its gap, its name, a bar, from bar to bar


@dataclass(frozen=True)
class Bar:
    """A row: its name, the number of the solid bar, and that of the hollow bar it is held against (None: not known)."""

    name: str
    value: int | Decimal | None
    against: int | Decimal | None


def bars(rows: Sequence[Bar], solid: str, hollow: str, *, title: str = "", table: str = "chart-table") -> SafeString:
    """A chart that says what it is and points to the table with the same numbers (`table` is its id)."""
    largest = max([n for row in rows for n in (row.value, row.against) if n is not None], default=0)
    groups = [(_group(row, place * GROUP, largest, (solid, hollow)),) for place, row in enumerate(rows)]
    return format_html(
        '<svg class="chart" role="img" width="100%" height="{}rem" aria-label="{}" aria-describedby="{}">{}</svg>',
        f"{max(len(rows) * GROUP - 0.5, 1):g}",
        f"{title or f'条形图：{solid}和{hollow}'}。数字在下面的表里。",
        table,
        format_html_join("", "{}", groups),
    )


def _group(row: Bar, top: float, largest: int | Decimal, names: tuple[str, str]) -> SafeString:
    solid, hollow = names
    return format_html(
        '<g><text class="b" x="0" y="{}rem">{}</text>{}{}</g>',
        f"{top + 1:g}",
        row.name,
        _bar(hollow, row.against, largest, top + HEAD, "f3"),
        _bar(solid, row.value, largest, top + HEAD + STEP, "f1"),
    )


def _bar(name: str, number: int | Decimal | None, largest: int | Decimal, top: float, look: str) -> SafeString:
    """One bar and, right of it, its name and number. Nothing is drawn for zero; unknown is said."""
    width = f"{number * ROOM / largest:.2f}" if number else "0"
    shape = format_html(
        '<rect class="{}" x="1" y="{}rem" width="{}%" height="{}rem"/>', look, f"{top:g}", width, f"{BAR:g}"
    )
    said = "不知道" if number is None else f"{number:,f}" if isinstance(number, Decimal) else f"{number:,}"
    label = format_html('<text x="{}%" dx="8" y="{}rem">{} {}</text>', width, f"{top + BAR - 0.23:g}", name, said)
    return shape + label if number else label
