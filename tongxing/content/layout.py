"""Where the columns of a feed stand in a file, also under the names that a department has for them.

    身份证 → 证件号码（身份证）   the feed's own name, and in brackets what stands in the file

so that every later step finds the column by its own name, and people still read theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from tongxing.content.cells import as_text
from tongxing.content.pack import Feed, FeedColumn
from tongxing.lib.files import Sheet
from tongxing.lib.mistakes import BadFile
from tongxing.lib.place import nearest
from tongxing.lib.text import normalise


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


class MissingColumns(BadFile):
    """Columns that the list must have stand under no name we know; `titles` are those that may be meant."""

    def __init__(self, words: str, unfound: Sequence[FeedColumn], titles: Sequence[str]) -> None:
        super().__init__(words)
        self.unfound, self.titles = list(unfound), [title for title in titles if title]


def titles_of(header: Sequence[object]) -> list[str]:
    return [normalise(as_text(cell)) for cell in header]


def found_columns(feed: Feed, header: Sequence[object]) -> dict[str, list[int]]:
    """The places at which each field of the feed stands, by name or alias."""
    titles = titles_of(header)
    return {column.field: _places_of(column, titles) for column in feed.columns}


def lay_out(feed: Feed, header: Sequence[object]) -> Layout:
    """Finds the feed's columns by name or alias. Raises BadFile naming every missing one and the nearest header."""
    titles, found = titles_of(header), found_columns(feed, header)
    for column in feed.columns:
        if len(found[column.field]) > 1:
            twice = "、".join(f"“{titles[place]}”" for place in found[column.field])
            raise BadFile(f"有两列都像“{column.name}”：{twice}。请只留一列，或改掉另一列的列名。")
    at: dict[str, int] = {field: places[0] for field, places in found.items() if places}
    missing = [column for column in feed.columns if column.required and column.field not in at]
    if not missing and not any(field in at for field in feed.match_by):
        missing = [column for column in feed.columns if column.field in feed.match_by][:1]
    if missing:
        free = [title for place, title in enumerate(titles) if place not in at.values()]
        unfound = [column for column in feed.columns if column.field not in at]
        raise MissingColumns(_missing(missing, free), unfound, free)
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


def with_own_names(feed: Feed, sheet: Sheet, known: Mapping[str, str]) -> Sheet:
    """The sheet with the headers renamed that are known by another name. `known` is title → field."""
    return replace(sheet, header=tuple(_own_names(feed, sheet.header, known)))


def _own_names(feed: Feed, header: Sequence[str], known: Mapping[str, str]) -> list[str]:
    titles, found = titles_of(header), found_columns(feed, header)
    taken = {place for places in found.values() for place in places}
    names: dict[str, str] = {column.field: column.name for column in feed.columns if not found[column.field]}
    renamed = list(header)
    for place, title in enumerate(titles):
        field = known.get(title, "")
        if place not in taken and field in names:
            renamed[place] = f"{names.pop(field)}（{title}）"
    return renamed
