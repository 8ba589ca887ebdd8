"""A filter under a name, one's own or shared with the same post; and how many it found each night (D12)."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, actor_as, check_may
from tongxing.journal.actions import record
from tongxing.lists import queries
from tongxing.lists.filters import RIGHTS, counts, parse
from tongxing.lists.models import DayCount, SavedFilter
from tongxing.lists.refusal import Refused
from tongxing.policy.models import Run

MOST = 12
Page = SavedFilter.Page


@transaction.atomic
def keep(*, by: Actor | None, page: str, name: str, query: str, is_shared: bool = False) -> SavedFilter:
    """The filter under this name; the same name again holds the new filter. Raises PermissionDenied, Refused."""
    if page not in Page.values:
        raise Refused("这一页存不了条件。")
    check_may(by, RIGHTS[Page(page)])
    assert by is not None
    plain = urlencode([(key, value) for key, value in parse_qsl(query) if key != "page"])
    if not name.strip() or len(plain) > 300:
        raise Refused("请给这个条件起个名字，例如：石湾没领过的。")
    try:
        parse(by, page, plain)
    except ValueError as why:
        raise Refused(str(why)) from why
    if is_shared and page == Page.CASES and dict(parse_qsl(plain)).get("part") == "mine":
        raise Refused("“我在办”人人不同，只能自己用。")
    where: dict[str, Any] = {"by_user_id": by.user_id, "role": by.role, "division_code": by.division_code, "page": page}
    if SavedFilter.objects.filter(by_user_id=by.user_id).exclude(name=name.strip()[:40]).count() >= MOST:
        raise Refused(f"最多存 {MOST} 个。请先删掉不用的。")
    said: dict[str, Any] = {"query": plain, "is_shared": is_shared, "by_label": by.label, "made_at": timezone.now()}
    saved, _ = SavedFilter.objects.update_or_create(**where, name=name.strip()[:40], defaults=said)
    saved.counts.all().delete()  # what another filter found says nothing of this one
    record(by=by, verb="lists.kept", subject=f"saved:{saved.pk}", page=page, shared=is_shared)
    return saved


@transaction.atomic
def drop(*, by: Actor | None, saved: SavedFilter) -> None:
    """Only one's own. Raises PermissionDenied."""
    if by is None or saved.by_user_id != by.user_id:
        raise PermissionDenied("别人存的条件，要由本人来删。")
    record(by=by, verb="lists.dropped", subject=f"saved:{saved.pk}")
    saved.delete()


@transaction.atomic
def count_night(*, run: Run) -> int:
    """What each saved filter finds on the day of this run, each once; how many were counted."""
    waiting = list(queries.not_counted(run))
    made = []
    for (user_id, label), own in groupby(waiting, key=lambda saved: (saved.by_user_id, saved.by_label)):
        mine = list(own)
        actor = actor_as(user_id, label, timezone.localdate())
        found = counts(actor, run, mine) if actor else {}
        made += [DayCount(saved=saved, date=run.as_of_date, count=found.get(saved.pk)) for saved in mine]
    DayCount.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)
