"""Every executor behind one face, so that one comparison serves them all.

An engine is (name, function). The function takes a pack, a day, households and parameter overrides, and gives for each
policy in force the Results of its units in order: the members of all households one after another, or the households,
or the employers. Add an engine to ENGINES and every comparison of this folder runs it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa

from tests.rules.judge import Judge, Result
from tongxing.rules import planes
from tongxing.rules.compile import compile_program
from tongxing.rules.one import Explainer, Tree
from tongxing.rules.tree import FactType, Program

Facts = Mapping[str, Any]
Answers = dict[str, list[Result]]


@dataclass(frozen=True)
class Home:
    """A household with at least one member. Facts that are not given are unknown."""

    persons: Sequence[Facts]
    household: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    homes: Sequence[Home] = ()
    employers: Sequence[Facts] = ()


Engine = Callable[[Any, date, World, Facts], Answers]


def judge(source: Any, as_of: date, world: World, overrides: Facts) -> Answers:
    """The judge's own answers, in the same shape."""
    judges = [Judge(source, as_of, home.persons, home.household, overrides) for home in world.homes]
    employers = [Judge(source, as_of, [], facts, overrides) for facts in world.employers]
    answers: Answers = {}
    for name, policy in source.policies.items():
        if Judge(source, as_of, [], {}).version(name) is None:
            continue
        if policy.unit == "person":
            answers[name] = [one.result(name, who) for one in judges for who in range(len(one.persons))]
        else:
            answers[name] = [one.result(name, None) for one in (judges if policy.unit == "household" else employers)]
    return answers


def one(source: Any, as_of: date, world: World, overrides: Facts) -> Answers:
    program = compile_program(source, as_of, overrides)
    explainer = Explainer(program)
    answers: Answers = {name: [] for name in program.policies}
    for home in world.homes:
        for who in range(len(home.persons)):
            for name, answer in explainer.explain(who, home.persons, home.household).items():
                if program.policies[name].unit == "person" or who == 0:
                    answers[name].append(_told(answer))
    for facts in world.employers:
        for name, answer in explainer.explain_employer(facts).items():
            answers[name].append(_told(answer))
    return answers


def _told(answer: Any) -> Result:
    return Result(answer.eligible, answer.amount_fen, answer.ask, tuple(_leaves(answer.tree)))


def _leaves(tree: Tree) -> list[bool | None]:
    return [tree.value] if tree.kind == "leaf" else [leaf for item in tree.items for leaf in _leaves(item)]


def planes_of(rows_a_chunk: int) -> Engine:
    def engine(source: Any, as_of: date, world: World, overrides: Facts) -> Answers:
        program = compile_program(source, as_of, overrides)
        tables = [
            table(program, "person", world),
            table(program, "household", world),
            table(program, "employer", world),
        ]
        if not world.homes:
            tables[0] = tables[1] = None
        found = planes.evaluate(program, *tables, rows_a_chunk=rows_a_chunk)
        return {name: _opened(found, name) for name in program.policies}

    return engine


def table(program: Program, level: str, world: World) -> pa.Table:
    """The unit's rows as the planes read them: every declared fact a column."""
    rows: list[Facts] = list(world.employers)
    ids: dict[str, list[int]] = {"employer_id": list(range(len(rows)))}
    if level != "employer":
        rows = [home.household for home in world.homes]
        ids = {"household_id": list(range(len(rows)))}
    if level == "person":
        rows = [person for home in world.homes for person in home.persons]
        homes = [number for number, home in enumerate(world.homes) for _ in home.persons]
        ids = {"person_id": list(range(len(rows))), "household_id": homes}
    columns = {
        name: pa.array([row.get(name) for row in rows], _arrow(f))
        for name, f in program.facts.items()
        if f.level == level
    }
    return pa.table({name: pa.array(values, pa.int64()) for name, values in ids.items()} | columns)


def _arrow(fact: FactType) -> pa.DataType:
    return {"bool": pa.bool_(), "date": pa.date32(), "code": pa.string()}.get(fact.type, pa.int64())


def _opened(found: planes.Evaluation, name: str) -> list[Result]:
    eligible = found.eligible(name).tolist()
    fen, known = found.amount(name)
    leaves = [column.tolist() for _, column in found.conditions(name)]
    asks = {fact: flags.tolist() for fact, flags in found.asks(name).items()}
    say = {1: True, 0: False, -1: None}
    return [
        Result(
            say[answer],
            int(fen[row]) if known[row] else None,
            frozenset(fact for fact, flags in asks.items() if flags[row]),
            tuple(say[column[row]] for column in leaves),
        )
        for row, answer in enumerate(eligible)
    ]


ENGINES: list[tuple[str, Engine]] = [("one", one), ("planes", planes_of(65_536)), ("planes-3", planes_of(3))]


def differences(
    source: Any,
    as_of: date,
    world: World,
    overrides: Facts | None = None,
    engines: Sequence[tuple[str, Engine]] = ENGINES,
) -> list[str]:
    """A line for each unit of each policy about which an engine and the judge do not agree."""
    want = judge(source, as_of, world, overrides or {})
    found = []
    for name, engine in engines:
        got = engine(source, as_of, world, overrides or {})
        if got.keys() != want.keys():
            found.append(f"{name}: policies {sorted(got)} instead of {sorted(want)}")
        for policy in got.keys() & want.keys():
            pairs = zip(got[policy], want[policy], strict=True)
            found += [f"{name}: {policy}[{row}]: {g} instead of {w}" for row, (g, w) in enumerate(pairs) if g != w]
    return found
