"""`tongxing COMMAND …`: what the system can do without a browser. `tongxing help` lists it."""

from __future__ import annotations

import importlib
import os
import sys

from tongxing.lib.place import PackErrors

FIRST = "先运行 tongxing demo，或核对 TONGXING_DATA。"
COMMANDS = {
    "run": ("serving", "演示城市：没有就造一座，核对一遍，然后提供网页", True),
    "demo": ("demo", "造一座合成城市", True),
    "nightly": ("nightly", "夜里的核对：快照、逐条政策、四张名单", True),
    "serve": ("serving", "提供网页，也做后台的工作", True),
    "worker": ("worker", "只做后台的工作，到点核对", True),
    "gaps": ("gaps", "每条政策：够条件、在领、漏了、说不清", True),
    "explain": ("explain", "一个人的每项待遇，逐条说明", True),
    "simulate": ("simulate", "改一个参数试算", True),
    "import": ("import_feed", "导入部门名单", True),
    "cases": ("cases", "办件和队列", True),
    "indicators": ("indicators", "规划的指标：分子、分母、目标、怎么样", True),
    "plan": ("plan", "规划逐条落到了哪里", True),
    "pay": ("pay", "发放", True),
    "appoint": ("appoint", "设系统、安全、审计管理员", True),
    "audit": ("audit", "查验操作记录", True),
    "evaluate": ("evaluate", "不用数据库，直接核对一份表", False),
    "check": ("check", "检查规则包", False),
}


def main(arguments: list[str] | None = None) -> int:
    """Runs one command; its exit code. Errors meant for people go to stderr in one line."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if not arguments or arguments[0] not in COMMANDS:
        print(usage(), file=sys.stderr)
        return 0 if arguments[:1] in (["help"], ["--help"], ["-h"]) else 2
    name, rest = arguments[0], arguments[1:]
    module, _, needs_database = COMMANDS[name]
    if needs_database:
        _set_up()
    command = importlib.import_module(f"tongxing.commands.{module}")
    run = getattr(command, "run_demo" if name == "run" else "run")
    try:
        return int(run(rest))
    except _for_people() as wrong:
        print(str(wrong) if isinstance(wrong, PackErrors) else f"数据库还不能用（{wrong}）。{FIRST}", file=sys.stderr)
        return 1


def _for_people() -> tuple[type[Exception], ...]:
    """A broken pack, and a database that is not there or has no tables; looked up only once something went wrong."""
    from django.db import OperationalError, ProgrammingError

    return PackErrors, OperationalError, ProgrammingError


def _set_up() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxing.config.settings")
    django.setup()


def usage() -> str:
    lines = [f"  tongxing {name:<10} {about}" for name, (_, about, _) in COMMANDS.items()]
    return "\n".join(["用法：tongxing 命令 [选项]", *lines])


def entry() -> None:
    sys.exit(main())


if __name__ == "__main__":
    entry()
