"""`tongxing indicators [--division CODE] [--all] [--json]`: the plan's indicators as they stand."""

from __future__ import annotations

import argparse
from decimal import Decimal

from django.utils import timezone

from tongxing.commands.answers import print_json, print_table, sorry
from tongxing.lib.divisions import subtree_prefix
from tongxing.organisation.queries import division
from tongxing.plan.queries.counts import newest_count
from tongxing.plan.queries.standings import Standing, standings
from tongxing.ui.states import STATES


def run(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tongxing indicators")
    parser.add_argument("--division", default="")
    parser.add_argument("--all", action="store_true", help="连专栏里的数一起列")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(args)
    count = newest_count()
    if count is None:
        return sorry("还没有数过指标。先运行 tongxing nightly。")
    if options.division and not division(options.division):
        return sorry(f"没有辖区 {options.division}。辖区写 12 位区划代码。")
    prefix = subtree_prefix(options.division) if options.division else ""
    found = standings(count, timezone.localdate(), prefix).values()
    shown = [each for each in found if options.all or each.indicator.is_headline]
    if options.json:
        print_json({"as_of": count.as_of_date.isoformat(), "indicators": [_row(each) for each in shown]})
    else:
        head = ["指标", "名称", "分子", "分母", "现在", "目标", "怎么样"]
        print_table(head, [_line(each) for each in shown])
    return 0


def _row(found: Standing) -> dict[str, object]:
    """`value` and `target` in the unit of the indicator (per cent as 87.3); null: not known, or not set."""
    return {
        "id": found.indicator.id,
        "name": found.indicator.name,
        "unit": found.indicator.result,
        "numerator": _number(found.reading.numerator),
        "denominator": _number(found.reading.denominator),
        "unknown": found.figure.unknown if found.figure else None,
        "value": _number(found.reading.value),
        "target": _number(found.aim.value),
        "as_of": found.reading.as_of.isoformat(),
        "state": found.state,
    }


def _number(value: int | Decimal | None) -> int | float | None:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _line(found: Standing) -> list[object]:
    said = (found.reading.numerator, found.reading.denominator, found.reading.value, found.aim.value)
    numbers = ["—" if value is None else f"{_number(value):,}" for value in said]
    return [found.indicator.id, found.indicator.name, *numbers, STATES[found.state].word]
