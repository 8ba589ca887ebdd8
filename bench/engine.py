"""`python -m bench engine [--persons N]`: planes against OpenFisca-Core over one population, and `tongxing evaluate`.

OpenFisca gives eligibility and amounts of data without unknowns; planes give these, the reasons and the questions too.
Each pass is a process of its own, the engines take turns, the best of three counts.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from bench.contender import AS_OF, PACK
from bench.population import population

TURNS = 3
GOAL_RATIO, GOAL_GIB = 4, 2
GIB = 1024 * 1024  # of ru_maxrss, which counts KiB
UNKNOWN = 0.02
LINES = {  # what is measured: (engine, share of unknown facts, words)
    "openfisca": ("openfisca", 0.0, "OpenFisca-Core: eligibility, amounts"),
    "formulas": ("formulas", 0.0, "  of that its formulas, loading not counted"),
    "answers": ("answers", 0.0, "planes: eligibility, amounts"),
    "planes": ("planes", 0.0, "planes: with reasons and questions, packed"),
    "arrays": ("arrays", 0.0, "planes: with reasons and questions unpacked"),
    "unknowns": ("planes", UNKNOWN, f"planes: packed, {UNKNOWN:.0%} of the facts unknown"),
    "unknown_arrays": ("arrays", UNKNOWN, f"planes: unpacked, {UNKNOWN:.0%} of the facts unknown"),
    "totals": ("totals", 0.0, "planes: totals only"),
}


def main(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench engine")
    parser.add_argument("--persons", type=int, default=1_000_000)
    persons = parser.parse_args(args).persons
    passes: dict[str, list[dict[str, Any]]] = {name: [] for name in LINES}
    for _ in range(TURNS):
        for name, (engine, unknown, _) in LINES.items():
            passes[name].append(_pass(engine, persons, unknown))
    best = {name: min(one["seconds"] for one in found) for name, found in passes.items()}
    print(f"{persons:,} persons, 9 policies; seconds from columns in memory to answers, best of {TURNS}")
    for name, (_, _, label) in LINES.items():
        _say(label, f"{best[name]:.3f} s")
    for name, words in (("planes", f"   goal ≥ {GOAL_RATIO}"), ("arrays", ""), ("answers", "")):
        _say(f"ratio OpenFisca to {LINES[name][2]}", f"{best['openfisca'] / best[name]:.1f}{words}")
    _say("ratio OpenFisca's formulas alone to planes: packed", f"{best['formulas'] / best['planes']:.1f}")
    same = _same(passes["openfisca"][0]["totals"], passes["planes"][0]["totals"])
    _say("results equal, every row", "yes" if same else "NO")
    seconds, gib = _command(persons)
    _say("tongxing evaluate --reasons: whole command", f"{seconds:.1f} s")
    _say("  its peak memory", f"{gib:.2f} GiB   goal ≤ {GOAL_GIB}")
    return 0 if same else 1


def _say(label: str, value: str) -> None:
    print(f"{label:<66} {value}", flush=True)


def _pass(engine: str, persons: int, unknown: float) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.contender", engine, str(persons), str(unknown)]
    answer: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return answer


def _same(peer: dict[str, list[int]], ours: dict[str, list[int]]) -> bool:
    for name in sorted(peer.keys() | ours.keys()):
        if peer.get(name) != ours.get(name):
            print(f"{name}: OpenFisca {peer.get(name)}, planes {ours.get(name)}")
    return peer == ours


def _command(persons: int) -> tuple[float, float]:
    """(seconds, GiB at most) of the command over Parquet files, with unknowns."""
    with tempfile.TemporaryDirectory(prefix="tongxing-bench-") as made:
        folder = Path(made)
        for name, table in zip(("persons", "households"), population(persons, UNKNOWN), strict=True):
            pq.write_table(table, folder / f"{name}.parquet")
        command = [sys.executable, "-m", "tongxing.commands.main", "evaluate", "--pack", str(PACK), "--reasons"]
        command += ["--persons", str(folder / "persons.parquet"), "--households", str(folder / "households.parquet")]
        command += ["--as-of", AS_OF.isoformat(), "--out", str(folder / "out.parquet")]
        started = time.perf_counter()
        child = subprocess.Popen([sys.executable, "-c", _WATCHED, *command], stdout=subprocess.PIPE)
        peak = int(child.communicate()[0].split()[-1])
        if child.returncode:
            raise SystemExit("tongxing evaluate failed")
        return time.perf_counter() - started, peak / GIB


_WATCHED = f"""
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=sys.stderr)
print(resource.getrusage({resource.RUSAGE_CHILDREN}).ru_maxrss)
sys.exit(done.returncode)
"""
