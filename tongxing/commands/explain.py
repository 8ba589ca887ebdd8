"""`tongxing explain PERSON [--policy ID] [--json]`: one person's rights, condition by condition."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from django.conf import settings

from tongxing.commands.answers import day, print_json, sorry
from tongxing.content.instance import pack
from tongxing.policy.queries.explanations import explain
from tongxing.registry.models import Person

SIGNS = {True: "✓", False: "✗", None: "？"}


def run(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tongxing explain")
    parser.add_argument("person", type=int)
    parser.add_argument("--policy")
    parser.add_argument("--as-of", type=day, default=date.today())
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(args)
    person = Person.objects.filter(pk=options.person).first()
    if person is None:
        return sorry(f"没有编号 {options.person} 的人。")
    if options.policy and options.policy not in pack(settings.PACK).policies:
        return sorry(f"没有政策 {options.policy}。")
    found = explain(person, options.as_of, [options.policy] if options.policy else None)
    rows = [
        {"id": name, "eligible": a.eligible, "amount_fen": a.amount_fen, "ask": sorted(a.ask), "tree": a.tree.as_json()}
        for name, a in found.answers.items()
    ]
    if options.json:
        print_json({"as_of": options.as_of.isoformat(), "policies": rows})
    else:
        for row in rows:
            print(f"{SIGNS[row['eligible']]} {pack(settings.PACK).policies[row['id']].name}")
            _print_tree(row["tree"], 1)
    return 0


def _print_tree(node: dict[str, Any], depth: int) -> None:
    if node.get("label"):
        facts = "，".join(f"{name}={value}" for name, value in node.get("facts", {}).items())
        print("  " * depth + f"{SIGNS[node['value']]} {node['label']}" + (f"（{facts}）" if facts else ""))
    for child in node.get("all") or node.get("any") or []:
        _print_tree(child, depth + 1)
