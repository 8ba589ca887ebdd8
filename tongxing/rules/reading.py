"""Tables of facts from Parquet and CSV files, checked to the row, so that an evaluation of them cannot fail later."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from tongxing.lib.place import nearest
from tongxing.rules.columns import ARROW, WrongColumn, array_of, one_array
from tongxing.rules.frames import id_column
from tongxing.rules.tree import FactType

SHOWN = 5  # names in one line of a notice
HOW = {
    "bool": "要写 true 或 false，不知道就空着",
    "date": "要写成 2026-01-31 这样，不知道就空着",
    "int": "要写整数，不知道就空着",
    "money": "要写整数，单位是分，不知道就空着",
    "code": "不是 UTF-8 文字；请另存为 CSV UTF-8",
}


class BadTable(ValueError):
    """A file that cannot be evaluated. `str()` names file, column and row, and says how to put it right."""


@dataclass(frozen=True)
class Sheet:
    """A table file as it was read: its ids and the fact columns that the rules know, in the order of the file."""

    path: Path
    table: pa.Table
    unused: tuple[str, ...]  # columns of the file that are no facts of this unit
    absent: tuple[str, ...]  # facts that the file does not have

    def line(self, row: int) -> int:
        """How a person counts data row `row` (from 1): in a CSV file the head is line 1."""
        return row + 1 if self.path.suffix.lower() == ".csv" else row

    def bad(self, column: str, problem: str, row: int | None = None) -> BadTable:
        return BadTable(f"{self.path.name}：{column} 列{f'第 {self.line(row)} 行' if row else ''}{problem}")


def read_sheet(path: Path, ids: tuple[str, ...], facts: Mapping[str, FactType]) -> Sheet:
    """Every fact column in the form that the planes read, every value allowed. Raises BadTable."""
    head = _head(path)
    missing = [name for name in ids if name not in head]
    if missing:
        raise BadTable(f"{path.name}：没有 {missing[0]} 列{nearest(missing[0], head)}；请加上这一列")
    wanted = [*ids, *(name for name in facts if name in head)]
    twice = [name for name in wanted if head.count(name) > 1]
    if twice:
        raise BadTable(f"{path.name}：{twice[0]} 列有两个；请去掉一个")
    raw = _parquet(path, wanted, facts) if path.suffix.lower() == ".parquet" else _csv(path, wanted, facts)
    unused = tuple(name for name in head if name not in wanted)
    sheet = Sheet(path, raw, unused, tuple(name for name in facts if name not in head))
    return Sheet(path, _checked(sheet, ids, facts), unused, sheet.absent)


def _head(path: Path) -> list[str]:
    try:
        if path.suffix.lower() == ".parquet":
            return list(pq.read_schema(path).names)
        if path.suffix.lower() == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                return next(csv.reader(file), [])
    except OSError as wrong:
        raise BadTable(f"{path.name}：打不开（{wrong.strerror or '读不了'}）") from None
    except (pa.ArrowInvalid, UnicodeDecodeError, csv.Error):
        raise BadTable(f"{path.name}：内容不是 {path.suffix} 表；CSV 要存成 UTF-8") from None
    raise BadTable(f"{path.name}：只读 .parquet 和 .csv 文件")


def _parquet(path: Path, wanted: list[str], facts: Mapping[str, FactType]) -> pa.Table:
    coded = [name for name in wanted if name in facts and facts[name].type == "code"]
    kinds = {field.name: field.type for field in pq.read_schema(path)}
    coded = [name for name in coded if pa.types.is_string(kinds[name])]
    try:
        return pq.read_table(path, columns=wanted, read_dictionary=coded)
    except (pa.ArrowInvalid, OSError):
        raise BadTable(f"{path.name}：文件坏了，读不下去；请重新导出") from None


def _csv(path: Path, wanted: list[str], facts: Mapping[str, FactType]) -> pa.Table:
    """Without threads, for only then does Arrow tell the line of a mistake."""
    types = {name: _csv_type(facts.get(name)) for name in wanted}
    convert = pacsv.ConvertOptions(
        column_types=types,
        include_columns=wanted,
        null_values=[""],
        strings_can_be_null=True,
        true_values=["true", "TRUE", "True"],
        false_values=["false", "FALSE", "False"],
    )
    try:
        return pacsv.read_csv(path, pacsv.ReadOptions(use_threads=False), pacsv.ParseOptions(), convert)
    except pa.ArrowInvalid as wrong:
        raise _misread(path, str(wrong), facts) from None


def _csv_type(fact: FactType | None) -> pa.DataType:
    if fact is not None and fact.type == "code":
        return pa.dictionary(pa.int32(), pa.string())
    return pa.int64() if fact is None else ARROW[fact.type]


def _misread(path: Path, words: str, facts: Mapping[str, FactType]) -> BadTable:
    """Arrow's message, without the value that it quotes, which may be about a person."""
    row = re.search(r"Row #(\d+)", words)
    column = re.search(r"CSV column #(\d+)", words)
    line = f"第 {row[1]} 行" if row else ""
    if column is None:
        return BadTable(f"{path.name}：{line}和表头的列数不一样，或者是空文件；请查一查逗号和引号")
    name = _head(path)[int(column[1])]
    fact = facts.get(name)
    return BadTable(f"{path.name}：{name} 列{line}{HOW['int'] if fact is None else HOW[fact.type]}")


def _checked(sheet: Sheet, ids: tuple[str, ...], facts: Mapping[str, FactType]) -> pa.Table:
    made = {}
    try:
        for name in ids:
            made[name] = pa.array(id_column(sheet.table, name))
        for name in sheet.table.column_names[len(ids) :]:
            made[name] = array_of(sheet.table.column(name), facts[name])
    except WrongColumn as wrong:
        raise sheet.bad(wrong.column, wrong.problem, wrong.row) from None
    for name, array in made.items():
        if name in facts and facts[name].codes:
            _check_codes(sheet, array, facts[name])
    _check_once(sheet, ids[0], made[ids[0]])
    return pa.table(made)


def _check_codes(sheet: Sheet, array: pa.DictionaryArray, fact: FactType) -> None:
    strange = [word for word in array.dictionary.to_pylist() if word not in fact.codes]
    where = pc.is_in(array.dictionary, pa.array(strange, array.dictionary.type)).take(array.indices)
    row = pc.index(where, True).as_py()
    if row >= 0:
        word = array[row].as_py()
        problem = f"没有代码 {word[:20]}{nearest(word, fact.codes)}；可以写 {'、'.join(fact.codes[:SHOWN])}"
        raise sheet.bad(fact.name, problem + (" 等" if len(fact.codes) > SHOWN else ""), row + 1)


def _check_once(sheet: Sheet, name: str, ids: pa.Array) -> None:
    if pc.count_distinct(ids).as_py() == len(ids):
        return
    order = pc.array_sort_indices(ids).to_numpy()
    numbers = ids.to_numpy()[order]
    rows = order[1:][numbers[1:] == numbers[:-1]]
    raise sheet.bad(name, "的编号前面已经有了；每个编号只能有一行", int(rows.min()) + 1)


def check_homes(persons: Sheet, households: Sheet) -> None:
    """Every person's household has its row. Raises BadTable."""
    lives = one_array(persons.table.column("household_id"))
    there = pc.is_in(lives, value_set=one_array(households.table.column("household_id")))
    row = pc.index(there, False).as_py()
    if row >= 0:
        raise persons.bad("household_id", f"是 {lives[row].as_py()}，{households.path.name} 里没有这一户", row + 1)
