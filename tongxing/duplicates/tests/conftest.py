from __future__ import annotations

import pytest

from tests.cast import build_divisions


@pytest.fixture(autouse=True)
def _city(db: None) -> None:
    build_divisions()
