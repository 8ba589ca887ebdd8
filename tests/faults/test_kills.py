"""kill -9 at random moments loses nothing that was acknowledged and leaves nothing half done (R1).

A few dozen in every run; five hundred on each database before a release.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults.ground import environment

WORKS = ["cases", "feeds", "payments"]
City = Callable[[], Path]


def kill(folder: Path, work: str, kills: int, *more: str) -> dict[str, Any]:
    """The summary of tests/faults/driver.py; a failure shows the seed and the number of the kill."""
    command = [sys.executable, "-m", "tests.faults.driver", work, "--kills", str(kills), *more]
    done = subprocess.run(command, env=environment(folder), capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    tally: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(tally)
    assert tally["wrong"] == []
    assert tally["kills"] == kills
    assert tally["in_flight"] >= kills // 3, "the kills hit too little work"
    assert tally["acknowledged"] >= kills // 2
    return tally


@pytest.mark.parametrize("work", WORKS)
def test_a_killed_process_leaves_sqlite_whole(a_city: City, work: str) -> None:
    kill(a_city(), work, 12)


@pytest.mark.parametrize("work", WORKS)
def test_a_killed_client_or_server_leaves_postgres_whole(a_city_on_postgres: City, work: str) -> None:
    tally = kill(a_city_on_postgres(), work, 12, "--postgres", "--server-kills", "1")
    assert tally["server_kills"] == 1


@pytest.mark.release
@pytest.mark.parametrize("work", WORKS)
def test_five_hundred_kills_leave_sqlite_whole(a_city: City, work: str) -> None:
    kill(a_city(), work, 170, "--seed", "2")


@pytest.mark.release
@pytest.mark.parametrize("work", WORKS)
def test_five_hundred_kills_leave_postgres_whole(a_city_on_postgres: City, work: str) -> None:
    kill(a_city_on_postgres(), work, 170, "--postgres", "--server-kills", "5", "--seed", "2")
