from __future__ import annotations

import re
from xml.etree import ElementTree

from tongxing.ui.charts import ROOM, Bar, bars

ROWS = [Bar("东县", 1219, 853), Bar("西区", 0, 40), Bar("<南>", None, 186)]


def test_every_number_of_the_rows_stands_in_the_chart_as_text() -> None:
    svg = bars(ROWS, "改后", "现在")
    said = [text.text for text in ElementTree.fromstring(svg).iter("text")]
    assert said == ["东县", "现在 853", "改后 1,219", "西区", "现在 40", "改后 0", "<南>", "现在 186", "改后 不知道"]


def test_bars_are_as_long_as_their_numbers_and_zero_has_none() -> None:
    widths = [float(w) for w in re.findall(r'<rect[^>]* width="([\d.]+)%"', bars(ROWS, "改后", "现在"))]
    assert max(widths) == ROOM
    assert len(widths) == 4
    assert abs(widths[0] - 853 * ROOM / 1219) < 0.01


def test_a_chart_says_what_it_is_and_points_to_its_table() -> None:
    root = ElementTree.fromstring(bars(ROWS, "改后", "现在", title="一年的钱", table="money"))
    assert root.get("role") == "img"
    assert root.get("aria-label") == "一年的钱。数字在下面的表里。"
    assert root.get("aria-describedby") == "money"


def test_colours_come_from_the_sheet_and_sizes_need_no_style() -> None:
    svg = bars(ROWS, "改后", "现在")
    assert re.findall(r"style=|fill=|stroke=|font|viewBox|#[0-9a-f]{3}", svg) == []


def test_a_chart_of_nothing_or_of_zeros_is_still_a_picture() -> None:
    assert "<rect" not in bars([], "改后", "现在")
    assert "<rect" not in bars([Bar("东县", 0, None)], "改后", "现在")
