"""A real city: the one-click door is shut. Keys of its own in the temporary folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from tongxing.accounts.keys import ring


@pytest.fixture(autouse=True)
def real_city(settings: object) -> Iterator[None]:
    settings.DEMO = True  # type: ignore[attr-defined]
    ring()
    settings.DEMO = False  # type: ignore[attr-defined]
    yield


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same hash with less work: these tests hash a hundred passwords."""
    for name, cost in (("time_cost", 1), ("memory_cost", 8), ("parallelism", 1)):
        monkeypatch.setattr(Argon2PasswordHasher, name, cost)
