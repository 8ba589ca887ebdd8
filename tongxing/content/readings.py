"""Reads readings.yaml: how words are read aloud, and the braille cells that stand before the common table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from tongxing.content.extra import read_fields
from tongxing.content.fields import Fields, Mistakes
from tongxing.lib.braille import is_dots
from tongxing.lib.place import Text

FILE = "readings.yaml"


@dataclass(frozen=True)
class Readings:
    """`words`: word → syllables with a blank between, one for each character. `cells`: character → dots."""

    words: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, str] = field(default_factory=dict)


@lru_cache(maxsize=4)
def readings(folder: Path) -> Readings:
    """Of the pack in `folder`, read once. Raises PackErrors."""
    return read_readings(folder)


def read_readings(folder: Path) -> Readings:
    """A pack without the file stores no reading. Raises PackErrors."""
    return read_fields(folder, FILE, _readings, Readings())


def _readings(fields: Fields) -> Readings:
    found = Readings(_plain(fields, "words"), _plain(fields, "cells"))
    _check(fields.raw("words"), found, fields.mistakes)
    return found


def _plain(fields: Fields, key: str) -> dict[str, str]:
    inside = fields.inner(key)
    for name, value in inside.items():
        if not isinstance(value, Text):
            fields.mistakes.note(f"{name} 要是一个值", name.place)
    return {str(name): str(value) for name, value in inside.items() if isinstance(value, Text)}


def _check(words: object, found: Readings, mistakes: Mistakes) -> None:
    places = {str(name): name.place for name in words if isinstance(name, Text)} if isinstance(words, dict) else {}
    for word, said in found.words.items():
        if len(said.split()) != len(word):
            mistakes.note(f"{word} 有 {len(word)} 个字，读音写了 {len(said.split())} 个", places[word])
    for character, dots in found.cells.items():
        if len(character) != 1 or not is_dots(dots):
            mistakes.note(f"cells 里要写成“区: 13-346-1”，不是 {character}: {dots}")
