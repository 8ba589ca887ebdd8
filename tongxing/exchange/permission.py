"""Who may send, commit and take back a list: the right, the department whose list it is, and the area."""

from __future__ import annotations

from contextlib import suppress

from django.core.exceptions import PermissionDenied

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.content.pack import Feed
from tongxing.lib.divisions import is_under


def check_may_send(actor: Actor | None, feed: Feed, division_code: str) -> None:
    """Raises PermissionDenied with the reason."""
    check_may(actor, Right.SEND_FEEDS)
    if actor is None or actor.department != feed.department:
        raise PermissionDenied(f"“{feed.name}”由别的部门交，这个账号不能动它。")
    if not is_under(division_code, actor.division_code):
        raise PermissionDenied("这份名单的辖区不归这个账号管。")


def may_send(actor: Actor | None, feed: Feed, division_code: str) -> bool:
    with suppress(PermissionDenied):
        check_may_send(actor, feed, division_code)
        return True
    return False
