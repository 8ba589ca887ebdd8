"""Reads accessibility.yaml: what is claimed for every way of reading, the test behind it, and what is not claimed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from tongxing.content.blocks import Value
from tongxing.content.extra import read_fields
from tongxing.content.fields import Fields, Mistakes

FILE = "accessibility.yaml"
PARTS = ("看得到", "用得了", "看得懂", "都能开")


@dataclass(frozen=True)
class Claim:
    """`criteria` are numbers of WCAG 2.2; `part` is one of PARTS; `test` is file::function of this repository."""

    says: str
    part: str
    criteria: str
    test: str


@dataclass(frozen=True)
class Gap:
    says: str
    why: str


@dataclass(frozen=True)
class Statement:
    day: date
    claims: Sequence[Claim]
    gaps: Sequence[Gap]


@lru_cache(maxsize=4)
def statement(folder: Path) -> Statement:
    """Of the pack in `folder`, read once. Raises PackErrors."""
    return read_statement(folder)


def read_statement(folder: Path) -> Statement:
    """A pack without the file claims nothing. Raises PackErrors."""
    return read_fields(folder, FILE, _statement, Statement(date.min, (), ()))


def _statement(fields: Fields) -> Statement:
    return Statement(
        fields.day("day", need=True) or date.min,
        tuple(_claims(fields.items("claims", need=True), fields.mistakes)),
        tuple(_gaps(fields.items("gaps", need=True), fields.mistakes)),
    )


def _claims(items: Sequence[Value], mistakes: Mistakes) -> Iterator[Claim]:
    for item in items:
        fields = Fields(item, mistakes, "一条")
        yield Claim(
            fields.words("says", need=True),
            fields.choice("part", PARTS),
            fields.words("criteria", need=True),
            fields.words("test", need=True),
        )
        fields.finish()


def _gaps(items: Sequence[Value], mistakes: Mistakes) -> Iterator[Gap]:
    for item in items:
        fields = Fields(item, mistakes, "一条")
        yield Gap(fields.words("says", need=True), fields.words("why", need=True))
        fields.finish()
