"""Reads doors.yaml: the invented people of the demo as they stand on its start page. A pack may have none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from tongxing.content.blocks import Block
from tongxing.content.extra import read_extra
from tongxing.content.fields import Mistakes
from tongxing.content.rooms import each


@dataclass(frozen=True)
class Door:
    """How somebody is called, and one line about them."""

    name: str
    hint: str


@lru_cache(maxsize=4)
def doors(folder: Path) -> Mapping[str, Door]:
    """By id, in the order of the file. Raises PackErrors."""
    return read_extra(folder, "doors.yaml", _doors, {})


def _doors(block: Block, mistakes: Mistakes) -> dict[str, Door]:
    return {
        str(id_): Door(fields.words("name", need=True), fields.words("hint", need=True))
        for id_, fields in each(block, "人物", mistakes)
    }
