"""A file that a pack may leave out: read whole, or all its mistakes are said at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tongxing.content.blocks import Block, read_block
from tongxing.content.fields import Fields, Mistakes
from tongxing.lib.place import PackError, PackErrors

T = TypeVar("T")


def read_extra(folder: Path, name: str, read: Callable[[Block, Mistakes], T], without: T) -> T:
    """`without` is what a pack has that lacks the file. Raises PackErrors."""
    if not (folder / name).is_file():
        return without
    mistakes = Mistakes()
    try:
        found = read(read_block(folder / name, f"{folder.name}/{name}"), mistakes)
    except PackError as wrong:
        raise PackErrors([wrong]) from None
    if mistakes:
        raise PackErrors(mistakes)
    return found


def read_fields(folder: Path, name: str, read: Callable[[Fields], T], without: T) -> T:
    """The same for a file whose keys are fixed: others are mistakes."""

    def whole(block: Block, mistakes: Mistakes) -> T:
        fields = Fields(block, mistakes, f"{name} ")
        found = read(fields)
        fields.finish()
        return found

    return read_extra(folder, name, whole, without)
