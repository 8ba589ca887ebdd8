"""`evaluate`: a program over a whole population, in planes of bits. Yes, no and unknown everywhere.

Persons and households are sorted by household and cut at household borders into chunks of some 65,536 rows, which stay
in the cache. Each distinct condition of all policies is worked out once a chunk (`chunk`), questions follow from the
planes (`questions`). Results stay packed until they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple, TypedDict

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from typing_extensions import Unpack

from tongxing.rules.bits import Plane, count, unpack
from tongxing.rules.chunk import Chunk, Truth
from tongxing.rules.frames import ROWS, Frame, Tables, as_came
from tongxing.rules.numbers import Number
from tongxing.rules.plan import Aim, Plan
from tongxing.rules.questions import Asked, Asking
from tongxing.rules.reasons import first_failed
from tongxing.rules.tree import EPOCH, Leaf, Level, Node, Policy, Program

Answers = npt.NDArray[np.int8]
NO_MONEY = Number(0, None)


class Options(TypedDict, total=False):
    """reasons: keep the conditions; asks: work out the questions; policies: only these (default all);
    threads: chunks side by side (default 1); rows_a_chunk: persons, cut at household borders."""

    reasons: bool
    asks: bool
    policies: Collection[str] | None
    threads: int | None
    rows_a_chunk: int


class Totals(NamedTuple):
    """Of the units of a policy; `fen` sums the known amounts of the eligible."""

    yes: int
    no: int
    unknown: int
    fen: int


@dataclass(frozen=True)
class Result:
    """One policy on one chunk. A leaf stands at its own level, which may be the household's."""

    unit: Level
    eligible: Truth
    amount: Number
    paid: Plane  # eligible, and the amount is known
    leaves: tuple[tuple[Truth, Level], ...]
    asked: Asked


@dataclass(frozen=True)
class Piece:
    """What is kept of a chunk."""

    frame: Frame
    results: dict[str, Result]


def evaluate(
    program: Program,
    persons: pa.Table | None,
    households: pa.Table | None,
    employers: pa.Table | None = None,
    **options: Unpack[Options],
) -> Evaluation:
    """Persons: person_id, household_id and fact columns; households: household_id and fact columns; other columns are
    not looked at. bool, signed ints (money in fen), date32, codes as string or dictionary; a missing column is all
    unknown. Without a table of households every household fact is unknown.

    Raises columns.WrongColumn for a column that cannot be what its fact says, a value outside a fact's bounds, a person
    whose household has no row; KeyError for a policy that is not in force.
    """
    reasons, asks = options.get("reasons", True), options.get("asks", True)
    plan = Plan(program, options.get("policies"))
    tables = Tables(persons, households, employers, plan.facts)
    today = program.as_of.toordinal() - EPOCH

    def work(frame: Frame) -> Piece:
        return _work(Chunk(frame, today), plan, reasons, asks)

    rows = options.get("rows_a_chunk", ROWS)
    frames = chain(tables.frames(rows), tables.employer_frames(rows))
    pieces = _mapped(work, frames, options.get("threads") or 1)
    return Evaluation(plan, tables, pieces, reasons)


def _mapped(work: Callable[[Frame], Piece], frames: Iterator[Frame], threads: int) -> list[Piece]:
    if threads < 2:
        return list(map(work, frames))
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, frames))


def _work(chunk: Chunk, plan: Plan, reasons: bool, asks: bool) -> Piece:
    asking = Asking(chunk, plan)
    mine = [aim for aim in plan.aims.values() if aim.unit in chunk.frame.rows]
    results = {aim.policy.id: _result(chunk, aim, asking if asks else None, reasons) for aim in mine}
    return Piece(chunk.frame, results)


def _result(chunk: Chunk, aim: Aim, asking: Asking | None, reasons: bool) -> Result:
    eligible = chunk.truth(aim.eligible, aim.unit)
    amount = NO_MONEY if aim.amount is None else chunk.number(aim.amount, aim.unit)
    paid = eligible.yes if amount.known is None else eligible.yes & amount.known
    leaves = tuple(_leaf(chunk, node, aim.unit) for node in aim.leaves) if reasons else ()
    return Result(aim.unit, eligible, amount, paid, leaves, asking.of(aim) if asking else {})


def _leaf(chunk: Chunk, node: Node, unit: Level) -> tuple[Truth, Level]:
    level = unit if node.level is None else node.level
    return chunk.truth(node, level), level


Fill = Callable[[Result, Frame, npt.NDArray[Any]], None]  # writes the rows of one chunk


