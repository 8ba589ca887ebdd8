"""`tongxing nightly [--as-of DATE]`: snapshot, evaluation, lists, anchor."""

from __future__ import annotations

import argparse
from datetime import date

from django.conf import settings
from django.utils import timezone

from tongxing.commands.answers import day, sorry
from tongxing.demo import evaluations, releases
from tongxing.lib.place import PackErrors
from tongxing.lists.tasks import after_night
from tongxing.reviews.tasks import whole_night


def run(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tongxing nightly")
    parser.add_argument("--as-of", type=day, default=date.today())
    options = parser.parse_args(args)
    try:
        if settings.DEMO:
            releases.publish_past(options.as_of)
        done, followed = whole_night(as_of=options.as_of)
        if settings.DEMO:
            releases.publish_now(done)
            evaluations.begin(done)
    except PackErrors as errors:
        return sorry(str(errors))
    after_night(now=timezone.now())
    print(f"停发 {followed.stopped}，按规则调高 {followed.raised}，要复核 {followed.reviews}")
    print(f"核对完 {done.persons:,} 人（持证 {done.holders:,} 人），用时 {done.seconds} 秒，数据截到 {done.as_of_date}")
    return 0
