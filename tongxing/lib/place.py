"""Where a piece of a content file stands, and the error that names it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Place:
    """A position in a content file; line and column count from 1."""

    file: str
    line: int
    column: int

    def shifted(self, columns: int) -> Place:
        return Place(self.file, self.line, self.column + columns)

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Place("<text>", 1, 1)


class Text(str):
    """A string that knows its place (a plain str otherwise)."""

    place: Place

    def __new__(cls, value: str, place: Place = NOWHERE) -> Text:
        text = super().__new__(cls, value)
        text.place = place
        return text


def place_of(value: object) -> Place:
    """The place of a value read from a content file; NOWHERE if it has none."""
    return getattr(value, "place", NOWHERE)


class PackError(Exception):
    """A mistake in a content file. `str()` is `file:line:column: message`."""

    def __init__(self, message: str, place: Place = NOWHERE) -> None:
        super().__init__(f"{place}: {message}")
        self.message, self.place = message, place


class PackErrors(Exception):
    """Several mistakes, found in one go, sorted by place."""

    def __init__(self, errors: Iterable[PackError]) -> None:
        self.errors = sorted(errors, key=lambda error: error.place)
        super().__init__("\n".join(str(error) for error in self.errors))


def nearest(name: str, known: Iterable[str]) -> str:
    """'；最接近的是 x' for the nearest known name, or ''."""
    match = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"；最接近的是 {match[0]}" if match else ""
