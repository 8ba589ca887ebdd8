"""The JSON of the commands is what programs were promised; bad input is one clear line, never a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from django.conf import settings

from tongxing.commands.main import main
from tongxing.content.instance import pack
from tongxing.exchange.tests.cast import csv_bytes, dibao_header, id_number
from tongxing.journal.models import Entry
from tongxing.policy.models import Run
from tongxing.registry.models import Person

Out = pytest.CaptureFixture[str]
GAPS = {"id", "name", "entitled", "receiving", "missing", "unknown", "not_entitled_but_receiving", "monthly_fen"}
EXPLAIN = {"id", "eligible", "amount_fen", "ask", "tree"}
COUNTY = {"county", "before", "after", "before_fen", "after_fen", "winners", "losers"}


def answered(out: Out, *words: str) -> Any:
    out.readouterr()
    assert main(list(words)) == 0
    return json.loads(out.readouterr().out)


def test_gaps_say_every_policy_with_its_counts(city: Run, db: None, capsys: Out) -> None:
    said = answered(capsys, "gaps", "--json")
    assert said["as_of"] == city.as_of_date.isoformat()
    assert len(said["policies"]) > 30
    for row in said["policies"]:
        assert row.keys() >= GAPS
        assert row["entitled"] == row["receiving"] + row["missing"]
        assert all(isinstance(row[key], int) and row[key] >= 0 for key in GAPS - {"id", "name"})


def test_gaps_of_one_policy_in_one_county(city: Run, db: None, capsys: Out) -> None:
    said = answered(capsys, "gaps", "--json", "--policy", "dibao_family", "--division", "450502000000")
    assert [row["id"] for row in said["policies"]] == ["dibao_family"]


def test_explain_says_every_policy_of_a_person(city: Run, db: None, capsys: Out) -> None:
    person = Person.objects.get(pk=1000000000011)
    said = answered(capsys, "explain", str(person.pk), "--json")
    assert set(said) == {"as_of", "policies"}
    assert {row["id"] for row in said["policies"]} <= pack(settings.PACK).policies.keys()
    for row in said["policies"]:
        assert set(row) == EXPLAIN
        assert row["eligible"] in (True, False, None)
        assert isinstance(row["amount_fen"], int | None)
        assert (row["ask"] != []) == (row["eligible"] is None or (row["eligible"] and row["amount_fen"] is None))
        assert row["tree"]["value"] == row["eligible"]


def test_explain_of_one_policy_says_only_that(city: Run, db: None, capsys: Out) -> None:
    said = answered(capsys, "explain", "1000000000011", "--policy", "living_allowance", "--json")
    assert [row["id"] for row in said["policies"]] == ["living_allowance"]


def test_simulate_says_cost_winners_and_losers_by_county(city: Run, db: None, capsys: Out) -> None:
    said = answered(capsys, "simulate", "--set", "living_allowance.amount=1000", "--json")
    [own] = [row for row in said["policies"] if row["id"] == "living_allowance"]
    assert len(own["counties"]) == 4
    for county in own["counties"]:
        assert county.keys() >= COUNTY
        assert county["after_fen"] == county["after"] * 12 * 100_000
    assert sum(county["winners"] for county in own["counties"]) > 0
    assert sum(county["losers"] for county in own["counties"]) == 0


def test_simulate_without_a_change_changes_nothing(city: Run, db: None, capsys: Out) -> None:
    living = pack(settings.PACK).policies["living_allowance"].params["amount"].values[-1].value
    said = answered(capsys, "simulate", "--set", f"living_allowance.amount={living / 100}", "--json")
    assert said["policies"] == []


def test_audit_verify_counts_the_journal(city: Run, db: None, capsys: Out) -> None:
    assert main(["audit", "verify"]) == 0
    assert f"{Entry.objects.count():,} 条" in capsys.readouterr().out


def dibao_file(folder: Path, *rows: list[str]) -> str:
    file = folder / "dibao.csv"
    file.write_bytes(csv_bytes(dibao_header(), list(rows)))
    return str(file)


def test_import_says_what_a_list_would_do(city: Run, db: None, capsys: Out, tmp_path: Path) -> None:
    number = Person.objects.get(pk=1000000000011).opened("id_number") or ""
    name = Person.objects.get(pk=1000000000011).name
    file = dibao_file(tmp_path, [name, number, "2025-01-01"], ["黄甲", id_number(5), "2025-01-01"], ["黄乙", "1", "x"])
    said = answered(capsys, "import", "dibao", file, "--json")
    keys = {"batch", "feed", "rows", "good", "bad", "start", "stop", "change", "unchanged", "problems", "effects"}
    assert said.keys() >= keys
    assert (said["rows"], said["committed"]) == (3, False)
    assert said["good"] + said["bad"] == said["rows"]
    assert all(set(problem) == {"row", "column", "message"} for problem in said["problems"])
    assert all(set(effect) == {"policy", "name", "start", "stop", "check"} for effect in said["effects"])


TASK = ["evaluate", "--pack", str(settings.PACK), "--as-of", "2026-01-31"]


def tables(folder: Path) -> list[str]:
    """Two people of one household, of whom nothing but the age is known."""
    ids = {"person_id": pa.array([1, 2]), "household_id": pa.array([7, 7])}
    pq.write_table(
        pa.table(ids | {"birth_date": pa.array([date(1950, 1, 1), date(2015, 1, 1)])}), folder / "persons.parquet"
    )
    (folder / "households.csv").write_text("household_id\n7\n")
    files = ["--persons", str(folder / "persons.parquet"), "--households", str(folder / "households.csv")]
    return [*files, "--out", str(folder / "out.parquet")]


def test_evaluate_writes_eligible_and_amount_of_each_person(capsys: Out, tmp_path: Path) -> None:
    assert main([*TASK, *tables(tmp_path)]) == 0, capsys.readouterr().err
    out = pq.read_table(tmp_path / "out.parquet")
    assert out.column("person_id").to_pylist() == [1, 2]
    policies = {name.removeprefix("eligible_") for name in out.column_names if name.startswith("eligible_")}
    assert policies == {name.removeprefix("amount_") for name in out.column_names if name.startswith("amount_")}
    assert len(policies) > 20


WRONG: list[tuple[list[str], str]] = [
    (["gaps", "--policy", "no_such_policy"], "no_such_policy"),
    (["gaps", "--division", "459999000000"], "459999000000"),
    (["gaps", "--division", "abc"], "abc"),
    (["explain", "42"], "42"),
    (["explain", "somebody"], "somebody"),
    (["explain", "1000000000011", "--policy", "no_such_policy"], "no_such_policy"),
    (["explain", "1000000000011", "--as-of", "31.1.2026"], "31.1.2026"),
    (["nightly", "--as-of", "2026-13-01"], "2026-13-01"),
    (["simulate", "--set", "living_allowance.amont=100"], "living_allowance.amount"),
    (["simulate", "--set", "living_allowance.amount=much"], "金额"),
    (["simulate", "--set", "living_allowance.amount"], "living_allowance.amount"),
    (["import", "no_such_feed", "FILE"], "no_such_feed"),
    (["import", "dibao", "no-such-file.csv"], "no-such-file.csv"),
    (["import", "dibao", "FILE", "--division", "459999000000"], "辖区"),
    (["import", "dibao", "FILE", "--division", "abc"], "区划代码"),
    (["import", "dibao", "FILE", "--as-of", "yesterday"], "yesterday"),
    (["audit", "mend"], "mend"),
    ([*TASK, "--persons", "no-such.parquet", "--households", "h.csv", "--out", "o.csv"], "no-such.parquet"),
]


@pytest.mark.parametrize(("words", "named"), WRONG, ids=[" ".join(words[:4])[:60] for words, _ in WRONG])
def test_bad_input_is_named_in_one_line(
    words: list[str], named: str, city: Run, db: None, capsys: Out, tmp_path: Path
) -> None:
    file = dibao_file(tmp_path, ["黄甲", id_number(5), "2025-01-01"])
    before = Run.objects.count()
    try:
        code = main([file if word == "FILE" else word for word in words])
    except SystemExit as ended:  # argparse
        code = int(ended.code or 0)
    said = capsys.readouterr().err
    assert code != 0
    assert named in said
    assert "Traceback" not in said
    usage_or_progress = re.compile(r"usage:| |用法|.* … ")
    own = [line for line in said.splitlines() if line and not usage_or_progress.match(line)]
    assert len(own) == 1, own
    assert Run.objects.count() == before


def run_alone(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a person starts it, in its own process."""
    command = [sys.executable, "-m", "tongxing.commands.main", *words]
    around = os.environ | environment
    return subprocess.run(command, env=around, capture_output=True, text=True, timeout=60, check=False)


