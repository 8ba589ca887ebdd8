"""A tile map as SVG text: every division is one tile of the same size, where it roughly lies; names and numbers inside.

Lengths are rem, so that the text keeps the reader's size; the map scrolls in its region when it is wider than the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDE, HIGH, GAP = 4.4, 3.4, 0.25  # rem


@dataclass(frozen=True)
class Tile:
    """`look` is a class of the sheet: t-ok, t-wait, t-off; the words say the same."""

    column: int
    row: int
    name: str
    said: str
    look: str


def tile_map(tiles: Sequence[Tile], *, title: str, table: str) -> SafeString:
    """The map says what it is and points to the table with the same numbers (`table` is its id)."""
    across = max((tile.column for tile in tiles), default=0) + 1
    down = max((tile.row for tile in tiles), default=0) + 1
    return format_html(
        '<svg class="chart tiles" role="img" width="{}rem" height="{}rem" aria-label="{}" aria-describedby="{}">{}'
        "</svg>",
        f"{across * (WIDE + GAP) - GAP:g}",
        f"{down * (HIGH + GAP) - GAP:g}",
        f"{title}。数字在下面的表里。",
        table,
        format_html_join("", "{}", [(_tile(tile),) for tile in tiles]),
    )


def _tile(tile: Tile) -> SafeString:
    left, top = tile.column * (WIDE + GAP), tile.row * (HIGH + GAP)
    middle = f"{left + WIDE / 2:g}rem"
    return format_html(
        '<g><rect class="{}" x="{}rem" y="{}rem" width="{}rem" height="{}rem" rx="4"/>'
        '<text x="{}" y="{}rem" text-anchor="middle">{}</text>'
        '<text class="b" x="{}" y="{}rem" text-anchor="middle">{}</text></g>',
        tile.look,
        f"{left:g}",
        f"{top:g}",
        f"{WIDE:g}",
        f"{HIGH:g}",
        middle,
        f"{top + 1.4:g}",
        tile.name,
        middle,
        f"{top + 2.7:g}",
        tile.said,
    )
