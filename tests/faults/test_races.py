"""Of many who work on one case at one moment exactly one succeeds; the others read who was first, and when (R5)."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.faults.ground import environment

City = Callable[[], Path]
WHO_AND_WHEN = re.compile(r"第 \d+ 位.* \d\d-\d\d \d\d:\d\d ")

ONE_OF = {
    "accept": "step",
    "hand_back": "step",
    "decide": "decision",
    "withdraw": "end",
}  # what passed may be withdrawn


def race(folder: Path, workers: int, cases: int, *more: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.faults.race", "--workers", str(workers), "--cases", str(cases), *more]
    done = subprocess.run(command, env=environment(folder), capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    print(found["seconds"], Counter((line.get("verb"), line.get("won")) for line in found["lines"]))
    return found


def check(found: dict[str, Any], workers: int, cases: int) -> None:
    lines = found["lines"]
    assert [line["error"] for line in lines if "error" in line] == []
    assert len(lines) == workers * cases
    won = Counter((line["case"], ONE_OF[line["verb"]]) for line in lines if line["won"])
    assert set(won.values()) == {1}, "somebody did what another had done"
    assert {case for case, _ in won} == {case for keys in found["cases"].values() for case in keys}
    assert found["wrong"] == []
    silent = Counter(line["verb"] + ": " + line["why"] for line in lines if not _tells(line))
    assert not silent, silent.most_common(5)


def _tells(line: dict[str, Any]) -> bool:
    return line["won"] or WHO_AND_WHEN.search(line["why"]) is not None


def test_eight_officers_at_a_hundred_cases_on_sqlite(a_city: City) -> None:
    check(race(a_city(), 8, 100), 8, 100)


def test_eight_officers_at_a_hundred_cases_on_postgres(a_city_on_postgres: City) -> None:
    check(race(a_city_on_postgres(), 8, 100, "--postgres"), 8, 100)


@pytest.mark.release
def test_thirty_two_officers_at_five_hundred_cases_on_sqlite(a_city: City) -> None:
    check(race(a_city(), 32, 500), 32, 500)


@pytest.mark.release
def test_thirty_two_officers_at_five_hundred_cases_on_postgres(a_city_on_postgres: City) -> None:
    check(race(a_city_on_postgres(), 32, 500, "--postgres"), 32, 500)
