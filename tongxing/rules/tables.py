"""Stand-alone evaluation: files of persons and households in, a file of answers out. No database, no Django.

The columns are read whole and compact; evaluation and writing go by blocks of some 100,000 persons, so that the
answers of a million persons never stand in memory together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from tongxing.lib.writing import write_atomically
from tongxing.rules.columns import check_bounds
from tongxing.rules.planes import Evaluation, evaluate
from tongxing.rules.reading import SHOWN, BadTable, Sheet, check_homes, read_sheet
from tongxing.rules.tree import FactType, Level, Policy, Program

__all__ = ["BadTable", "Task", "check_bounds", "evaluate_files"]
BLOCK = 100_000
Say = Callable[[str], None]


@dataclass(frozen=True)
class Task:
    """`labels`: what a fact is called in the reasons; None: no column of reasons."""

    persons: Path
    households: Path
    out: Path
    labels: Mapping[str, str] | None = None
    block: int = BLOCK


def evaluate_files(program: Program, task: Task, say: Say = lambda words: None) -> int:
    """Writes person_id and for each policy eligible_ID, amount_ID (and why_ID); a row a person, in the file's order.

    Policies of employers are left out. Gives the number of persons; `say` gets notices. Raises BadTable; OUT is then as
    it was before.
    """
    if task.out.suffix.lower() not in (".parquet", ".csv"):
        raise BadTable(f"{task.out.name}：结果只能写成 .parquet 或 .csv")
    if task.out.resolve() in (task.persons.resolve(), task.households.resolve()):
        raise BadTable(f"{task.out.name}：结果不能写到输入的文件上；请换一个名字")
    persons = read_sheet(task.persons, ("person_id", "household_id"), _facts(program, "person"))
    households = read_sheet(task.households, ("household_id",), _facts(program, "household"))
    check_homes(persons, households)
    for sheet in (persons, households):
        _notice(sheet, say)
    names = sorted(name for name, policy in program.policies.items() if policy.unit != "employer")
    if len(names) < len(program.policies):
        say(f"{len(program.policies) - len(names)} 条政策按单位算，这里没有单位的表，没有算。")
    answers = (
        _answers(program, people, homes, names, task.labels)
        for people, homes in _blocks(persons.table, households.table, task.block)
    )
    try:
        write_atomically(task.out, lambda file: _write(file, task.out.suffix.lower(), answers))
    except OSError as wrong:
        raise BadTable(f"{task.out.name}：写不了（{wrong.strerror}）") from None
    return int(persons.table.num_rows)


def _facts(program: Program, level: Level) -> dict[str, FactType]:
    return {name: fact for name, fact in program.facts.items() if fact.level == level}


def _notice(sheet: Sheet, say: Say) -> None:
    for names, words in ((sheet.unused, "规则里没有，没有用"), (sheet.absent, "文件里没有，都当作不知道")):
        if names:
            more = f" 等 {len(names)} 列" if len(names) > SHOWN else " 列"
            say(f"{sheet.path.name}：{'、'.join(names[:SHOWN])}{more}{words}。")


def _blocks(persons: pa.Table, households: pa.Table, size: int) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Cut at household borders. Persons whose households do not stand together are one block."""
    ids = households.column("household_id").to_numpy()
    if (ids[1:] < ids[:-1]).any():
        order = np.argsort(ids, kind="stable")
        households, ids = households.take(order), ids[order]
    lives = persons.column("household_id").to_numpy()
    if not len(lives) or (lives[1:] < lives[:-1]).any():
        yield persons, households
        return
    start = 0
    while start < len(lives):
        stop = min(start + size, len(lives))
        stop = int(np.searchsorted(lives, lives[stop - 1], "right"))
        first, last = np.searchsorted(ids, lives[[start, stop - 1]])
        yield persons.slice(start, stop - start), households.slice(first, last + 1 - first)
        start = stop


def _answers(
    program: Program, persons: pa.Table, households: pa.Table, names: list[str], labels: Mapping[str, str] | None
) -> pa.Table:
    why = labels is not None
    found = evaluate(program, persons, households, reasons=why, asks=why, policies=names)
    columns: dict[str, Any] = {"person_id": persons.column("person_id")}
    for name in names:
        policy = program.policies[name]
        spread = found.to_persons if policy.unit == "household" else _same
        eligible = spread(found.eligible(name))
        fen, known = (spread(part) for part in found.amount(name))
        columns[f"eligible_{name}"] = pa.array(eligible == 1, mask=eligible < 0)
        columns[f"amount_{name}"] = pa.array(fen, mask=~known)
        if labels is not None:
            columns[f"why_{name}"] = reasons(found, policy, labels, spread)
    return pa.table(columns)


def _same(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return values


def reasons(
    found: Evaluation, policy: Policy, labels: Mapping[str, str], spread: Callable[[npt.NDArray[Any]], npt.NDArray[Any]]
) -> pa.Array:
    """A string for each row: the label of the condition that failed, or the facts to ask; null where all is clear."""
    words = [leaf.label for leaf in policy.leaves]
    code = found.first_failed(policy.id).astype(np.int32)
    asked = found.asks(policy.id)
    if asked:
        rows = np.flatnonzero(np.logical_or.reduce(list(asked.values())))
        flags = np.packbits([asked[fact][rows] for fact in asked], axis=0).T
        kinds, kind = np.unique(flags, axis=0, return_inverse=True)
        code[rows] = len(words) + kind.reshape(-1)
        called = np.array([labels.get(fact, fact) for fact in asked], object)
        told = np.unpackbits(kinds, axis=1, count=len(asked)).view(np.bool_)
        words += ["要问：" + "、".join(called[which]) for which in told]
    code = spread(code)
    return pa.DictionaryArray.from_arrays(pa.array(code, mask=code < 0), pa.array(words, pa.string())).cast(pa.string())


def _write(file: BinaryIO, suffix: str, answers: Iterator[pa.Table]) -> None:
    first = next(answers)
    made = pacsv.CSVWriter if suffix == ".csv" else pq.ParquetWriter
    with made(file, first.schema) as writer:
        writer.write_table(first)
        for table in answers:
            writer.write_table(table)
