"""Which exports somebody may see and decide, what was taken a day, and whose a found sheet is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone

from tongxing.accounts.access import Actor, actor_as, may
from tongxing.accounts.rights import Right
from tongxing.lists.filters import counts
from tongxing.lists.fingerprint import Match, whose
from tongxing.lists.models import DayCount, Export, SavedFilter, Taken
from tongxing.policy.models import Run
from tongxing.registry.queries import within

AT_ONCE = 100  # rows that go without another person
AT_ONCE_A_DAY = 300  # and so many of them a day, so that nobody takes a long list in pieces
SHOWN = 24  # saved filters that one morning page shows
ABOVE_ALL = "federation"  # answers for lists of those who belong to no department, a township's or a village's


def exports_for(actor: Actor) -> QuerySet[Export]:
    """One's own, and those that one could approve; never the file itself."""
    return Export.objects.filter(Q(by_user_id=actor.user_id) | _reach(actor)).defer("sealed", "secret")


def _reach(actor: Actor) -> Q:
    """Asked for in my area by my own department."""
    if not may(actor, Right.EXPORT_LISTS):
        return Q(pk=None)
    departments = [actor.department or ""] + ([""] if actor.department == ABOVE_ALL else [])
    return Q(department__in=departments) & within(actor.prefix, "division_code")


def in_reach(actor: Actor) -> QuerySet[Export]:
    """Of my department in my area, my own included."""
    return Export.objects.filter(_reach(actor)).defer("sealed", "secret")


def to_approve(actor: Actor, now: datetime) -> QuerySet[Export]:
    """What waits for somebody else than the one who asked."""
    waiting = in_reach(actor).filter(state=Export.State.WAITING, expires_at__gt=now)
    return waiting.exclude(by_user_id=actor.user_id).order_by("asked_at")


def export_for(actor: Actor, export_id: int) -> Export | None:
    return exports_for(actor).filter(pk=export_id).first()


def past_their_week(now: datetime) -> QuerySet[Export]:
    """Files that should be gone."""
    return Export.objects.filter(expires_at__lte=now).exclude(state__in=[Export.State.OVER, Export.State.REFUSED])


def needs_approval(actor: Actor, count: int, opened: Sequence[str], now: datetime) -> str:
    """Why another person must agree; '' if it goes at once."""
    if opened:
        return "有完整的号码"
    if count > AT_ONCE:
        return f"超过 {AT_ONCE} 行"
    if taken_at_once(actor, now) + count > AT_ONCE_A_DAY:
        return f"今天不用批的已经到 {AT_ONCE_A_DAY} 行"
    return ""


def taken_at_once(actor: Actor, now: datetime) -> int:
    """Rows that this person has asked for today without anybody's approval."""
    begin = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    mine = Export.objects.filter(by_user_id=actor.user_id, asked_at__gte=begin, decided_by_id=None)
    ready = mine.exclude(state__in=[Export.State.WAITING, Export.State.REFUSED])
    return int(ready.aggregate(sum=Sum("count"))["sum"] or 0)


def asker_of(export: Export) -> Actor | None:
    """Who asked, in the same post with the rights of today; None for somebody who has left it."""
    return actor_as(export.by_user_id, export.by_label, timezone.localdate())


@dataclass(frozen=True)
class DayTotal:
    """What one person took on one day."""

    date: date
    by_label: str
    files: int
    rows: int


def day_totals(actor: Actor, today: date, days: int = 30) -> list[DayTotal]:
    """Per person and day in my area, the newest first. One query."""
    found = Taken.objects.filter(export__in=in_reach(actor).values("pk"), date__gt=today - timedelta(days=days))
    grouped = found.values("date", "by_label").annotate(files=Count("pk"), rows=Sum("count"))
    return [DayTotal(**row) for row in grouped.order_by("-date", "-rows", "by_label")[:200]]


def file_of_rows(keys: Sequence[str]) -> tuple[Export, Match] | None:
    """The export whose order of rows fits a found sheet best; None where no order can be told."""
    secrets = {pk: bytes(secret) for pk, secret in Export.objects.exclude(digest="").values_list("pk", "secret")}
    match = whose(keys, secrets)
    return (Export.objects.defer("sealed", "secret").get(pk=match.number), match) if match else None


def saved_for(actor: Actor) -> QuerySet[SavedFilter]:
    """One's own in this post, and those that the same post in the same place shares."""
    here = SavedFilter.objects.filter(role=actor.role, division_code=actor.division_code)
    return here.filter(Q(by_user_id=actor.user_id) | Q(is_shared=True))


@dataclass(frozen=True)
class Watched:
    """A saved filter with what it finds now and how that stands to the last earlier night; None: not known."""

    saved: SavedFilter
    count: int | None
    change: int | None

    @property
    def fewer(self) -> int | None:
        return None if self.change is None else -self.change


def watched(actor: Actor, run: Run | None, today: date) -> list[Watched]:
    """Each with its count. Two queries and one question for each kind of page, however many there are."""
    saved = list(saved_for(actor)[:SHOWN])
    now = counts(actor, run, saved)
    before: dict[int, int | None] = {}
    for row in DayCount.objects.filter(saved__in=saved, date__lt=today).order_by("date"):
        before[row.saved_id] = row.count
    return [_watched(one, now.get(one.pk), before.get(one.pk)) for one in saved]


def _watched(saved: SavedFilter, now: int | None, before: int | None) -> Watched:
    return Watched(saved, now, None if now is None or before is None else now - before)


def not_counted(run: Run) -> QuerySet[SavedFilter]:
    """What the night of this run has not counted yet, by owner."""
    return SavedFilter.objects.exclude(counts__date=run.as_of_date).order_by("by_user_id", "by_label", "pk")
