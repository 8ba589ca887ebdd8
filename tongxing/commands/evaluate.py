"""`tongxing evaluate --pack PACK --persons FILE --households FILE --as-of DATE --out FILE`: files in, a file out.

Exit code 0; 1 with one line a mistake on stderr and OUT as it was; 2 for what this release does not have.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from tongxing.commands.answers import day, sorry
from tongxing.content.pack import Pack
from tongxing.content.read import read_pack
from tongxing.lib.place import PackErrors
from tongxing.rules.compile import compile_program
from tongxing.rules.tables import BadTable, Task, evaluate_files

NO_SPARK = "多台机器的 Spark 引擎在以后的版本里；现在请用 --engine local，一台机器就算得了几百万人。"


def run(args: list[str]) -> int:
    options = _parser().parse_args(args)
    if options.engine == "spark":
        print(NO_SPARK, file=sys.stderr)
        return 2
    try:
        pack = read_pack(options.pack)
        program = compile_program(pack, _as_of(options.as_of))
        task = Task(options.persons, options.households, options.out, _labels(pack) if options.reasons else None)
        persons = evaluate_files(program, task, lambda words: print(words, file=sys.stderr))
    except (PackErrors, BadTable, ValueError) as wrong:
        return sorry(str(wrong))
    print(f"{persons} 人，结果在 {options.out}", file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tongxing evaluate", description="不用数据库，直接核对一份表")
    parser.add_argument("--pack", type=Path, required=True, help="规则包的文件夹")
    parser.add_argument(
        "--persons", type=Path, required=True, help="人：person_id、household_id 和事实；.parquet 或 .csv"
    )
    parser.add_argument("--households", type=Path, required=True, help="家庭：household_id 和事实")
    parser.add_argument("--as-of", required=True, help="按哪一天的规则算，如 2026-01-31")
    parser.add_argument("--out", type=Path, required=True, help="结果；.parquet 或 .csv")
    parser.add_argument("--reasons", action="store_true", help="加上 why_ 列：哪一条不够，或者要问什么")
    parser.add_argument("--engine", choices=["local", "spark"], default="local")
    return parser


def _as_of(text: str) -> date:
    try:
        return day(text)
    except ValueError as wrong:
        raise BadTable(f"--as-of：{wrong}") from None


def _labels(pack: Pack) -> dict[str, str]:
    return {name: fact.label for name, fact in pack.facts.items()}
