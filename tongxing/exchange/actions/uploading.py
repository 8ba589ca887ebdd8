"""Upload: read, check, compare, work out the effects, keep all of it for a person to look at. The registry stays.

At once (`upload`), or in two steps: `receive` takes a large file in, `look_through` does the rest later.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.content.layout import Layout, lay_out, with_own_names
from tongxing.content.pack import Feed
from tongxing.exchange import queries
from tongxing.exchange.actions.preview import keep_preview
from tongxing.exchange.lines import Line, Refused
from tongxing.exchange.models import Batch
from tongxing.exchange.permission import check_may_send
from tongxing.exchange.plans import make_plan
from tongxing.exchange.reading import read_sheet
from tongxing.exchange.scope import feed_of, known_codes, places_in, scope_of
from tongxing.journal.actions import record
from tongxing.lib.dates import spoken_date
from tongxing.lib.files import Sheet, read_table
from tongxing.lib.progress import step
from tongxing.lib.text import one_line
from tongxing.organisation.models import Division
from tongxing.registry.keys import ring


def upload(
    *, by: Actor | None, feed: str, filename: str, content: bytes, as_of_date: date, division_code: str
) -> Batch:
    """A previewed batch, or a quarantined one if no line can be used.

    Raises PermissionDenied; BadFile for a file that is no such list; Refused for a wrong feed, day or area. Then
    nothing is stored.
    """
    declared, sheet = _accepted(by, feed, filename, content, as_of_date, division_code)
    layout, lines = read_sheet(declared, sheet, known_codes(), places_in(division_code))
    with transaction.atomic():
        batch = _sent(by, filename, content)
        batch.feed, batch.division_code, batch.as_of_date = feed, division_code, as_of_date
        batch.save()
        _keep(batch, layout, lines)
        record(by=by, verb="feed.uploaded", subject=f"batch:{batch.pk}", feed=feed, sha256=batch.sha256)
    return batch


def _accepted(
    by: Actor | None, feed: str, filename: str, content: bytes, as_of_date: date, division_code: str
) -> tuple[Feed, Sheet]:
    check_may(by, Right.SEND_FEEDS)
    declared = feed_of(feed)
    check_may_send(by, declared, division_code)
    _check_day(declared, division_code, as_of_date, timezone.localdate())
    return declared, _sheet(by, declared, content, filename)


def _sheet(by: Actor | None, feed: Feed, content: bytes, filename: str) -> Sheet:
    """The file with the columns that this department calls by another name under their own."""
    known = queries.headings_of(feed.id, by.department if by else None)
    return with_own_names(feed, read_table(content, filename), {each.title: each.field for each in known})


def _keep(batch: Batch, layout: Layout, lines: list[Line]) -> None:
    batch.header = list(layout.header)
    batch.content_sealed = None
    batch.save(update_fields=["header", "content_sealed"])
    scope = scope_of(batch, timezone.localdate())
    keep_preview(batch, make_plan(lines, layout, scope), scope)


@transaction.atomic
def receive(
    *, by: Actor | None, feed: str, filename: str, content: bytes, as_of_date: date, division_code: str
) -> Batch:
    """An uploaded batch with its file sealed, not looked through yet. Raises what `upload` raises but for rows."""
    declared, sheet = _accepted(by, feed, filename, content, as_of_date, division_code)
    lay_out(declared, sheet.header)
    batch = _sent(by, filename, content)
    batch.feed, batch.division_code, batch.as_of_date = feed, division_code, as_of_date
    batch.counts = {"rows": len(sheet.rows)}
    batch.save()
    batch.content_sealed = ring().seal(b64encode(content).decode(), place=_place(batch))
    batch.save(update_fields=["content_sealed"])
    record(by=by, verb="feed.received", subject=f"batch:{batch.pk}", feed=feed, sha256=batch.sha256)
    return batch


def look_through(*, by: Actor | None, batch: Batch) -> Batch:
    """What `receive` took in, looked through; then the file is gone. Raises what `upload` raises; Refused if the batch
    was given up meanwhile. Nothing is kept of a look that fails half-way."""
    declared = feed_of(batch.feed)
    check_may_send(by, declared, batch.division_code)
    _check_day(declared, batch.division_code, batch.as_of_date, timezone.localdate())
    with step("读文件"):
        sheet = _sheet(by, declared, b64decode(_content(batch)), batch.filename)
    layout, lines = read_sheet(declared, sheet, known_codes(), places_in(batch.division_code))
    with transaction.atomic(), step("和库里比，算出会影响谁"):
        if not Batch.objects.select_for_update().filter(pk=batch.pk, state=Batch.State.UPLOADED).exists():
            raise Refused("这一批已经看过，或者不要了。请刷新。")
        _keep(batch, layout, lines)
        record(by=by, verb="feed.uploaded", subject=f"batch:{batch.pk}", feed=batch.feed, sha256=batch.sha256)
    return batch


def _content(batch: Batch) -> str:
    if batch.content_sealed is None:
        raise Refused("这一批的文件已经没有了。请再传一次。")
    return ring().open(bytes(batch.content_sealed), place=_place(batch))


def _place(batch: Batch) -> str:
    return f"exchange.file.{batch.pk}"


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
