"""The pack of this process, read once. A changed pack needs a restart, so that no decision mixes two versions."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from tongxing.content.pack import Pack
from tongxing.content.read import read_pack


@lru_cache(maxsize=4)
def pack(folder: Path) -> Pack:
    """The frozen pack in `folder`. Raises PackErrors."""
    return read_pack(folder)
