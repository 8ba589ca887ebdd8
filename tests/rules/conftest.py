from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.engines import ENGINES, Engine
from tongxing.content.pack import Pack
from tongxing.content.read import read_pack


@pytest.fixture(scope="session")
def source() -> Pack:
    """The small invented pack in which every construct of the language is used."""
    return read_pack(Path(__file__).parent / "pack")


@pytest.fixture(scope="session")
def engines() -> list[tuple[str, Engine]]:
    return ENGINES