class Evaluation:
    """Answers by policy id; rows are those of the policy's unit, in the order of its table."""

    def __init__(self, plan: Plan, tables: Tables, pieces: list[Piece], reasons: bool) -> None:
        self._plan, self._tables, self._pieces, self._reasons = plan, tables, pieces, reasons

    @property
    def policies(self) -> dict[str, Policy]:
        return {name: aim.policy for name, aim in self._plan.aims.items()}

    def eligible(self, policy: str) -> Answers:
        """1 yes, 0 no, -1 unknown."""
        return self._rows(policy, lambda result, frame, out: _answers(result.eligible, out), np.int8)

    def amount(self, policy: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
        """(fen, known); known only where the unit is eligible, 0 elsewhere."""
        fen = self._rows(policy, lambda result, frame, out: _fen(result, out), np.int64)
        known = self._rows(policy, lambda result, frame, out: _flags(result.paid, out), np.uint8)
        return fen, known.view(np.bool_)

    def conditions(self, policy: str) -> list[tuple[Leaf, Answers]]:
        """Each leaf with its answers, in the order of the file; unpacked only now."""
        leaves = self._leaves(policy)
        return [(leaf, self._condition(policy, number)) for number, leaf in enumerate(leaves)]

    def asks(self, policy: str) -> dict[str, npt.NDArray[np.bool_]]:
        """Fact → rows on which it decides; only facts that are asked somewhere.

        Facts of the household and of its members are flagged on the policy's own rows.
        """
        mine = (piece.results[policy] for piece in self._own(policy))
        facts = sorted({fact for result in mine for fact in result.asked})
        return {fact: self._asked(policy, fact) for fact in facts}

    def first_failed(self, policy: str) -> npt.NDArray[np.int16]:
        """The number of the first condition that makes it a no; -1 where it is not a no.

        A failed alternative of an `any` that another one saves is no reason.
        """
        self._leaves(policy)
        tree = self._plan.aims[policy].policy.who
        return self._rows(policy, lambda result, frame, out: first_failed(tree, _failed(result, frame), out), np.int16)

    def totals(self, policy: str) -> Totals:
        """Counts and the sum of money, without an array of all rows."""
        yes = no = rows = fen = 0
        unit = self._plan.aims[policy].unit
        for piece in self._own(policy):
            result, size = piece.results[policy], piece.frame.rows[unit]
            yes, no, rows = yes + count(result.eligible.yes), no + count(result.eligible.no), rows + size
            fen += _sum(result, size)
        return Totals(yes, no, rows - yes - no, fen)

    def to_persons(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Values of households, in the order of their table, given to each person."""
        houses, people = self._tables.orders["household"], self._tables.orders["person"]
        sorted_values = values if houses is None else values[houses]
        given = np.empty(self._tables.rows["person"], values.dtype)
        for piece in self._pieces:
            homes, start = piece.frame.homes, piece.frame.start
            if homes is not None:
                own = sorted_values[start["household"] : start["household"] + homes.count]
                given[start["person"] : start["person"] + homes.rows] = own.take(homes.of)
        return given if people is None else as_came(given, people)

    def _leaves(self, policy: str) -> tuple[Leaf, ...]:
        if not self._reasons:
            raise ValueError("evaluated without reasons")
        return self._plan.aims[policy].policy.leaves

    def _condition(self, policy: str, number: int) -> Answers:
        return self._rows(policy, lambda result, frame, out: _leaf_answers(result, number, frame, out), np.int8)

    def _asked(self, policy: str, fact: str) -> npt.NDArray[np.bool_]:
        nobody = np.zeros(0, np.uint8)
        fill: Fill = lambda result, frame, out: _flags(result.asked.get(fact, nobody), out)  # noqa: E731
        return self._rows(policy, fill, np.uint8).view(np.bool_)

    def _own(self, policy: str) -> Iterator[Piece]:
        """Raises KeyError for a policy that was not evaluated."""
        self._plan.aims[policy]
        return (piece for piece in self._pieces if policy in piece.results)

    def _rows(self, policy: str, fill: Fill, kind: Any) -> npt.NDArray[Any]:
        """The rows of all chunks after one another, in the order of the input."""
        unit = self._plan.aims[policy].unit
        values = np.empty(self._tables.rows[unit], kind)
        for piece in self._own(policy):
            start, rows = piece.frame.start[unit], piece.frame.rows[unit]
            fill(piece.results[policy], piece.frame, values[start : start + rows])
        order = self._tables.orders[unit]
        return values if order is None else as_came(values, order)


def _flags(plane: Plane, out: npt.NDArray[np.uint8]) -> None:
    """0 and 1; a plane of no bytes is 0 everywhere."""
    out[:] = unpack(plane, len(out)) if len(plane) else 0


def _answers(truth: Truth, out: Answers) -> None:
    """yes 1, no 0, unknown -1: the yes bit, plus the told bit, minus 1."""
    told = unpack(truth.yes | truth.no, len(out)).view(np.int8)
    np.add(unpack(truth.yes, len(out)).view(np.int8), told - np.int8(1), out=out)


def _fen(result: Result, out: npt.NDArray[np.int64]) -> None:
    np.multiply(unpack(result.paid, len(out)), result.amount.values, out=out, dtype=np.int64)


def _sum(result: Result, rows: int) -> int:
    each = result.amount.values
    return each * count(result.paid) if isinstance(each, int) else int(each[unpack(result.paid, rows).view(bool)].sum())


def _leaf_answers(result: Result, number: int, frame: Frame, out: Answers) -> None:
    truth, level = result.leaves[number]
    if level == result.unit or frame.homes is None:
        return _answers(truth, out)
    answers = np.empty(frame.rows[level], np.int8)
    _answers(truth, answers)
    out[:] = answers.take(frame.homes.of)


def _failed(result: Result, frame: Frame) -> list[Plane]:
    """A plane for each leaf, at the level of the policy's unit."""
    homes = frame.homes
    return [
        truth.no if level == result.unit or homes is None else homes.lift(truth.no) for truth, level in result.leaves
    ]
