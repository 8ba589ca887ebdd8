"""`tongxing simulate --set POLICY.PARAM=VALUE … [--json]`: cost before and after, winners, losers, by county."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from django.conf import settings

from tongxing.commands.answers import print_json, print_table, sorry
from tongxing.content.instance import pack
from tongxing.lib.money import parse_yuan
from tongxing.lib.place import PackErrors, nearest
from tongxing.policy.queries.runs import newest_run
from tongxing.policy.queries.simulation import Change, simulate


def run(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tongxing simulate")
    parser.add_argument("--set", action="append", required=True, metavar="POLICY.PARAM=VALUE", dest="changes")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(args)
    newest = newest_run()
    if newest is None:
        return sorry("还没有核对过。先运行 tongxing nightly。")
    try:
        rows = simulate(newest, dict(_change(text) for text in options.changes))
    except (ValueError, PackErrors) as error:
        return sorry(str(error))
    if options.json:
        print_json({"as_of": newest.as_of_date.isoformat(), "policies": grouped(rows)})
    else:
        head = ["政策", "县区", "改前（元/年）", "改后（元/年）", "拿得更多", "拿得更少"]
        print_table(
            head, [[r.policy, r.county, r.before_fen / 100, r.after_fen / 100, r.winners, r.losers] for r in rows]
        )
    return 0


def _change(text: str) -> tuple[str, int]:
    """'living_allowance.amount=100' → ('living_allowance.amount', 10000). Raises ValueError with the nearest name."""
    key, sign, value = text.partition("=")
    params = parameters()
    if not sign or key not in params:
        raise ValueError(f"--set 要写成 政策.参数=数值；没有参数 {key}{nearest(key, params)}")
    return key, parse_yuan(value) if params[key] == "money" else int(value)


def parameters() -> dict[str, str]:
    """key → type of every parameter that can be set."""
    content = pack(settings.PACK)
    shared = {name: param.type for name, param in content.params.items()}
    return shared | {
        f"{p.id}.{name}": param.type for p in content.policies.values() for name, param in p.params.items()
    }


def grouped(rows: list[Change]) -> list[dict[str, object]]:
    """[{"id", "counties": [{county, before, after, before_fen, after_fen, winners, losers, …}]}], fen a year."""
    policies: dict[str, list[dict[str, object]]] = {}
    for row in rows:
        policies.setdefault(row.policy, []).append({k: v for k, v in asdict(row).items() if k != "policy"})
    return [{"id": name, "counties": counties} for name, counties in policies.items()]
