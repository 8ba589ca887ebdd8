"""`tongxing import`: what it prints, and its exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tongxing.commands.import_feed import run
from tongxing.exchange.models import Batch
from tongxing.exchange.tests import cast
from tongxing.registry.models import Status

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _city(db: None) -> None:
    cast.build_divisions()
    cast.new_person(1)


@pytest.fixture
def good(tmp_path: Path) -> str:
    path = tmp_path / "dibao.csv"
    path.write_bytes(cast.csv_bytes(cast.dibao_header(), [cast.dibao_row(1)], "gb18030"))
    return str(path)


@pytest.fixture
def half_good(tmp_path: Path) -> str:
    path = tmp_path / "dibao.xlsx"
    path.write_bytes(cast.xlsx_bytes(cast.dibao_header(), [cast.dibao_row(1), cast.dibao_row(2, since="昨天")]))
    return str(path)


def answer(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_without_commit_it_only_looks(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dibao", good, "--json"]) == 0
    told = answer(capsys)
    assert (told["feed"], told["rows"], told["good"], told["start"], told["committed"]) == ("dibao", 1, 1, 1, False)
    assert not Status.objects.exists()


def test_with_commit_it_enters_the_list(good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dibao", good, "--commit", "--json"]) == 0
    assert answer(capsys)["committed"] is True
    assert Status.objects.count() == 1
    assert run(["dibao", good, "--commit", "--json"]) == 0
    again = answer(capsys)
    assert (again["start"], again["stop"], again["change"], again["unchanged"]) == (0, 0, 0, 1)


def test_bad_rows_stop_the_commit_unless_told_to_skip_them(half_good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dibao", half_good, "--commit", "--json"]) == 1
    told = answer(capsys)
    (problem,) = told["problems"]
    assert (problem["row"], problem["column"]) == (3, cast.dibao_header()[2])
    assert (told["committed"], Status.objects.count()) == (False, 0)
    assert run(["dibao", half_good, "--commit", "--skip-bad", "--json"]) == 0
    assert answer(capsys)["committed"] is True


def test_for_a_person_it_says_everything_in_words(half_good: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dibao", half_good]) == 0
    printed = capsys.readouterr().out
    assert "一共 2 行，能用 1 行，有错 1 行" in printed
    assert "认不出这个日期" in printed


@pytest.mark.parametrize("feed", ["dibao", "birthdays"])
def test_a_refused_file_is_exit_one_with_one_sentence(
    feed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "dibao.csv"
    path.write_text("没有\n用\n")
    assert run([feed, str(path), "--commit"]) == 1
    assert "。" in capsys.readouterr().err
    assert not Batch.objects.exists()


def test_a_file_that_is_not_there_is_exit_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dibao", "nowhere.csv"]) == 1
    assert "打不开" in capsys.readouterr().err
