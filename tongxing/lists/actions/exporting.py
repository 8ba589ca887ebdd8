"""A list leaves the system: asked for with a purpose, agreed to by somebody else, made, taken, and over after a week.

Up to a hundred rows, masked, go at once. Whatever goes is written down with who, what for and how many.
"""

from __future__ import annotations

import secrets
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.keys import ring
from tongxing.accounts.rights import Right
from tongxing.journal.actions import Note, record, record_many
from tongxing.lists import queries
from tongxing.lists.fingerprint import order
from tongxing.lists.models import Export, Taken
from tongxing.lists.refusal import Refused
from tongxing.lists.rows import OPENED, all_rows, key_of
from tongxing.lists.sheet import list_file
from tongxing.policy.models import Run
from tongxing.policy.queries import gaps
from tongxing.policy.queries.runs import folder_of

DAYS = 7
State = Export.State


@dataclass(frozen=True)
class Wish:
    """What is asked for. `opened`: columns in full, of OPENED."""

    run: Run
    filter: gaps.Filter
    title: str
    purpose: str
    opened: tuple[str, ...] = ()


@transaction.atomic
def ask(*, by: Actor | None, wish: Wish) -> Export:
    """Ready to be made, or waiting for another person. The same asked for again while it waits is the one that waits.

    Raises PermissionDenied; Refused without a purpose or for an empty list.
    """
    actor, purpose = _check_wish(by, wish), wish.purpose.strip()[:200]
    if len(purpose) < 4:
        raise Refused("请写清楚做什么用，至少四个字。")
    count = gaps.page(actor, wish.run, wish.filter, 1, 1).total
    if not count:
        raise Refused("这张名单是空的，没有可下载的。")
    said = {"run": wish.run, "filter": asdict(wish.filter), "opened": ",".join(wish.opened), "title": wish.title[:120]}
    waiting = Export.objects.filter(by_user_id=actor.user_id, state=State.WAITING, purpose=purpose)
    for known in waiting.filter(run=wish.run, opened=said["opened"], expires_at__gt=timezone.now()):
        if filter_of(known) == wish.filter:
            return known
    now = timezone.now()
    waits = bool(queries.needs_approval(actor, count, wish.opened, now))
    made = Export.objects.create(
        **said,
        purpose=purpose,
        count=count,
        state=State.WAITING if waits else State.MAKING,
        department=actor.department or "",
        division_code=actor.division_code,
        by_user_id=actor.user_id,
        by_label=actor.label,
        asked_at=now,
        expires_at=now + timedelta(days=DAYS),
        secret=secrets.token_bytes(16),
    )
    record(by=actor, verb="lists.asked", subject=_subject(made), rows=count, opened=list(wish.opened), waits=waits)
    return made


def _check_wish(by: Actor | None, wish: Wish) -> Actor:
    check_may(by, Right.EXPORT_LISTS)
    assert by is not None
    if wish.opened:
        check_may(by, Right.UNMASK)
    if not wish.filter.prefix.startswith(by.prefix) or not set(wish.opened) <= OPENED.keys():
        raise PermissionDenied("这张名单不在您的辖区里。")
    return by


def _subject(export: Export) -> str:
    return f"export:{export.pk}"


def filter_of(export: Export) -> gaps.Filter:
    policies = export.filter.get("policies")
    return gaps.Filter(**export.filter | {"policies": None if policies is None else tuple(policies)})


