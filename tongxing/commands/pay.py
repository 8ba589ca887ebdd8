"""`tongxing pay build|approve|export|returns [--month YYYY-MM] [--as USER] [--json]`."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tongxing.accounts.access import Actor, current_actor
from tongxing.accounts.models import User
from tongxing.commands.answers import print_json, sorry
from tongxing.lib.money import spoken_yuan
from tongxing.lib.writing import write_atomically
from tongxing.payments import actions
from tongxing.payments.models import Run
from tongxing.payments.months import this_month
from tongxing.payments.queries import run_of
from tongxing.payments.refusal import Refused


def run(args: list[str]) -> int:
    options = _parser().parse_args(args)
    try:
        answer = VERBS[options.verb](options)
    except (Refused, PermissionDenied, OSError) as why:
        return sorry(str(why))
    if options.json:
        print_json(answer)
    else:
        print(_spoken(answer))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tongxing pay")
    verbs = parser.add_subparsers(dest="verb", required=True)
    for verb, about in (
        ("build", "做一个月的发放"),
        ("approve", "批准"),
        ("export", "银行文件"),
        ("returns", "银行回单"),
    ):
        part = verbs.add_parser(verb, help=about)
        part.add_argument("--month", type=month, default=this_month())
        part.add_argument("--json", action="store_true")
        part.add_argument("--as", dest="user", required=verb != "build", help="用户名，按他的权限办")
        if verb == "export":
            part.add_argument("--format", choices=("csv", "xlsx"), default="csv")
            part.add_argument("--out", type=Path, required=True)
        if verb == "returns":
            part.add_argument("file", type=Path)
    return parser


ABOUT = {"build": "做一个月的发放", "approve": "批准", "export": "银行文件", "returns": "银行回单"}


def month(text: str) -> date:
    """For argparse: 2026-11."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise argparse.ArgumentTypeError(f"月份要写成 2026-01 这样，不是 {text}") from None


def _actor(options: argparse.Namespace) -> Actor | None:
    if options.user is None:
        return None
    user = User.objects.filter(username=options.user).first()
    actor = current_actor(user, timezone.localdate()) if user else None
    if actor is None:
        raise Refused(f"没有用户 {options.user}，或者他现在没有岗位。")
    return actor


def _run(options: argparse.Namespace) -> Run:
    found = run_of(options.month)
    if found is None:
        raise Refused(f"{options.month:%Y-%m} 还没有做发放。先运行 tongxing pay build。")
    return found


def build(options: argparse.Namespace) -> dict[str, object]:
    return said(actions.build(month=options.month, by=_actor(options)))


def said(made: Run) -> dict[str, object]:
    """`payments` and `total_fen` are of what is to be sent; what is held counts in neither."""
    return {
        "run": made.pk,
        "month": str(made),
        "payments": made.payments,
        "total_fen": made.total_fen,
        "new": made.new,
        "changed": made.changed,
        "stopped": made.stopped,
        "held": made.held,
        "state": made.state,
    }


def approve(options: argparse.Namespace) -> dict[str, object]:
    return said(actions.approve(by=_actor(options), run=_run(options)))


def export(options: argparse.Namespace) -> dict[str, object]:
    found = _run(options)
    content = actions.bank_file(by=_actor(options), run=found, form=options.format)
    write_atomically(options.out, content)
    found.refresh_from_db()
    return said(found) | {"file": str(options.out), "bytes": len(content), "hash": found.file_hash}


def returns(options: argparse.Namespace) -> dict[str, object]:
    found = _run(options)
    content = options.file.read_bytes()
    reply = actions.bank_returns(by=_actor(options), run=found, name=options.file.name, content=content)
    found.refresh_from_db()
    return said(found) | {"paid": reply.paid, "returned": reply.returned, "known": reply.known}


def _spoken(answer: dict[str, object]) -> str:
    total = spoken_yuan(int(str(answer["total_fen"])))
    parts = (f"{answer['month']}：{answer['payments']} 笔，{total}", f"新增 {answer['new']}，变化 {answer['changed']}")
    return "，".join([*parts, f"停发 {answer['stopped']}，暂存 {answer['held']}"])


VERBS = {"build": build, "approve": approve, "export": export, "returns": returns}
