"""`tongxing gaps [--policy ID] [--division CODE] [--json]`."""

from __future__ import annotations

import argparse

from django.conf import settings

from tongxing.commands.answers import print_json, print_table, sorry
from tongxing.content.instance import pack
from tongxing.lib.divisions import subtree_prefix
from tongxing.organisation.queries import division
from tongxing.policy.models import Run
from tongxing.policy.queries.figures import Figures, by_policy
from tongxing.policy.queries.runs import newest_run


def run(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tongxing gaps")
    parser.add_argument("--policy")
    parser.add_argument("--division", default="")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(args)
    newest = newest_run()
    if newest is None:
        return sorry("还没有核对过。先运行 tongxing nightly。")
    if options.division and not division(options.division):
        return sorry(f"没有辖区 {options.division}。辖区写 12 位区划代码。")
    if options.policy and options.policy not in pack(settings.PACK).policies:
        return sorry(f"没有政策 {options.policy}。tongxing gaps 不带 --policy 会列出全部。")
    answer = gaps(newest, subtree_prefix(options.division) if options.division else "", options.policy)
    if options.json:
        print_json(answer)
    else:
        head = ["政策", "够条件", "在领", "漏了", "说不清", "不够还在领"]
        keys = ["name", "entitled", "receiving", "missing", "unknown", "not_entitled_but_receiving"]
        print_table(head, [[row[key] for key in keys] for row in answer["policies"]])
    return 0


def gaps(newest: Run, prefix: str, policy: str | None) -> dict[str, object]:
    """`missing` includes those who declined (`declined` of them); money in fen a month."""
    counted = by_policy(newest, prefix)
    rows = [_row(figure) for name, figure in counted.items() if policy in (None, name)]
    return {"as_of": newest.as_of_date.isoformat(), "policies": rows}


def _row(figure: Figures) -> dict[str, object]:
    return {
        "id": figure.policy,
        "name": pack(settings.PACK).policies[figure.policy].name,
        "entitled": figure.entitled,
        "receiving": figure.receiving,
        "missing": figure.missing,
        "declined": figure.declined,
        "unknown": figure.unknown,
        "not_entitled_but_receiving": figure.wrong,
        "monthly_fen": figure.entitled_fen,
        "missing_monthly_fen": figure.missing_fen,
    }
