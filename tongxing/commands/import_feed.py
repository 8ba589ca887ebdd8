"""`tongxing import FEED FILE [--commit] [--skip-bad] [--division CODE] [--as-of DATE] [--json]`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.commands.answers import day, print_json, print_table, sorry
from tongxing.content.instance import pack
from tongxing.exchange import queries
from tongxing.exchange.actions import commit, upload
from tongxing.exchange.lines import Refused
from tongxing.exchange.models import Batch
from tongxing.lib.mistakes import BadValue
from tongxing.lib.progress import step
from tongxing.organisation.models import Division

SHOWN = 40  # problems printed for a person; --json gives all


def run(args: list[str]) -> int:
    """Exit code 1 if the file, or its commit, was refused."""
    parser = argparse.ArgumentParser(prog="tongxing import")
    parser.add_argument("feed", metavar="FEED", help="名单的种类，例如 " + "、".join(pack(settings.PACK).feeds))
    parser.add_argument("file", metavar="FILE", type=Path, help=".xlsx 或 .csv")
    parser.add_argument("--commit", action="store_true", help="看过没有错就入库")
    parser.add_argument("--skip-bad", action="store_true", help="有错的行留下，其余入库")
    parser.add_argument("--division", default="", help="名单的辖区，12 位代码；不写就是全市")
    parser.add_argument("--as-of", type=day, help="名单截至哪一天；不写就是今天")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(args)
    try:
        return _import(options)
    except OSError as wrong:
        return sorry(f"打不开 {options.file}：{wrong.strerror}。请核对路径。")
    except (BadValue, Refused) as wrong:
        return sorry(str(wrong))


def _import(options: argparse.Namespace) -> int:
    content = options.file.read_bytes()
    division = options.division or _whole_city()
    actor = _operator(options.feed, division)
    as_of: date = options.as_of or timezone.localdate()
    with step("核对名单"):
        batch = upload(
            by=actor,
            feed=options.feed,
            filename=options.file.name,
            content=content,
            as_of_date=as_of,
            division_code=division,
        )
    refusal = _commit(actor, batch, options.skip_bad) if options.commit else ""
    batch.refresh_from_db()
    print_json(answer(batch)) if options.json else _say(batch)
    return sorry(refusal) if refusal else 0


def _whole_city() -> str:
    city = Division.objects.filter(level=Division.Level.CITY).first()
    if city is None:
        raise Refused("库里还没有区划。先运行 tongxing demo 造一座演示城市。")
    return city.code


def _commit(actor: Actor, batch: Batch, skip_bad: bool) -> str:
    """'' or why it was refused; the preview is shown all the same."""
    try:
        with step("入库"):
            commit(by=actor, batch=batch, skip_bad=skip_bad)
    except Refused as refused:
        return str(refused)
    return ""


def _operator(feed: str, division: str) -> Actor:
    """Who sits at the machine acts for the department whose list it is; the journal says that it was the command."""
    feeds = pack(settings.PACK).feeds
    return Actor(
        user_id=0,
        name="命令行",
        role="command",
        role_name="机房",
        department=str(feeds[feed].department) if feed in feeds else None,
        division_code=division,
        purpose="",
        people="none",
        rights=frozenset({Right.SEND_FEEDS}),
    )


def answer(batch: Batch) -> dict[str, Any]:
    counts = batch.counts
    keys = ("rows", "good", "bad", "start", "stop", "change", "unchanged", "held", "not_ours")
    return {
        "batch": batch.pk,
        "feed": batch.feed,
        **{key: counts[key] for key in keys},
        "problems": [asdict(problem) for problem in queries.all_problems(batch)],
        "effects": [asdict(effect) for effect in queries.effects(batch)],
        "same_as": counts["same_as"],
        "committed": batch.state == Batch.State.COMMITTED,
    }


def _say(batch: Batch) -> None:
    for sentence in queries.receipt(batch):
        print(sentence)
    found = queries.all_problems(batch)
    if found:
        print_table(["行", "列", "问题"], [[one.row, one.column, one.message] for one in found[:SHOWN]])
    if len(found) > SHOWN:
        print(f"还有 {len(found) - SHOWN:,} 处，用 --json 看全部。")
    effects = queries.effects(batch)
    if effects:
        head = ["政策", "将开始符合", "将不再符合", "将说不清"]
        print_table(head, [[one.name, one.start, one.stop, one.check] for one in effects])
    if batch.state == Batch.State.PREVIEWED:
        print("还没有入库。加 --commit 再来一次就入库。")
