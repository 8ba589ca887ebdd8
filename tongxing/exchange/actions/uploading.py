"""Upload: read, check, compare, work out the effects, keep all of it for a person to look at. The registry stays."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.content.pack import Feed
from tongxing.exchange import queries
from tongxing.exchange.actions.preview import keep_preview
from tongxing.exchange.lines import Refused
from tongxing.exchange.models import Batch
from tongxing.exchange.permission import check_may_send
from tongxing.exchange.plans import make_plan
from tongxing.exchange.reading import read_sheet
from tongxing.exchange.scope import feed_of, known_codes, places_in, scope_of
from tongxing.journal.actions import record
from tongxing.lib.dates import spoken_date
from tongxing.lib.files import read_table
from tongxing.lib.text import one_line
from tongxing.organisation.models import Division


def upload(
    *, by: Actor | None, feed: str, filename: str, content: bytes, as_of_date: date, division_code: str
) -> Batch:
    """A previewed batch, or a quarantined one if no line can be used.

    Raises PermissionDenied; BadFile for a file that is no such list; Refused for a wrong feed, day or area. Then
    nothing is stored.
    """
    check_may(by, Right.SEND_FEEDS)
    declared = feed_of(feed)
    check_may_send(by, declared, division_code)
    today = timezone.localdate()
    _check_day(declared, division_code, as_of_date, today)
    sheet = read_table(content, filename)
    layout, lines = read_sheet(declared, sheet, known_codes(), places_in(division_code))
    with transaction.atomic():
        batch = _sent(by, filename, content)
        batch.feed, batch.division_code, batch.as_of_date = feed, division_code, as_of_date
        batch.header = list(layout.header)
        batch.save()
        scope = scope_of(batch, today)
        keep_preview(batch, make_plan(lines, layout, scope), scope)
        record(by=by, verb="feed.uploaded", subject=f"batch:{batch.pk}", feed=feed, sha256=batch.sha256)
    return batch


def _check_day(feed: Feed, division_code: str, as_of_date: date, today: date) -> None:
    if not Division.objects.filter(code=division_code).exists():
        raise Refused("没有这个辖区代码。请写 12 位区划代码。")
    if as_of_date > today:
        raise Refused(f"名单截至 {spoken_date(as_of_date)}，这一天还没到。请核对日期。")
    newer = queries.newer_committed(feed.id, division_code, as_of_date) if feed.complete else None
    if newer:
        day = spoken_date(newer.as_of_date)
        raise Refused(f"已经有截至 {day}的名单（第 {newer.pk} 批），旧名单不能盖新名单。请核对日期，或先撤回那一批。")


def _sent(by: Actor | None, filename: str, content: bytes) -> Batch:
    return Batch(
        filename=one_line(filename.replace("\\", "/").rsplit("/", 1)[-1])[-200:],
        sha256=sha256(content).hexdigest(),
        size=len(content),
        by_user_id=by.user_id if by else None,
        by_label=by.label[:80] if by else "",
        uploaded_at=timezone.now(),
    )
