"""What an evaluation report is made of, before it is a page, a docx or a PDF. Pure.

A report is a list of sections in reading order; each has a level (1 or 2) and blocks: words, lists, tables, charts, and
what officers wrote. All three renderings are made from the same document (`as_document`), so that they say the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

Document = Mapping[str, Any]
TYPES = {
    "report.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "report.pdf": "application/pdf",
    "report.json": "application/json",
}


@dataclass(frozen=True)
class Words:
    """A paragraph; `is_lead` is the sentence that says the most important thing of its section."""

    words: str
    is_lead: bool = False
    kind: str = "words"


@dataclass(frozen=True)
class Points:
    items: Sequence[str]
    kind: str = "points"


@dataclass(frozen=True)
class Table:
    """`numeric` are the columns set right; `widths` the shares of the columns; the first column names its row."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    numeric: Sequence[int] = ()
    widths: Sequence[int] = ()
    is_dense: bool = False
    kind: str = "table"


@dataclass(frozen=True)
class Chart:
    """`says` is what the chart shows, in words: its text alternative and the line under it."""

    caption: str
    says: str
    svg: str
    kind: str = "chart"


@dataclass(frozen=True)
class Piece:
    """What one unit wrote: by whom, on which day, which version."""

    unit: str
    words: str
    by: str
    on: str
    version: int


@dataclass(frozen=True)
class Written:
    """Where officers write; `ask` says what belongs here while nobody has."""

    slot: str
    ask: str
    pieces: Sequence[Piece] = ()
    kind: str = "written"


Block = Words | Points | Table | Chart | Written


@dataclass(frozen=True)
class Section:
    id: str
    level: int
    title: str
    blocks: Sequence[Block] = ()


@dataclass(frozen=True)
class Report:
    """`facts` stand on the cover. `as_of` is the day of the snapshot that every figure is counted on."""

    title: str
    subtitle: str
    issuer: str
    as_of: date
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]


def as_document(report: Report) -> dict[str, Any]:
    return {**asdict(report), "as_of": report.as_of.isoformat()}


def document_bytes(report: Report) -> bytes:
    """The same report gives the same bytes."""
    said = json.dumps(as_document(report), ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False)
    return (said + "\n").encode()


def slots(document: Document) -> list[tuple[str, str, str]]:
    """(slot, title of its section, what belongs there) for every place where officers write."""
    return [
        (block["slot"], section["title"], block["ask"])
        for section in document["sections"]
        for block in section["blocks"]
        if block["kind"] == "written"
    ]
