from __future__ import annotations

import pytest

from tongxing.exchange.tests import cast


@pytest.fixture
def city(db: None) -> None:
    """The divisions of the small city; people are added by each test."""
    cast.build_divisions()
