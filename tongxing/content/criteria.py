"""Reads criteria.yaml: criterion by criterion of WCAG 2.2, what is held, the test behind it, or why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from tongxing.content.accessibility import PARTS
from tongxing.content.blocks import Value
from tongxing.content.extra import read_fields
from tongxing.content.fields import Fields, Mistakes

FILE = "criteria.yaml"
LEVELS = ("A", "AA", "AAA")
HELD, PARTLY = "做到", "部分做到"
STATES = (HELD, PARTLY, "没有这样的内容", "还没做到")


@dataclass(frozen=True)
class Criterion:
    """`no` is WCAG's number; `test` is file::function of this repository or '', then `why` says the reason."""

    no: str
    level: str
    name: str
    state: str
    test: str
    why: str

    @property
    def part(self) -> str:
        """Of the four parts that WCAG and the national standard share."""
        return PARTS[int(self.no[0]) - 1]


@dataclass(frozen=True)
class Assessment:
    day: date
    criteria: Sequence[Criterion]

    def count(self, state: str) -> int:
        return sum(one.state == state for one in self.criteria)


@lru_cache(maxsize=4)
def criteria(folder: Path) -> Assessment:
    """Of the pack in `folder`, read once. Raises PackErrors."""
    return read_criteria(folder)


def read_criteria(folder: Path) -> Assessment:
    """A pack without the file has assessed nothing. Raises PackErrors."""
    return read_fields(folder, FILE, _assessment, Assessment(date.min, ()))


def _assessment(fields: Fields) -> Assessment:
    day, tests = fields.day("day", need=True) or date.min, _tests(fields, fields.mistakes)
    return Assessment(day, tuple(_criteria(fields.items("criteria", need=True), tests, fields.mistakes)))


def _tests(fields: Fields, mistakes: Mistakes) -> Mapping[str, str]:
    """Short names for tests, so that one line is one criterion."""
    named = Fields(fields.raw("tests"), mistakes, "tests", fields.place)
    tests = {str(name): named.words(str(name), need=True) for name in named.block}
    named.finish()
    return tests


def _criteria(items: Sequence[Value], tests: Mapping[str, str], mistakes: Mistakes) -> Iterator[Criterion]:
    for item in items:
        fields = Fields(item, mistakes, "一条")
        by, why = fields.words("by"), fields.words("why")
        one = Criterion(
            fields.words("no", need=True),
            fields.choice("level", LEVELS),
            fields.words("name", need=True),
            fields.choice("state", STATES),
            tests.get(by, ""),
            why,
        )
        fields.finish()
        if by and by not in tests:
            mistakes.note(f"tests 里没有 {by}", fields.place)
        if not one.test and not why:
            mistakes.note("要写 by（哪个测试）或 why（为什么）", fields.place)
        if one.no[:1] not in ("1", "2", "3", "4"):
            mistakes.note("no 要写国际标准的编号，比如 1.4.3", fields.place)
        yield one
