"""Planes over whole tables: whatever the table looks like, the answers are the same."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tests.rules.crowd import crowd, world
from tests.rules.engines import ENGINES, differences
from tongxing.content.pack import Pack
from tongxing.rules.compile import compile_program
from tongxing.rules.planes import Evaluation, evaluate
from tongxing.rules.tree import Program

AS_OF = date(2025, 6, 30)
MIXED = [1, 30, 2, 1, 63, 64, 3, 65, 1, 5] * 3


@pytest.fixture(scope="module")
def program(source: Pack) -> Program:
    return compile_program(source, AS_OF)


def told(found: Evaluation) -> dict[str, Any]:
    """Everything an evaluation says, as plain lists."""
    answers = {}
    for name in found.policies:
        fen, known = found.amount(name)
        asked = {fact: flags.tolist() for fact, flags in found.asks(name).items() if flags.any()}
        leaves = [column.tolist() for _, column in found.conditions(name)]
        rest = [found.eligible(name).tolist(), fen.tolist(), known.tolist(), found.first_failed(name).tolist()]
        answers[name] = [*rest, leaves, asked, found.totals(name)]
    return answers


@pytest.mark.parametrize("sizes", [[1] * 12, [30], [2, 1, 4, 1]])
@pytest.mark.parametrize("unknown", [0.0, 0.3, 1.0])
def test_every_engine_agrees_with_the_judge(source: Pack, program: Program, sizes: list[int], unknown: float) -> None:
    people = crowd(program, sizes, unknown)
    assert differences(source, AS_OF, world(*people), engines=ENGINES) == []


def test_borders_of_chunks_change_nothing(program: Program) -> None:
    people = crowd(program, MIXED)
    whole = told(evaluate(program, *people))
    for rows in (1, 7, 64, 100):
        assert told(evaluate(program, *people, rows_a_chunk=rows)) == whole, rows


def test_threads_change_nothing(program: Program) -> None:
    people = crowd(program, MIXED)
    assert told(evaluate(program, *people, rows_a_chunk=64, threads=2)) == told(evaluate(program, *people))


def test_slices_with_an_offset_are_read_from_where_they_begin(program: Program) -> None:
    persons, households = crowd(program, MIXED)
    for skipped in (1, 3, 5):  # households; the persons begin at rows that are no multiple of 8
        start = sum(MIXED[:skipped])
        sliced = persons.slice(start), households.slice(skipped)
        copied = pa.table(persons.slice(start).to_pydict(), persons.schema), households.slice(skipped)
        assert told(evaluate(program, *sliced, rows_a_chunk=64)) == told(evaluate(program, *copied))


def test_tables_in_pieces_are_one_table(program: Program) -> None:
    persons, households = crowd(program, MIXED)
    pieces = pa.concat_tables([persons.slice(0, 10), persons.slice(10, 0), persons.slice(10)])
    assert told(evaluate(program, pieces, households)) == told(evaluate(program, persons, households))


def test_unsorted_rows_are_answered_in_their_own_order(program: Program) -> None:
    persons, households = crowd(program, MIXED)
    rng = np.random.default_rng(5)
    p, h = rng.permutation(persons.num_rows), rng.permutation(households.num_rows)
    sorted_, mixed = evaluate(program, persons, households), evaluate(program, persons.take(p), households.take(h))
    for name, policy in mixed.policies.items():
        order = {"person": p, "household": h}.get(policy.unit)
        if order is not None:
            assert mixed.eligible(name).tolist() == sorted_.eligible(name)[order].tolist()
            assert mixed.amount(name)[0].tolist() == sorted_.amount(name)[0][order].tolist()
    given = mixed.to_persons(households.take(h).column("household_id").to_numpy())
    assert given.tolist() == persons.take(p).column("household_id").to_pylist()


def test_a_missing_column_is_a_column_of_unknowns(program: Program) -> None:
    persons, households = crowd(program, MIXED)
    gone = ["income", "category", "birth_date", "working"]
    nulls = persons
    for name in gone:
        at = nulls.column_names.index(name)
        nulls = nulls.set_column(at, name, pa.nulls(len(nulls), nulls.schema.field(name).type))
    untyped = nulls.set_column(nulls.column_names.index("income"), "income", pa.nulls(len(nulls)))
    without = told(evaluate(program, persons.drop_columns(gone), households))
    assert told(evaluate(program, nulls, households)) == without == told(evaluate(program, untyped, households))


def test_without_a_table_of_households_their_facts_are_unknown(program: Program) -> None:
    persons, households = crowd(program, MIXED)
    bare = households.select(["household_id"])
    assert told(evaluate(program, persons, None)) == told(evaluate(program, persons, bare))


def test_nobody_is_nobody(program: Program) -> None:
    persons, households = crowd(program, MIXED)
    for people in ((None, None), (persons.slice(0, 0), households.slice(0, 0))):
        found = evaluate(program, *people)
        assert all(len(found.eligible(name)) == 0 == len(found.first_failed(name)) for name in found.policies)
        assert all(found.totals(name) == (0, 0, 0, 0) for name in found.policies)


def test_a_household_without_members_has_its_row(program: Program) -> None:
    persons, households = crowd(program, [2, 3, 1])
    keep = pc.not_equal(persons.column("household_id"), households.column("household_id")[1])
    found = evaluate(program, persons.filter(keep), households)
    assert len(found.eligible("home_support")) == 3
    assert found.eligible("home_support")[1] == 0  # nobody is severe where nobody is


@pytest.mark.parametrize("kind", [pa.int8(), pa.int16(), pa.int32(), pa.int64(), pa.uint8()])
def test_numbers_of_any_width_are_the_same_numbers(program: Program, kind: pa.DataType) -> None:
    persons, households = crowd(program, MIXED)
    at = persons.column_names.index("grade")
    narrow = persons.set_column(at, "grade", persons.column("grade").cast(kind))
    assert told(evaluate(program, narrow, households)) == told(evaluate(program, persons, households))


@pytest.mark.parametrize("index", [pa.int8(), pa.int16(), pa.int32(), pa.uint16()])
def test_codes_may_be_dictionaries(program: Program, index: pa.DataType) -> None:
    persons, households = crowd(program, MIXED)
    coded = persons
    for name in ("category", "hukou"):
        column = persons.column(name).combine_chunks().cast(pa.dictionary(index, pa.string()))
        coded = coded.set_column(coded.column_names.index(name), name, column)
    assert told(evaluate(program, coded, households)) == told(evaluate(program, persons, households))


def test_a_dictionary_may_have_more_than_256_words_nulls_and_doubles(program: Program) -> None:
    persons, households = crowd(program, MIXED)
    own = persons.column("category").to_pylist()
    words = [f"strange{n}" for n in range(400)] + ["mental", "visual", None, "none", "hearing", "mental"]
    seat = {word: at for at, word in enumerate(words)}  # the second "mental" is the one that is used
    coded = pa.DictionaryArray.from_arrays(pa.array([seat[word] for word in own], pa.int16()), pa.array(words))
    many = persons.set_column(persons.column_names.index("category"), "category", coded)
    assert told(evaluate(program, many, households)) == told(evaluate(program, persons, households))


def test_only_the_policies_asked_for_are_worked_out(program: Program) -> None:
    people = crowd(program, MIXED)
    found = evaluate(program, *people, policies=["elder"], reasons=False, asks=False)
    assert found.eligible("elder").tolist() == evaluate(program, *people).eligible("elder").tolist()
    assert found.asks("elder") == {}
    for missing in (lambda: found.eligible("nursing"), lambda: evaluate(program, *people, policies=["no such"])):
        with pytest.raises(KeyError):
            missing()
    with pytest.raises(ValueError, match="reasons"):
        found.first_failed("elder")
