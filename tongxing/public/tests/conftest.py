"""A real city: the one-click door is shut. Keys of its own in the temporary folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tongxing.accounts.keys import ring


@pytest.fixture(autouse=True)
def real_city(settings: object) -> Iterator[None]:
    settings.DEMO = True  # type: ignore[attr-defined]
    ring()
    settings.DEMO = False  # type: ignore[attr-defined]
    yield
