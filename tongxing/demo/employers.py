"""Employers and their yearly quota reports: most small and exempt, some above the quota, some that did not say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa

from tongxing.demo.numbers import credit_code
from tongxing.demo.places import Villages
from tongxing.demo.streams import chance, pick, stream
from tongxing.rules.planes import evaluate
from tongxing.rules.tree import Program

EMPLOYER = ("name", "credit_code", "division_code", "facts", "reported_date")
COUNT = 400
FIRST = (
    *("北晟", "海澜", "南屿", "合汇", "金帆", "珠源", "启岚", "银沙", "福禾", "同煦"),
    *("丰港", "永益", "东屿", "西湾", "宏溪", "安澜", "长汀", "润泽", "广泊", "远汐"),
)
KINDS = (
    *("水产有限公司", "海鲜加工厂", "酒店", "物业服务有限公司", "商贸有限公司", "建材有限公司"),
    *("服装厂", "电子有限公司", "农业合作社", "物流有限公司", "超市", "珠饰厂"),
)
SIZES = (25, 40, 80, 160, 400, 1500)
SIZE_SHARE = (38, 24, 18, 12, 6, 2)
UNREPORTED = 0.08
USUAL, WRONG = 60, 0.01
Report = dict[str, Any]


def employer_rows(villages: Villages, seed: int, today: date, reports: Sequence[Report]) -> Iterator[tuple[Any, ...]]:
    """In the order of EMPLOYER."""
    rng = stream(seed, "employers")
    names = [first + kind for kind in KINDS for first in FIRST]
    order = rng.permutation(len(names))
    village = pick(rng, villages.weight, len(reports)).tolist()
    reported = day_of_report(today).isoformat()
    for number, report in enumerate(reports):
        stem = names[order[number % len(names)]]
        name = stem if number < len(names) else f"{stem}第{2 + number // len(names)}分店"
        told = json.dumps(report, sort_keys=True)
        yield (name, credit_code(number + 1), str(villages.codes[village[number]]), told, reported)


def day_of_report(today: date) -> date:
    """The last fifteenth of April that is past."""
    return date(today.year if today.month > 4 else today.year - 1, 4, 15)


def reports(program: Program, seed: int, coverage: Mapping[str, float]) -> list[Report]:
    """What each employer told, by fact name, and which benefits it receives; unknown figures are left out."""
    rng = stream(seed, "reports")
    whole = [_report(rng) for _ in range(COUNT)]
    facts = {name: fact for name, fact in program.facts.items() if fact.level == "employer"}
    _pay(whole, program, coverage, seed)
    asked = [name for name in facts if not name.startswith("receives_")]
    silent = {name: chance(rng, UNREPORTED, COUNT) for name in sorted(asked)}
    return [
        {name: value for name, value in report.items() if name in facts and not (name in silent and silent[name][row])}
        for row, report in enumerate(whole)
    ]


def _report(rng: np.random.Generator) -> Report:
    """One year's figures that fit each other."""
    staff = int(SIZES[int(pick(rng, SIZE_SHARE, 1)[0])] * rng.uniform(0.5, 1.5)) + 1
    keen = rng.random()
    share = 0.0 if keen < 0.4 else 0.009 if keen < 0.62 else 0.02 if keen < 0.86 else 0.06
    disabled = int(rng.binomial(staff, share))
    wage = int(rng.lognormal(11.15, 0.25)) // 100 * 10_000
    report: Report = {"staff": staff, "disabled_staff": disabled, "average_wage": wage}
    for name, part in (("double_counted", 0.2), ("new_hires", 0.3), ("public_posts", 0.06), ("supported_places", 0.0)):
        report[name] = int(rng.binomial(disabled, part))
    if keen > 0.97:
        report["supported_places"] = int(rng.integers(4, 25))
    return report | {name: rng.random() < 0.93 for name in ("contracts_ok", "wages_ok", "insured_ok")}


def _pay(whole: list[Report], program: Program, coverage: Mapping[str, float], seed: int) -> None:
    """Adds receives_<policy>: most of the entitled, and a few others."""
    names = [name for name in whole[0] if name in program.facts]
    table = pa.table({"employer_id": list(range(COUNT))} | {name: [each[name] for each in whole] for name in names})
    mine = sorted(policy.id for policy in program.policies.values() if policy.unit == "employer")
    evaluation = evaluate(program, None, None, table, asks=False, policies=mine)
    for policy in mine:
        rng = stream(seed, f"employers {policy}")
        share = coverage.get(policy, USUAL) / 100
        gets = chance(rng, np.where(evaluation.eligible(policy) == 1, share, WRONG), COUNT)
        for report, flag in zip(whole, gets.tolist(), strict=True):
            report[program.policies[policy].receipt] = flag
