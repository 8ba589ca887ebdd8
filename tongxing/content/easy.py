"""Reads easy.yaml: what a page is for and what one can do there, in Easy Read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from tongxing.content.blocks import Items, read_block
from tongxing.content.fields import Mistakes
from tongxing.content.letters import EasyLine, lines_of
from tongxing.lib.place import PackError, PackErrors, place_of

FILE = "easy.yaml"


@lru_cache(maxsize=4)
def easy_pages(folder: Path) -> Mapping[str, Sequence[EasyLine]]:
    """{name of the address: lines} of the pack in `folder`, read once. Raises PackErrors."""
    return read_easy_pages(folder)


def read_easy_pages(folder: Path) -> Mapping[str, Sequence[EasyLine]]:
    """A pack without the file has no easy pages. Raises PackErrors."""
    if not (folder / FILE).is_file():
        return {}
    try:
        block = read_block(folder / FILE, f"{folder.name}/{FILE}")
    except PackError as wrong:
        raise PackErrors([wrong]) from None
    mistakes = Mistakes()
    found = {}
    for name, value in block.items():
        if isinstance(value, Items):
            found[str(name)] = tuple(lines_of(value, (), mistakes))
        else:
            mistakes.note(f"{name} 要是一列，每行以“- ”开头", place_of(value))
    if mistakes:
        raise PackErrors(mistakes)
    return found
