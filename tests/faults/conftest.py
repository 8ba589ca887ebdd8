"""Small cities in folders, drawn once a run; each fault test spoils a copy."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import towns
from tests.faults.ground import build_on_postgres


@pytest.fixture
def a_city(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Callable[[], Path]:
    """A copy that may be spoilt."""

    def copy() -> Path:
        return Path(shutil.copytree(towns.town(tmp_path_factory), tmp_path / "city"))

    return copy


@pytest.fixture
def a_city_on_postgres(tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> Callable[[], Path]:
    """The same with the files of its database server, which is started on them."""

    def copy() -> Path:
        drawn = towns.once(tmp_path_factory, "town_on_postgres", build_on_postgres)
        subprocess.run(
            ["cp", "-a", str(drawn), str(tmp_path / "city")], check=True
        )  # with their owner, who may not be us
        return tmp_path / "city"

    return copy
