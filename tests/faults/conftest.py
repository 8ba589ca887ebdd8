"""Small cities in folders, drawn once a worker; each fault test spoils a copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.ground import build_city


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_city(tmp_path_factory.mktemp("faults"))


@pytest.fixture
def a_city(drawn: Path, tmp_path: Path) -> Callable[[], Path]:
    """A copy that may be spoilt."""

    def copy() -> Path:
        return Path(shutil.copytree(drawn, tmp_path / "city"))

    return copy