@transaction.atomic
def decide(*, by: Actor | None, export: Export, is_granted: bool, words: str = "") -> Export:
    """Another person of the same department says yes or no. Once decided it stays so.

    Raises PermissionDenied for the asker and for strangers; Refused for a no without a reason, or too late.
    """
    check_may(by, Right.EXPORT_LISTS)
    assert by is not None
    export = Export.objects.select_for_update().get(pk=export.pk)
    if export.by_user_id == by.user_id:
        raise PermissionDenied("自己要的名单，要由别人来批。")
    if not queries.in_reach(by).filter(pk=export.pk).exists():
        raise PermissionDenied("这份名单不归您批。")
    if export.columns:
        check_may(by, Right.UNMASK)
    now = timezone.now()
    if export.is_over(now):
        raise Refused("过了七天，这份名单作废了。请要的人重新提。")
    if export.state != State.WAITING:
        raise Refused(f"这份名单已经是“{export.get_state_display()}”，{export.decided_by_label or '不用再'}批过。")
    if not is_granted and not words.strip():
        raise Refused("不批准，请写一句为什么。")
    export.state = State.MAKING if is_granted else State.REFUSED
    export.decided_by_id, export.decided_by_label = by.user_id, by.label
    export.decided_at, export.decided_words = now, words.strip()[:200]
    export.expires_at = now + timedelta(days=DAYS)
    export.save()
    record(by=by, verb="lists.decided", subject=_subject(export), granted=is_granted, rows=export.count)
    return export


@transaction.atomic
def make(*, export: Export) -> Export:
    """The file, with what its asker may see today; a file that is there stays as it is. Raises Refused."""
    export = Export.objects.select_for_update().select_related("run").get(pk=export.pk)
    if export.state != State.MAKING:
        return export
    actor = queries.asker_of(export)
    if actor is None:
        raise Refused(f"{export.by_label}已经不在这个岗位，文件没有做。")
    _check_wish(actor, Wish(export.run, wanted := filter_of(export), "", "", tuple(export.columns)))
    if not folder_of(export.run).is_dir():
        raise Refused("这份名单用的数据已经清掉了。请在名单页重新提。")
    rows = list(all_rows(actor, export.run, wanted, export.count, export.columns))
    places = order([key_of(row["name"], row["village"]) for row in rows], bytes(export.secret))
    content = list_file(
        [rows[place] for place in places],
        title=f"{export.title}　数据截到 {export.run.as_of_date.isoformat()}",
        mark=_mark(export),
        purpose=export.purpose,
        opened=export.columns,
    )
    export.digest, export.state = sha256(content).hexdigest(), State.READY
    export.sealed = ring().seal(b64encode(content).decode(), place=_place(export))
    export.save()
    shown = sorted({row["person"].pk for row in rows if row["person"]}) if export.columns else []
    notes = [Note("lists.unmasked", f"person:{pk}", {"export": export.pk, "fields": export.columns}) for pk in shown]
    record_many(by=actor, notes=[Note("lists.made", _subject(export), {"digest": export.digest}), *notes])
    return export


def _mark(export: Export) -> str:
    when = timezone.localtime(export.asked_at)
    return f"{export.by_label}　{when:%Y-%m-%d %H:%M}　第 {export.pk} 号　只用于办事，用完删除，不转给别人"


def _place(export: Export) -> str:
    return f"lists.export.sealed.{export.pk}"


@transaction.atomic
def take(*, by: Actor | None, export: Export) -> bytes:
    """The file for the one who asked for it; each time is counted. Raises PermissionDenied, Refused."""
    check_may(by, Right.EXPORT_LISTS)
    assert by is not None
    export = Export.objects.get(pk=export.pk)
    if export.by_user_id != by.user_id:
        raise PermissionDenied("这份文件只给要它的人。")
    if export.by_label != by.label:
        raise Refused(f"要这份名单时，您的岗位是“{export.by_label}”。请换到那个岗位再下载。")
    now = timezone.now()
    if export.is_over(now):
        raise Refused("过了七天，文件已经删掉。还要用，请重新提。")
    if export.state != State.READY or export.sealed is None:
        raise Refused(f"这份名单现在是“{export.get_state_display()}”，还不能下载。")
    Taken.objects.create(
        export=export,
        by_user_id=by.user_id,
        by_label=by.label,
        date=timezone.localtime(now).date(),
        at=now,
        count=export.count,
    )
    record(by=by, verb="lists.taken", subject=_subject(export), rows=export.count, digest=export.digest)
    return b64decode(ring().open(bytes(export.sealed), place=_place(export)))


def expire(*, now: datetime) -> int:
    """Files past their week are gone; who took them stays known. How many ended."""
    return queries.past_their_week(now).update(state=State.OVER, sealed=None)
