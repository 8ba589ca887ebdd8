"""From the sheet of a list to its lines: what each cell says. Which column is which field: content.layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tongxing.content.cells import Codes, as_text, read_cell
from tongxing.content.layout import Layout, lay_out
from tongxing.content.pack import Feed, FeedColumn
from tongxing.content.places import Places
from tongxing.exchange.lines import Line, Problem
from tongxing.lib.files import Sheet
from tongxing.lib.mistakes import BadFile, BadValue
from tongxing.lib.progress import progress

REASON = "为什么没有用"  # header of the reason column in the error file; skipped when the file comes back


def read_sheet(feed: Feed, sheet: Sheet, codes: Mapping[str, Codes], places: Places) -> tuple[Layout, list[Line]]:
    """All lines that hold anything. Raises BadFile for missing columns or an empty list."""
    layout = lay_out(feed, sheet.header)
    texts = ((number, [as_text(cell) for cell in row]) for number, row in zip(sheet.numbers, sheet.rows, strict=True))
    rows = [(number, cells) for number, cells in texts if any(cell.strip() for cell in cells)]
    if not rows:
        raise BadFile("名单里只有表头，一行人也没有。请核对是不是传错了文件。")
    return layout, read_lines(layout, rows, codes, places)


def read_lines(
    layout: Layout, rows: Iterable[tuple[int, list[str]]], codes: Mapping[str, Codes], places: Places
) -> list[Line]:
    """`rows` are (number in the spreadsheet, cells as text)."""
    present = [(column, layout.at[column.field]) for column in layout.feed.columns if column.field in layout.at]
    found: dict[tuple[str, str], Any] = {}  # villages, dates and codes repeat: each text is read once
    known = (codes, places, found)
    return [_read_line(Line(number, cells), layout, present, known) for number, cells in progress(rows, "核对每一行")]


Known = tuple[Mapping[str, Codes], Places, dict[tuple[str, str], Any]]


def _read_line(line: Line, layout: Layout, present: list[tuple[FeedColumn, int]], known: Known) -> Line:
    for column, place in present:
        text = line.cells[place].strip() if place < len(line.cells) else ""
        if text:
            value = _remembered(column, text, known)
            if isinstance(value, BadValue):
                line.problems.append(Problem(layout.header[place], str(value)))
            else:
                line.values[column.field] = value
        elif column.required:
            line.problems.append(Problem(layout.header[place], f"“{column.name}”是空的，这一列必须填。"))
    if line.id_number is None and not line.problems:
        line.problems.append(Problem(layout.key_title, "没有号码，认不出是哪个人。请填上。"))
    return line


def _remembered(column: FeedColumn, text: str, known: Known) -> Any:
    codes, places, found = known
    if column.type in ("id_number", "certificate_number", "name"):
        return _read(column, text, codes, places)
    key = (column.field, text)
    if key not in found:
        found[key] = _read(column, text, codes, places)
    return found[key]


def _read(column: FeedColumn, text: str, codes: Mapping[str, Codes], places: Places) -> Any:
    """The value, or the BadValue that says why there is none."""
    try:
        return read_cell(column.type, text, codes.get(column.codes), places)
    except BadValue as wrong:
        return wrong
