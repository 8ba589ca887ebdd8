"""`tongxing audit verify`: whether the journal is what was written, anchors outside the database included."""

from __future__ import annotations

import argparse

from tongxing.commands.answers import sorry
from tongxing.journal.models import Entry
from tongxing.journal.queries import first_break


def run(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tongxing audit")
    parser.add_argument("what", choices=["verify"])
    parser.parse_args(args)
    try:
        broken = first_break()
    except ValueError as forged:
        return sorry(str(forged))
    if broken is not None:
        return sorry(f"第 {broken.number} 条记录不对：{broken.reason}")
    print(f"{Entry.objects.count():,} 条记录，一条不缺，没有改动。")
    return 0
