"""Reads easy.yaml: what a page is for and what one can do there, in Easy Read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from tongxing.content.blocks import Block, Items
from tongxing.content.extra import read_extra
from tongxing.content.fields import Mistakes
from tongxing.content.letters import EasyLine, lines_of
from tongxing.lib.place import place_of

FILE = "easy.yaml"


@lru_cache(maxsize=4)
def easy_pages(folder: Path) -> Mapping[str, Sequence[EasyLine]]:
    """{name of the address: lines} of the pack in `folder`, read once. Raises PackErrors."""
    return read_easy_pages(folder)


def read_easy_pages(folder: Path) -> Mapping[str, Sequence[EasyLine]]:
    """A pack without the file has no easy pages. Raises PackErrors."""
    return read_extra(folder, FILE, _pages, {})


def _pages(block: Block, mistakes: Mistakes) -> dict[str, Sequence[EasyLine]]:
    found: dict[str, Sequence[EasyLine]] = {}
    for name, value in block.items():
        if isinstance(value, Items):
            found[str(name)] = tuple(lines_of(value, (), mistakes))
        else:
            mistakes.note(f"{name} 要是一列，每行以“- ”开头", place_of(value))
    return found
