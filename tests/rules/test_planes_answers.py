"""What planes say about a few people whose answers can be worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from tongxing.content.read import read_pack
from tongxing.rules.columns import WrongColumn
from tongxing.rules.compile import compile_program
from tongxing.rules.frames import Tables
from tongxing.rules.make import divided
from tongxing.rules.numbers import divide
from tongxing.rules.planes import evaluate
from tongxing.rules.tree import Program

FACTS = """
person:
  severe: {type: bool, label: 重度, ask: 重度吗？, from: registry}
  mental: {type: bool, label: 精神, ask: 精神吗？, from: registry}
  born:   {type: date, label: 出生, ask: 哪天？, from: registry}
  income: {type: money, min: 0, max: 1000000, label: 收入, ask: 多少？, from: status}
household:
  dibao:  {type: bool, label: 低保, ask: 低保吗？, from: list}
"""
POLICY = """
id: aid
name: 帮助
unit: person
period: month
versions:
  - from: 2020-01-01
    who:
      all:
        - any:
            - {label: 重度, is: severe}
            - {label: 精神, is: mental}
        - {label: 低保, is: dibao}
    amount: {amount}
params:
  big: {type: money, label: 钱, values: [{from: 2020-01-01, yuan: 2000, source: 示例, status: illustrative}]}
"""
YES, NO, UNKNOWN = 1, 0, -1


def made(folder: Path, amount: str) -> Program:
    (folder / "policies").mkdir()
    (folder / "facts.yaml").write_text(FACTS, encoding="utf-8")
    (folder / "policies" / "aid.yaml").write_text(POLICY.replace("{amount}", amount), encoding="utf-8")
    return compile_program(read_pack(folder), date(2026, 1, 1))


def people(**facts: list[object]) -> tuple[pa.Table, pa.Table]:
    """Each alone in a household; `dibao` is the household's."""
    size = len(next(iter(facts.values())))
    ids = list(range(size))
    dibao = pa.array(facts.pop("dibao", [True] * size), pa.bool_())
    kinds = {"severe": pa.bool_(), "mental": pa.bool_(), "born": pa.date32(), "income": pa.int64()}
    own = {name: pa.array(values, kinds[name]) for name, values in facts.items()}
    return pa.table({"person_id": ids, "household_id": ids} | own), pa.table({"household_id": ids, "dibao": dibao})


def test_an_amount_is_known_only_for_the_eligible(tmp_path: Path) -> None:
    program = made(tmp_path, "param.big")
    found = evaluate(program, *people(severe=[True, False, None], mental=[False] * 3))
    fen, known = found.amount("aid")
    assert found.eligible("aid").tolist() == [YES, NO, UNKNOWN]
    assert (fen.tolist(), known.tolist()) == ([200_000, 0, 0], [True, False, False])
    assert found.totals("aid") == (1, 1, 1, 200_000)


def test_an_eligible_person_is_asked_for_an_unknown_amount(tmp_path: Path) -> None:
    program = made(tmp_path, "param.big - income")
    found = evaluate(program, *people(severe=[True, True, False], mental=[False] * 3, income=[None, 1, None]))
    fen, known = found.amount("aid")
    assert (fen.tolist(), known.tolist()) == ([0, 199_999, 0], [False, True, False])
    assert {fact: flags.tolist() for fact, flags in found.asks("aid").items()} == {"income": [True, False, False]}


def test_nothing_is_asked_that_cannot_change_the_answer(tmp_path: Path) -> None:
    program = made(tmp_path, "param.big")
    found = evaluate(program, *people(severe=[None, None, True], mental=[True, None, None], dibao=[None, False, None]))
    asked = {fact: flags.tolist() for fact, flags in found.asks("aid").items() if flags.any()}
    assert asked == {"dibao": [True, False, True]}


def test_a_failed_alternative_that_another_saves_is_no_reason(tmp_path: Path) -> None:
    program = made(tmp_path, "param.big")
    tried = people(
        severe=[False, False, True, False], mental=[True, False, False, True], dibao=[False, False, True, None]
    )
    found = evaluate(program, *tried)
    assert found.eligible("aid").tolist() == [NO, NO, YES, UNKNOWN]
    assert found.first_failed("aid").tolist() == [2, 0, -1, -1]


