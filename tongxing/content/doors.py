"""Reads doors.yaml: the invented people of the demo as they stand on its start page. A pack may have none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tongxing.content.blocks import read_block
from tongxing.content.fields import Mistakes
from tongxing.content.rooms import each
from tongxing.lib.place import PackErrors


@dataclass(frozen=True)
class Door:
    """How somebody is called, and one line about them."""

    name: str
    hint: str


@lru_cache(maxsize=4)
def doors(folder: Path) -> Mapping[str, Door]:
    """By id, in the order of the file. Raises PackErrors."""
    path = folder / "doors.yaml"
    if not path.is_file():
        return {}
    mistakes = Mistakes()
    block = read_block(path, f"{folder.name}/doors.yaml")
    found = {
        str(id_): Door(fields.words("name", need=True), fields.words("hint", need=True))
        for id_, fields in each(block, "人物", mistakes)
    }
    if mistakes:
        raise PackErrors(mistakes)
    return found
