"""The city that the tests of this folder walk about in: drawn and judged once a worker, below every test's transaction.

Run `pytest tests` by itself: the city stays in the worker's database, and features' own tests want an empty one.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from tongxing.policy.models import Run

HOLDERS, SEED = 300, 7


@pytest.fixture(scope="session")
def city(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Run:
    """A small city after its first night. What a test changes is rolled back at its end."""
    from tongxing.demo.city import build
    from tongxing.plan.actions import count_run
    from tongxing.policy.actions import run_night

    today = date.today()
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        build(HOLDERS, SEED, today)
        run = run_night(as_of=today)
        count_run(run=run)
        return run


@pytest.fixture
def client_of(city: Run, db: None) -> Callable[[str | None], Client]:
    """Somebody who came in through the demo door of a role; a visitor for None."""

    def enter(role: str | None) -> Client:
        client = Client(raise_request_exception=False)
        if role is not None:
            assert client.post(f"/demo/demo-{role}/enter/").status_code == 302, role
        return client

    return enter
