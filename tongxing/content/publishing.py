"""`publishing(folder)`: how a city shows its plan to everybody, read from plan/publishing.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from tongxing.content.blocks import Block, Items, read_block
from tongxing.content.fields import Fields, Mistakes
from tongxing.content.instance import pack
from tongxing.content.rooms import check_known
from tongxing.lib.place import PackErrors


@dataclass(frozen=True)
class Publishing:
    """`answer_within`: working days until a citizen's remark is answered. `tiles`: column and row of each division."""

    licence: str = ""
    licence_plain: str = ""
    synthetic: str = ""
    answer_within: int = 5
    tiles: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@lru_cache(maxsize=4)
def publishing(folder: Path) -> Publishing:
    """Read once; a pack without the file has no tiles. Raises PackErrors."""
    path = folder / "plan" / "publishing.yaml"
    if not path.is_file():
        return Publishing()
    mistakes = Mistakes()
    codes = [division.code for division in pack(folder).divisions]
    found = read_publishing(read_block(path, f"{folder.name}/plan/publishing.yaml"), codes, mistakes)
    if mistakes:
        raise PackErrors(mistakes)
    return found


def read_publishing(block: Block, divisions: Iterable[str], mistakes: Mistakes) -> Publishing:
    fields = Fields(block, mistakes, "publishing.yaml ")
    found = Publishing(
        licence=fields.words("licence", need=True),
        licence_plain=fields.words("licence_plain", need=True),
        synthetic=fields.words("synthetic", need=True),
        answer_within=fields.whole("answer_within", need=True) or 1,
        tiles=_tiles(fields, list(divisions), mistakes),
    )
    fields.finish()
    return found


def _tiles(fields: Fields, divisions: list[str], mistakes: Mistakes) -> dict[str, tuple[int, int]]:
    """Every division is known and no two share a place."""
    raw = fields.raw("tiles")
    tiles: dict[str, tuple[int, int]] = {}
    for code, value in (raw if isinstance(raw, Block) else Block()).items():
        check_known(code, divisions, "区划", mistakes)
        place = _place(value)
        if place is None:
            mistakes.note(f"{code} 的位置要写成 [列, 行]，两个从 0 起的整数", code.place)
        elif place in tiles.values():
            mistakes.note(f"{code} 和别的区划放在同一格 {list(place)}", code.place)
        else:
            tiles[str(code)] = place
    return tiles


def _place(value: object) -> tuple[int, int] | None:
    parts = [str(part) for part in value] if isinstance(value, Items) else []
    if len(parts) != 2 or not all(part.isdigit() for part in parts):
        return None
    return int(parts[0]), int(parts[1])
