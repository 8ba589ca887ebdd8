"""`tongxing demo`: fills an empty database with the synthetic city."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tongxing.accounts.models import User
from tongxing.demo import city
from tongxing.lib.writing import write_atomically
from tongxing.organisation.models import Division, Employer
from tongxing.registry.models import Person

MARK = "demo.json"


def run(args: list[str]) -> int:
    """0 when the city stands, 1 when there is other data that must not be touched."""
    asked = _parser().parse_args(args)
    mark: Path = settings.DATA / MARK
    if asked.fresh and mark.is_file():
        _clear(mark)
    call_command("migrate", verbosity=0)
    if any(model.objects.exists() for model in (Person, Division, Employer, User)):
        print(_refusal(mark), file=sys.stderr)
        return 1
    settings.DEMO = True  # the key ring of a demo is made on first use
    city.build(asked.people, asked.seed, asked.today)
    about = {"people": asked.people, "seed": asked.seed, "today": asked.today.isoformat()}
    about["built_at"] = datetime.now(UTC).isoformat(timespec="seconds")
    write_atomically(mark, json.dumps(about, indent=1).encode())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tongxing demo", description="编一座合成的城市，用来演示。")
    parser.add_argument("--people", type=_count, default=60_000, metavar="人数", help="持证人数，默认 60000")
    parser.add_argument("--seed", type=int, default=1, metavar="种子", help="同一个种子编出同一座城市")
    parser.add_argument("--fresh", action="store_true", help="先删掉原来的演示数据")
    parser.add_argument("--today", type=date.fromisoformat, default=date.today(), metavar="日期", help="城市停在哪一天")
    return parser


def _count(text: str) -> int:
    if not text.isdigit() or not 50 <= int(text) <= 1_000_000:
        raise argparse.ArgumentTypeError("人数写 50 到 1000000 的整数")
    return int(text)


def _refusal(mark: Path) -> str:
    if mark.is_file():
        return "这里已经有一座演示城市。要重新编，请加 --fresh。"
    return f"数据库里有别的数据，没有动它。演示请换一个空的数据文件夹（TONGXING_DATA），现在是 {settings.DATA}。"


def _clear(mark: Path) -> None:
    """Only a database beside a demo.json. The mark goes last, so that a stopped clearing can be repeated."""
    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        connection.close()
        for path in (name, Path(f"{name}-wal"), Path(f"{name}-shm")):
            path.unlink(missing_ok=True)
    else:
        call_command("flush", interactive=False, verbosity=0)
    mark.unlink()