def broken_pack(folder: Path) -> Path:
    """The city's pack with one policy that uses an unknown fact."""
    made = folder / "pack"
    for path in Path(settings.PACK).rglob("*"):
        if path.is_file():
            (made / path.relative_to(settings.PACK)).parent.mkdir(parents=True, exist_ok=True)
            (made / path.relative_to(settings.PACK)).write_bytes(path.read_bytes())
    policy = made / "policies" / "wheelchair_fuel.yaml"
    policy.write_text(re.sub(r"(?m)^summary:", "sumary:", policy.read_text(), count=1))
    return made


@pytest.mark.parametrize("words", [["check"], ["gaps"], ["nightly"]])
def test_a_broken_pack_or_an_empty_database_is_said_without_a_traceback(words: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    said = run_alone(*words, TONGXING_PACK=str(broken_pack(tmp_path)), TONGXING_DATA=str(folder), TONGXING_DATABASE="")
    assert said.returncode != 0
    assert "Traceback" not in said.stderr
    if words != ["gaps"]:  # which has no table to ask, and says so first
        assert re.search(r"wheelchair_fuel\.yaml:\d+:\d+", said.stdout + said.stderr)


def test_evaluate_refuses_a_broken_pack_and_writes_nothing(capsys: Out, tmp_path: Path) -> None:
    words = ["evaluate", "--pack", str(broken_pack(tmp_path)), "--as-of", "2026-01-31", *tables(tmp_path)]
    assert main(words) != 0
    assert re.search(r"wheelchair_fuel\.yaml:\d+:\d+", capsys.readouterr().err)
    assert not (tmp_path / "out.parquet").exists()
