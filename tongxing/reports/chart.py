"""Charts of a report as SVG that stands alone: on the page, in the PDF, and as a picture in the docx. Pure.

Colours are attributes that hold on white paper and on a dark page; text takes the colour of the page around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT = 640, 230
LEFT, TOP, BOTTOM = 12, 30, 190
FONT = 'font-family="Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif" font-size="13"'
SOLID, LINE = "#2a7f95", "#b4711f"


@dataclass(frozen=True)
class Column:
    """`value` None: not known, and said so."""

    name: str
    value: float | None
    said: str


def columns(rows: Sequence[Column], aim: float | None = None, aim_said: str = "") -> str:
    """Columns side by side with their numbers on top, and a broken line where they should reach."""
    largest = max([row.value for row in rows if row.value is not None] + [aim or 0, 0]) or 1
    step = (WIDTH - 2 * LEFT) / max(len(rows), 1)
    parts = [_column(row, LEFT + place * step, step, largest) for place, row in enumerate(rows)]
    parts.append(f'<path d="M{LEFT} {BOTTOM}H{WIDTH - LEFT}" stroke="currentColor" stroke-width="1"/>')
    if aim is not None:
        parts.append(_aim(aim, aim_said, largest))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {FONT} fill="currentColor">'
        f"{''.join(parts)}</svg>"
    )


def _column(row: Column, left: float, step: float, largest: float) -> str:
    middle = left + step / 2
    wide = min(step * 0.5, 64)
    tall = (BOTTOM - TOP) * max(row.value or 0, 0) / largest
    shape = f'<rect x="{middle - wide / 2:.1f}" y="{BOTTOM - tall:.1f}" width="{wide:.1f}" height="{tall:.1f}"'
    return (
        f'{shape} fill="{SOLID}"/>'
        f'<text x="{middle:.1f}" y="{BOTTOM - tall - 6:.1f}" text-anchor="middle" font-weight="bold">'
        f"{escape(row.said)}</text>"
        f'<text x="{middle:.1f}" y="{BOTTOM + 20}" text-anchor="middle">{escape(row.name)}</text>'
    )


def _aim(aim: float, said: str, largest: float) -> str:
    y = BOTTOM - (BOTTOM - TOP) * max(aim, 0) / largest
    return (
        f'<path d="M{LEFT} {y:.1f}H{WIDTH - LEFT}" stroke="{LINE}" stroke-width="2" stroke-dasharray="7 5"/>'
        f'<text x="{WIDTH - LEFT}" y="{HEIGHT - 4}" text-anchor="end">虚线：{escape(said)}</text>'
    )
