"""`tongxing evaluate`: files in, a file out, and what it says of files that are wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq
import pytest

from tests.rules.crowd import crowd
from tongxing.commands.evaluate import run
from tongxing.content.pack import Pack
from tongxing.rules.compile import compile_program
from tongxing.rules.planes import evaluate
from tongxing.rules.tables import Task, evaluate_files
from tongxing.rules.tree import Program

AS_OF = date(2025, 6, 30)
PACK = Path(__file__).parent / "pack"
Command = Callable[..., int]


@pytest.fixture(scope="module")
def program(source: Pack) -> Program:
    return compile_program(source, AS_OF)


@pytest.fixture
def people(program: Program) -> tuple[pa.Table, pa.Table]:
    return crowd(program, [3, 1, 4, 30, 2] * 4)


@pytest.fixture
def command(tmp_path: Path, people: tuple[pa.Table, pa.Table]) -> Command:
    """Runs the command over p.csv and h.csv; options replace the usual ones."""
    for name, table in zip(("p", "h"), people, strict=True):
        pq.write_table(table, tmp_path / f"{name}.parquet")
        pacsv.write_csv(table, tmp_path / f"{name}.csv")

    def call(*more: str, **other: str) -> int:
        usual = {"pack": str(PACK), "persons": "p.csv", "households": "h.csv", "as_of": "2025-06-30", "out": "out.csv"}
        words = []
        for option, value in (usual | other).items():
            path = value if option in ("pack", "as_of") else str(tmp_path / value)
            words += [f"--{option.replace('_', '-')}", path]
        return run([*words, *more])

    return call


def change(path: Path, column: str, row: int, value: str) -> None:
    """Writes a value into a CSV file; row counts from 1 after the head."""
    lines = path.read_text(encoding="utf-8").splitlines()
    at = lines[0].replace('"', "").split(",").index(column)
    cells = lines[row].split(",")
    cells[at] = value
    path.write_text("\n".join([*lines[:row], ",".join(cells), *lines[row + 1 :]]) + "\n", encoding="utf-8")


def test_the_file_says_what_planes_say(command: Command, program: Program, people: tuple, tmp_path: Path) -> None:
    assert command(persons="p.parquet", households="h.parquet", out="out.parquet") == 0
    out, found = pq.read_table(tmp_path / "out.parquet"), evaluate(program, *people)
    say = {1: True, 0: False, -1: None}
    for name, policy in program.policies.items():
        if policy.unit == "employer":
            assert f"eligible_{name}" not in out.column_names
            continue
        spread = found.to_persons if policy.unit == "household" else list
        fen, known = (spread(part) for part in found.amount(name))
        assert out.column(f"eligible_{name}").to_pylist() == [say[v] for v in spread(found.eligible(name))], name
        expected = [int(f) if k else None for f, k in zip(fen, known, strict=True)]
        assert out.column(f"amount_{name}").to_pylist() == expected, name


def test_csv_and_parquet_give_the_same(command: Command, tmp_path: Path) -> None:
    assert command("--reasons") == 0
    assert command("--reasons", persons="p.parquet", households="h.parquet", out="out.parquet") == 0
    typed = pq.read_table(tmp_path / "out.parquet")
    options = pacsv.ConvertOptions(column_types=typed.schema, null_values=[""], strings_can_be_null=True)
    assert pacsv.read_csv(tmp_path / "out.csv", convert_options=options).equals(typed)


def test_blocks_and_the_order_of_rows_change_nothing(
    program: Program, people: tuple[pa.Table, pa.Table], tmp_path: Path
) -> None:
    persons, households = people
    mixed = persons.take(list(reversed(range(persons.num_rows)))), households.take(list(reversed(range(20))))
    outs = []
    for number, (tables, block) in enumerate([(people, 10**6), (people, 5), (mixed, 5)]):
        paths = [tmp_path / f"{name}{number}.parquet" for name in ("p", "h", "out")]
        pq.write_table(tables[0], paths[0])
        pq.write_table(tables[1], paths[1])
        evaluate_files(program, Task(*paths, labels={}, block=block))
        outs.append(pq.read_table(paths[2]))
    assert outs[0].equals(outs[1])
    assert outs[2].column("person_id").to_pylist() == mixed[0].column("person_id").to_pylist()
    assert outs[2].sort_by("person_id").equals(outs[0])


def test_reasons_name_the_failed_condition_or_the_questions(command: Command, tmp_path: Path) -> None:
    assert command("--reasons", persons="p.parquet", households="h.parquet", out="out.parquet") == 0
    rows = pq.read_table(tmp_path / "out.parquet").to_pylist()
    failed = {row["why_elder"] for row in rows if row["eligible_elder"] is False}
    asked = {row["why_elder"] for row in rows if row["eligible_elder"] is None}
    paid = {row["why_elder"] for row in rows if row["eligible_elder"] and row["amount_elder"] is not None}
    assert failed <= {"满六十岁", "不是特困", "没有更高的同类待遇"} and "满六十岁" in failed
    assert all(words.startswith("要问：") for words in asked) and any("出生日期" in words for words in asked)
    assert paid <= {None}


def test_no_rows_give_a_head_and_no_rows(command: Command, tmp_path: Path) -> None:
    for name in ("p", "h"):
        head = (tmp_path / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        (tmp_path / f"{name}.csv").write_text(head + "\n", encoding="utf-8")
    assert command() == 0
    assert len((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()) == 1


@pytest.mark.parametrize(
    ("file", "column", "value", "words"),
    [
        ("p", "birth_date", "2025-02-30", "p.csv：birth_date 列第 3 行要写成 2026-01-31 这样"),
        ("p", "has_cert", "也许", "p.csv：has_cert 列第 3 行要写 true 或 false"),
        ("p", "income", "12.5", "p.csv：income 列第 3 行要写整数，单位是分"),
        ("p", "grade", "10", "p.csv：grade 列第 3 行超出 1 到 9"),
        ("p", "category", "visuel", "p.csv：category 列第 3 行没有代码 visuel；最接近的是 visual"),
        ("p", "household_id", "", "p.csv：household_id 列第 3 行是空的"),
        ("p", "household_id", "4", "p.csv：household_id 列第 3 行是 4，h.csv 里没有这一户"),
        ("p", "person_id", "0", "p.csv：person_id 列第 3 行的编号前面已经有了"),
        ("h", "household_id", "3", "h.csv：household_id 列第 3 行的编号前面已经有了"),
        ("h", "rent", "多", "h.csv：rent 列第 3 行要写整数"),
    ],
)
def test_a_wrong_value_is_named_by_file_column_and_row(
    command: Command,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    column: str,
    value: str,
    words: str,
) -> None:
    change(tmp_path / f"{file}.csv", column, 2, value)
    assert command() == 1
    assert words in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists() and not list(tmp_path.glob(".out*"))


def test_a_missing_id_column_is_named(command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("person_id", "persn_id", 1), encoding="utf-8")
    assert command() == 1
    assert "p.csv：没有 person_id 列；最接近的是 persn_id；请加上这一列" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"as_of": "2025-13-01"}, "--as-of：日期要写成 2026-01-31 这样"),
        ({"persons": "none.csv"}, "none.csv：打不开"),
        ({"persons": "p.xlsx"}, "p.xlsx：只读 .parquet 和 .csv"),
        ({"out": "out.txt"}, "out.txt：结果只能写成"),
        ({"out": "p.csv"}, "p.csv：结果不能写到输入的文件上"),
        ({"pack": "/nowhere"}, "没有这个规则包"),
        ({"persons": "text.parquet"}, "text.parquet：内容不是 .parquet 表"),
    ],
)
def test_what_cannot_work_is_said_before_anything_is_written(
    command: Command, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: dict[str, str], words: str
) -> None:
    (tmp_path / "text.parquet").write_text("a,b\n")
    before = (tmp_path / "p.csv").read_bytes()
    assert command(**options) == 1
    assert words in capsys.readouterr().err
    assert (tmp_path / "p.csv").read_bytes() == before


def test_an_old_result_stays_when_the_new_one_fails(command: Command, tmp_path: Path) -> None:
    (tmp_path / "out.csv").write_text("old")
    change(tmp_path / "p.csv", "grade", 2, "77")
    assert command() == 1
    assert (tmp_path / "out.csv").read_text() == "old"


def test_a_wrong_parquet_value_is_named_by_its_row(
    command: Command, tmp_path: Path, people: tuple[pa.Table, pa.Table], capsys: pytest.CaptureFixture[str]
) -> None:
    persons = people[0]
    grades = persons.column("grade").to_pylist()
    grades[4] = 99
    wrong = persons.set_column(persons.column_names.index("grade"), "grade", pa.array(grades))
    pq.write_table(wrong, tmp_path / "p.parquet")
    assert command(persons="p.parquet", households="h.parquet", out="out.parquet") == 1
    assert "p.parquet：grade 列第 5 行超出" in capsys.readouterr().err


def test_columns_that_mean_nothing_and_facts_that_are_absent_are_said(
    command: Command, tmp_path: Path, people: tuple[pa.Table, pa.Table], capsys: pytest.CaptureFixture[str]
) -> None:
    renamed = people[0].rename_columns(["incme" if name == "income" else name for name in people[0].column_names])
    pacsv.write_csv(renamed, tmp_path / "p.csv")
    assert command() == 0
    said = capsys.readouterr().err
    assert "p.csv：incme 列规则里没有" in said and "p.csv：income 列文件里没有，都当作不知道" in said
    assert "按单位算" in said


def test_spark_comes_with_a_later_release(command: Command, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("--engine", "spark") == 2
    assert "以后的版本" in capsys.readouterr().err
