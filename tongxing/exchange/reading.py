"""From the sheet of a list to its lines: which column is which field, and what each cell says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongxing.content.cells import Codes, as_text, read_cell
from tongxing.content.pack import Feed, FeedColumn
from tongxing.content.places import Places
from tongxing.exchange.lines import Line, Problem
from tongxing.lib.files import Sheet
from tongxing.lib.mistakes import BadFile, BadValue
from tongxing.lib.place import nearest
from tongxing.lib.progress import progress
from tongxing.lib.text import normalise

REASON = "为什么没有用"  # header of the reason column in the error file; skipped when the file comes back


@dataclass(frozen=True)
class Layout:
    """Where each field of the feed stands in the rows of a file."""

    feed: Feed
    header: Sequence[str]
    at: Mapping[str, int]

    def title(self, field: str) -> str:
        """The header over a field as the user wrote it, or the feed's own name of the column."""
        if field in self.at:
            return self.header[self.at[field]]
        return next((column.name for column in self.feed.columns if column.field == field), field)

    @property
    def key_title(self) -> str:
        """The header of the number that tells who it is."""
        return self.title(next(field for field in self.feed.match_by if field in self.at))


def lay_out(feed: Feed, header: Sequence[object]) -> Layout:
    """Finds the feed's columns by name or alias. Raises BadFile naming every missing one and the nearest header."""
    titles = [normalise(as_text(cell)) for cell in header]
    found = {column.field: _places_of(column, titles) for column in feed.columns}
    for column in feed.columns:
        if len(found[column.field]) > 1:
            twice = "、".join(f"“{titles[place]}”" for place in found[column.field])
            raise BadFile(f"有两列都像“{column.name}”：{twice}。请只留一列，或改掉另一列的列名。")
    at: dict[str, int] = {field: places[0] for field, places in found.items() if places}
    missing = [column for column in feed.columns if column.required and column.field not in at]
    if not missing and not any(field in at for field in feed.match_by):
        missing = [column for column in feed.columns if column.field in feed.match_by][:1]
    if missing:
        raise BadFile(_missing(missing, [title for place, title in enumerate(titles) if place not in at.values()]))
    return Layout(feed, titles, at)


def _places_of(column: FeedColumn, titles: Sequence[str]) -> list[int]:
    names = {_bare(name) for name in (column.name, *column.aliases)}
    return [place for place, title in enumerate(titles) if _bare(title) in names]


def _bare(title: str) -> str:
    """身份证号（必填）* → 身份证号"""
    return normalise(title).replace(" ", "").rstrip("*").split("(")[0].rstrip(":")


def _missing(columns: Iterable[FeedColumn], titles: Sequence[str]) -> str:
    words = []
    for column in columns:
        near = next((hint for name in (column.name, *column.aliases) if (hint := nearest(_bare(name), titles))), "")
        words.append(f"“{column.name}”{near.replace('最接近的是', '表里最接近的是')}")
    return f"表里缺少这些列：{'，'.join(words)}。请把列名改成一样的，或下载模板来填。"


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
