"""`tongxing plan publish|approve|compare`: releases from the command line, by the same rights as on the desk."""

from __future__ import annotations

import argparse

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tongxing.accounts.access import Actor, current_actor
from tongxing.accounts.models import User
from tongxing.commands.answers import print_json, sorry
from tongxing.plan.queries.counts import newest_count
from tongxing.releases import actions
from tongxing.releases.models import Publication
from tongxing.releases.queries.published import content_of, releases, waiting_release
from tongxing.releases.refusal import Refused


def as_user(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--as", dest="user", required=True, help="用户名，按他的权限办")
    parser.add_argument("--change", default="", help="这一期改了什么")
    parser.add_argument("--json", action="store_true")


def nothing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true")


def publish(options: argparse.Namespace) -> int:
    """A release of the newest counting, which waits for a second person."""
    try:
        count = newest_count()
        if count is None:
            raise Refused("指标还没有数过。先运行 tongxing nightly。")
        return _told(actions.publish(by=_actor(options.user), count=count, change=options.change), options)
    except (Refused, PermissionDenied) as why:
        return sorry(str(why))


def approve(options: argparse.Namespace) -> int:
    """The release that waits."""
    try:
        waiting = waiting_release()
        if waiting is None:
            raise Refused("没有等着公布的。先运行 tongxing plan publish。")
        return _told(actions.approve(by=_actor(options.user), publication=waiting), options)
    except (Refused, PermissionDenied) as why:
        return sorry(str(why))


def compare(options: argparse.Namespace) -> int:
    """Draws every release again from its snapshot; 1 if a byte differs."""
    answer = [{"number": each.number, "same": _is_same(each)} for each in releases()]
    if options.json:
        print_json({"releases": answer})
    for row in [] if options.json else answer:
        print(f"{row['number']}：{'一样' if row['same'] else '不一样'}")
    return 0 if all(row["same"] for row in answer) else 1


def _is_same(publication: Publication) -> bool:
    again = actions.drawn_again(publication)
    return all(content_of(publication.number, name) == content for name, content in again.items())


def _actor(username: str) -> Actor:
    user = User.objects.filter(username=username).first()
    actor = current_actor(user, timezone.localdate()) if user else None
    if actor is None:
        raise Refused(f"没有用户 {username}，或者他现在没有岗位。")
    return actor


def _told(publication: Publication, options: argparse.Namespace) -> int:
    answer = {"number": publication.number, "state": publication.state, "hash": publication.hash}
    if options.json:
        print_json(answer)
    else:
        print(f"{publication.number}：{publication.get_state_display()}")
    return 0
