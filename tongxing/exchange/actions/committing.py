"""What was previewed is done, given up, or taken back: whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.content.layout import lay_out
from tongxing.exchange import queries
from tongxing.exchange.actions.records import keep_changes, one_at_a_time, put_back, write_records
from tongxing.exchange.lines import Refused
from tongxing.exchange.models import Batch
from tongxing.exchange.permission import check_may_send
from tongxing.exchange.plans import Plan, make_plan
from tongxing.exchange.reading import read_lines
from tongxing.exchange.scope import feed_of, known_codes, places_in, scope_of
from tongxing.journal.actions import record
from tongxing.lib.progress import step


@transaction.atomic
def commit(*, by: Actor | None, batch: Batch, skip_bad: bool) -> Batch:
    """The good lines go into the registry; bad ones stay behind with their reasons.

    Raises PermissionDenied; Refused if there are bad lines and `skip_bad` is False, if the batch is not waiting for
    this, or if the registry changed so that the preview no longer holds.
    """
    check_may_send(by, feed_of(batch.feed), batch.division_code)
    one_at_a_time(batch.feed)
    if batch.counts["bad"] and not skip_bad:
        raise Refused(f"还有 {batch.counts['bad']} 行有错。请改好再传，或选择只入库没有错的行。")
    _claim(batch, [Batch.State.PREVIEWED], state=Batch.State.COMMITTED, committed_at=timezone.now())
    with step("再核对一遍"):
        plan = _plan_again(batch)
    with step("入库"):
        write_records(plan)
    changed = keep_changes(plan, batch)
    counts = {name: plan.actions[name] for name in ("start", "stop", "change", "bad", "held")}
    record(by=by, verb="feed.committed", subject=f"batch:{batch.pk}", feed=batch.feed, records=changed, **counts)
    return batch


def _claim(batch: Batch, states: Sequence[str], **fields: Any) -> None:
    """Moves the batch on, exactly once: of two who try, one is refused."""
    claimed = Batch.objects.filter(pk=batch.pk, state__in=states).update(**fields)
    batch.refresh_from_db()
    if claimed != 1:
        raise Refused(f"这一批现在是“{batch.get_state_display()}”，这一步做不了。")


def _plan_again(batch: Batch) -> Plan:
    """From the kept cells. Raises Refused if it is not the plan that was shown."""
    scope = scope_of(batch, timezone.localdate())
    if scope.feed.complete and queries.newer_committed(batch.feed, batch.division_code, batch.as_of_date):
        raise Refused("预览之后，有一份更新的名单入了库，这一份不能再盖上去。")
    layout = lay_out(scope.feed, batch.header)
    lines = read_lines(layout, queries.kept_cells(batch), known_codes(), places_in(batch.division_code))
    plan = make_plan(lines, layout, scope)
    if plan.fingerprint != queries.shown_fingerprint(batch):
        raise Refused("预览之后，库里的情况变了，和当时看到的不一样。请把文件再传一次，看过新的预览再入库。")
    return plan


@transaction.atomic
def roll_back(*, by: Actor | None, batch: Batch, reason: str) -> Batch:
    """Every record is again what it was before the commit.

    Raises PermissionDenied; Refused without a reason, if a later batch of the same feed and area was committed, or if
    one of the records was changed since.
    """
    check_may_send(by, feed_of(batch.feed), batch.division_code)
    one_at_a_time(batch.feed)
    if not reason.strip():
        raise Refused("请写明为什么撤回。")
    later = queries.later_committed(batch)
    if later:
        raise Refused(f"后来又入库了第 {later.pk} 批同样的名单，不能只撤回这一批。请先撤回第 {later.pk} 批。")
    now, words = timezone.now(), reason.strip()[:200]
    _claim(batch, [Batch.State.COMMITTED], state=Batch.State.ROLLED_BACK, rolled_back_at=now, reason=words)
    restored = put_back(batch)
    record(by=by, verb="feed.rolled_back", subject=f"batch:{batch.pk}", feed=batch.feed, records=restored)
    return batch


@transaction.atomic
def discard(*, by: Actor | None, batch: Batch) -> Batch:
    """Gives up a batch that is not committed; what people's rows said is forgotten, how many there were is not."""
    check_may_send(by, feed_of(batch.feed), batch.division_code)
    open_states = [Batch.State.UPLOADED, Batch.State.PREVIEWED, Batch.State.QUARANTINED]
    _claim(batch, open_states, state=Batch.State.DISCARDED, discarded_at=timezone.now(), content_sealed=None)
    batch.rows.all().delete()
    batch.effects.all().delete()
    record(by=by, verb="feed.discarded", subject=f"batch:{batch.pk}", feed=batch.feed)
    return batch
