"""`tongxing check [FOLDER] [--quiet]`: is the pack sound? One line per mistake, with file, line and column."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from django.conf import settings

from tongxing.policy.check import examine


def run(args: list[str]) -> int:
    """0 if nothing is wrong (loose ends are only told), else 1."""
    parser = argparse.ArgumentParser(prog="tongxing check")
    parser.add_argument("folder", nargs="?", type=Path, help="规则包的文件夹；不写就是现在用的这一个")
    parser.add_argument("--quiet", action="store_true", help="不说没有用到的名字")
    options = parser.parse_args(args)
    findings = examine(options.folder or _own_pack())
    for wrong in findings.errors:
        print(wrong)
    if not options.quiet:
        for loose in findings.warnings:
            print(f"{loose.place}: 提醒：{loose.message}", file=sys.stderr)
    if findings.errors:
        print(f"有 {len(findings.errors)} 处要改。", file=sys.stderr)
        return 1
    print(
        f"规则包没有问题：{findings.policies} 条政策，{findings.cases} 个例子都对，提醒 {len(findings.warnings)} 条。"
    )
    return 0


def _own_pack() -> Path:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxing.config.settings")
    return Path(settings.PACK)
