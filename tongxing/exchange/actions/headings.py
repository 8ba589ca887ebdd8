"""What a department calls the columns of a list, kept for its next list, and forgotten when it was wrong."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.exchange.lines import Refused
from tongxing.exchange.models import Heading
from tongxing.exchange.permission import check_may_send
from tongxing.exchange.scope import feed_of
from tongxing.journal.actions import record
from tongxing.lib.text import normalise

LONGEST = 80


@transaction.atomic
def remember(*, by: Actor, feed: str, said: Mapping[str, str]) -> list[Heading]:
    """`said` is field → title in the file. The newest word about a title counts. Raises PermissionDenied, Refused."""
    declared = feed_of(feed)
    check_may_send(by, declared, by.division_code)
    titles = {field: normalise(title)[:LONGEST] for field, title in said.items() if title.strip()}
    if unknown := set(titles) - {column.field for column in declared.columns}:
        raise Refused(f"这种名单没有 {'、'.join(sorted(unknown))} 这一列。请从列出的里面选。")
    if len(set(titles.values())) < len(titles):
        raise Refused("同一列只能当作一项。请给每一项选不同的列。")
    signed = {"by_label": by.label, "at": timezone.now()}
    kept = [
        Heading.objects.update_or_create(
            feed=feed, department=by.department or "", title=title, defaults={"field": field, **signed}
        )[0]
        for field, title in titles.items()
    ]
    if kept:
        record(by=by, verb="feed.headings", subject=f"feed:{feed}", fields=sorted(titles))
    return kept


@transaction.atomic
def forget(*, by: Actor, heading: Heading) -> None:
    """Raises PermissionDenied for a heading of another department."""
    check_may_send(by, feed_of(heading.feed), by.division_code)
    record(by=by, verb="feed.heading_forgotten", subject=f"feed:{heading.feed}", fields=[heading.field])
    heading.delete()