@pytest.mark.parametrize(
    ("column", "values", "words"),
    [
        ("income", pa.array([0, 5, 1_000_001]), "income 列第 3 行超出 0 到 1000000"),
        ("income", pa.array([None, -1, 5]), "income 列第 2 行超出"),
        ("income", pa.array([1.5, 2, 3]), "income 列应当是整数（分），现在是 double"),
        ("severe", pa.array(["是", "否", ""]), "severe 列应当是bool"),
        ("born", pa.array(["2020-01-01"] * 3), "born 列应当是日期"),
        ("household_id", pa.array([0, None, 2]), "household_id 列第 2 行是空的"),
        ("household_id", pa.array([0, 9, 9]), "household_id 列里的 9 在家庭表里没有"),
        ("household_id", pa.array(["a", "b", "c"]), "household_id 列应当是整数"),
    ],
)
def test_a_wrong_column_is_refused_by_name_and_row(tmp_path: Path, column: str, values: pa.Array, words: str) -> None:
    program = made(tmp_path, "param.big - pick(born < DATE '2000-01-01', income, 0)")
    persons, households = people(severe=[True] * 3, mental=[False] * 3, born=[None] * 3, income=[1, 2, 3])
    wrong = persons.set_column(persons.column_names.index(column), column, values)
    with pytest.raises(WrongColumn, match=words.replace("（", ".").replace("）", ".")):
        evaluate(program, wrong, households)


def test_a_household_with_two_rows_or_too_many_members_is_refused(tmp_path: Path) -> None:
    program = made(tmp_path, "param.big")
    persons, households = people(severe=[True] * 4097)
    with pytest.raises(WrongColumn, match="出现了两次"):
        evaluate(program, persons, pa.concat_tables([households, households.slice(3, 1)]))
    crowded = persons.set_column(1, "household_id", pa.array([0] * 4097))
    with pytest.raises(WrongColumn, match="超过 4096 人"):
        evaluate(program, crowded, households)


def test_days_come_as_dates_or_as_moments(tmp_path: Path) -> None:
    program = made(tmp_path, "pick(years_since(born) >= 26, 100 * param.big, param.big)")
    days = [date(2000, 1, 1), date(2000, 1, 2), None]
    persons, households = people(severe=[True] * 3, born=days)
    moments = persons.set_column(3, "born", pa.array(days, pa.date32()).cast(pa.timestamp("us")))
    for table in (persons, moments):
        fen, known = evaluate(program, table, households).amount("aid")
        assert (fen.tolist(), known.tolist()) == ([20_000_000, 200_000, 0], [True, True, False])


def test_sums_of_large_amounts_do_not_wrap(tmp_path: Path) -> None:
    program = made(tmp_path, "sum_members(income * 4000)")
    size = 3000
    ids = [0] * size
    persons = pa.table({"person_id": list(range(size)), "household_id": ids, "severe": [True] * size})
    persons = persons.append_column("income", pa.array([1_000_000] * size, pa.int32()))
    found = evaluate(program, persons, pa.table({"household_id": [0], "dibao": [True]}))
    assert set(found.amount("aid")[0].tolist()) == {size * 4_000_000_000}
    assert found.totals("aid").fen == size * size * 4_000_000_000


def test_full_years_count_to_the_day(tmp_path: Path) -> None:
    program = made(tmp_path, "years_since(born) * param.big")
    today = date(2026, 1, 1)
    days = [today + timedelta(days=n) for n in (-366, -365, -364, 0, 1)] + [date(1900, 1, 1)]
    found = evaluate(program, *people(severe=[True] * 6, born=days))
    years = [1, 1, 0, 0, -1, 126]
    assert found.amount("aid")[0].tolist() == [200_000 * n for n in years]


@pytest.mark.parametrize("bottoms", [[1], [2], [3, 2, 0, -4, 7, -1], [0], [-6]])
@pytest.mark.parametrize("largest", [2**20, 2**60])
def test_quotients_round_half_away_from_zero(bottoms: list[int], largest: int) -> None:
    tops = [0, 1, -1, 2, 3, -3, 5, -5, 7, 8, -9, 10, 100_001, -100_001]
    for top in tops:
        upper, lower = np.full(len(bottoms), top), np.array(bottoms) if len(bottoms) > 1 else bottoms[0]
        values, there = divide(upper, lower, largest)
        known = np.broadcast_to(True if there is None else there, len(bottoms)).tolist()
        found = [value if k else None for value, k in zip(values.tolist(), known, strict=True)]
        assert found == [divided(top, 1, bottom) for bottom in bottoms], top


def test_a_chunk_holds_no_more_rows_than_it_may_but_always_a_whole_household() -> None:
    sizes = np.array([3, 1, 30, 2, 2, 2, 2, 0, 8, 1])
    ids = np.arange(len(sizes))
    tables = Tables(pa.table({"household_id": np.repeat(ids, sizes)}), pa.table({"household_id": ids}), None, [])
    frames = list(tables.frames(8))
    assert [frame.rows["person"] for frame in frames] == [4, 30, 8, 8, 1]
    assert [frame.start["person"] for frame in frames] == [0, 4, 34, 42, 50]
    assert sum(frame.rows["household"] for frame in frames) == len(sizes)
