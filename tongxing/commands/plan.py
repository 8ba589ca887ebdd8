"""`tongxing plan coverage|publish|approve|compare|report [--json]`: what carries out clauses, releases, evaluations."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from django.utils import timezone

from tongxing.commands import publishing, reports
from tongxing.commands.answers import print_json, print_table
from tongxing.plan.queries.counts import newest_count
from tongxing.plan.queries.coverage import Covered, coverage, shares


def run(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tongxing plan")
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, (about, add, _) in VERBS.items():
        add(verbs.add_parser(verb, help=about, description=about))
    options = parser.parse_args(args)
    return VERBS[options.verb][2](options)


def _coverage_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--gaps", action="store_true", help="只列还没有落到实处的")


def _coverage(options: argparse.Namespace) -> int:
    covered = coverage(newest_count(), timezone.localdate())
    shown = [each for each in covered.values() if each.gap or not options.gaps]
    if options.json:
        print_json({"clauses": [_row(each) for each in shown]})
        return 0
    names = [[each.clause.id, each.clause.title, len(each.linked), f"{each.records:,}", each.gap] for each in shown]
    print_table(["条目", "内容", "连着几样", "记录", "缺在哪里"], names)
    live, whole = shares(covered)
    print(f"{whole} 条里有 {live} 条落到实处，{whole - live} 条还没有。")
    return 0


def _row(covered: Covered) -> dict[str, object]:
    return {
        "id": covered.clause.id,
        "title": covered.clause.title,
        "linked": [{"object": each.link, "name": each.name, "records": each.records} for each in covered.linked],
        "records": covered.records,
        "gap": covered.gap or None,
    }


Options = Callable[[argparse.ArgumentParser], None]
Verb = Callable[[argparse.Namespace], int]
VERBS: dict[str, tuple[str, Options, Verb]] = {
    "coverage": ("规划逐条落到了哪里", _coverage_options, _coverage),
    "publish": ("做一期公布的数，等第二个人看", publishing.as_user, publishing.publish),
    "approve": ("公布等着的这一期", publishing.as_user, publishing.approve),
    "compare": ("把公布过的每一期重算一遍，看一样不一样", publishing.nothing, publishing.compare),
    "report": ("写一份评估报告的文件", reports.add_options, reports.report),
}
