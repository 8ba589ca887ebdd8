"""One engine once, in a process of its own: `python -m bench.contender NAME PERSONS UNKNOWN` prints JSON.

Making the population is not timed. The best of ROUNDS passes counts; a first pass over a few people warms imports up.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
import pyarrow as pa

from bench.population import population

PACK = Path(__file__).parent / "pack"
AS_OF = date(2026, 3, 31)
ROUNDS = 3
WARM = 500
Prepare = Callable[[pa.Table, pa.Table], Callable[[], Any]]
Told = dict[str, list[int]]  # policy → [persons, fen, checksums of the rows]


def main(args: list[str]) -> None:
    name, persons, unknown = args[0], int(args[1]), float(args[2])
    prepare = ENGINES[name]
    run = prepare(*population(WARM, unknown))
    run()
    people, homes = population(persons, unknown)
    taken, result = [], None
    for _ in range(ROUNDS):
        run = prepare(people, homes)
        started = time.perf_counter()
        result = run()
        taken.append(time.perf_counter() - started)
    print(json.dumps({"seconds": min(taken), "totals": told(name, result)}))


def program() -> Any:
    from tongxing.content.read import read_pack
    from tongxing.rules.compile import compile_program

    return compile_program(read_pack(PACK), AS_OF)


def planes(reasons: bool, unpacked: bool) -> Prepare:
    """Eligibility and amount of each person as arrays. With reasons: every condition and every question's rows as
    planes; unpacked: from these the first failed condition and the questions as arrays too.
    """

    def prepare(persons: pa.Table, homes: pa.Table) -> Callable[[], Any]:
        from tongxing.rules.planes import evaluate

        rules = program()

        def run() -> dict[str, Any]:
            found = evaluate(rules, persons, homes, reasons=reasons, asks=reasons)
            answers = {}
            for name, policy in rules.policies.items():
                spread = found.to_persons if policy.unit == "household" else (lambda values: values)
                fen, known = found.amount(name)
                answers[name] = [spread(found.eligible(name)), spread(fen), spread(known)]
                if unpacked:
                    answers[name] += [found.first_failed(name), found.asks(name)]
            return answers

        return run

    return prepare


def planes_totals(persons: pa.Table, homes: pa.Table) -> Callable[[], Any]:
    """How many units and how much money a policy; nothing by person."""
    from tongxing.rules.planes import evaluate

    rules = program()

    def run() -> dict[str, Any]:
        found = evaluate(rules, persons, homes, reasons=False, asks=False)
        return {name: found.totals(name) for name in rules.policies}

    return run


def openfisca(persons: pa.Table, homes: pa.Table) -> Callable[[], Any]:
    """From columns in memory: the simulation is built, then eligibility and amount of each person as arrays."""
    from bench import openfisca_rules as peer

    made, people, houses = peer.system(), peer.columns(persons), peer.columns(homes)
    return lambda: peer.calculate(peer.simulation(made, people, houses))


def formulas(persons: pa.Table, homes: pa.Table) -> Callable[[], Any]:
    """OpenFisca's formulas alone; the simulation stands already."""
    from bench import openfisca_rules as peer

    loaded = peer.simulation(peer.system(), peer.columns(persons), peer.columns(homes))
    return lambda: peer.calculate(loaded)


ENGINES: dict[str, Prepare] = {
    "openfisca": openfisca,
    "formulas": formulas,
    "answers": planes(reasons=False, unpacked=False),
    "planes": planes(reasons=True, unpacked=False),
    "arrays": planes(reasons=True, unpacked=True),
    "totals": planes_totals,
}


def told(engine: str, result: Any) -> Told:
    if engine == "totals":
        return {name: [totals.yes, totals.fen] for name, totals in result.items()}
    if engine not in ("openfisca", "formulas"):
        return {name: _summed(yes == 1, fen) for name, (yes, fen, *_) in result.items()}
    names = [name.removeprefix("eligible_") for name in result if name.startswith("eligible_")]
    return {name: _summed(result[f"eligible_{name}"], result[f"amount_{name}"]) for name in names}


def _summed(eligible: np.ndarray, fen: np.ndarray) -> list[int]:
    """Persons, money, and a checksum of each row of both."""
    rows = eligible.astype(np.uint8).tobytes(), fen.astype(np.int64).tobytes()
    return [int(eligible.sum()), int(fen.sum(dtype=np.int64)), crc32(rows[0]), crc32(rows[1])]


if __name__ == "__main__":
    main(sys.argv[1:])
