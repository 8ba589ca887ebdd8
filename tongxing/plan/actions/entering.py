"""Statistics and targets: one person enters with the source, another confirms or refuses."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.content.plan import plan
from tongxing.journal.actions import record
from tongxing.plan.models import Statistic, Target
from tongxing.plan.refusal import Refused

Number = TypeVar("Number", Statistic, Target)
YEARS = range(2000, 2100)
LARGEST = Decimal(10) ** 11


@transaction.atomic
def enter_statistic(*, series: str, year: int, value: Decimal, source: str, by: Actor) -> Statistic:
    """A number of a series, to be confirmed. Raises Refused for an unknown series, an impossible year or no source."""
    check_may(by, Right.KEEP_TARGETS)
    if series not in plan(settings.PACK).series:
        raise Refused(f"没有统计数 {series}。请从列表里选一个。")
    _check(year, value, source)
    same = Statistic.objects.filter(series=series, **_same(year, value, source)).first()
    made = same or Statistic.objects.create(series=series, **_fields(year, value, source, by))
    return made if same else _recorded(made, f"series:{series}", by)


@transaction.atomic
def enter_target(*, indicator: str, year: int, value: Decimal, source: str, by: Actor) -> Target:
    """What an indicator should reach by the end of `year`, to be confirmed. Raises Refused."""
    check_may(by, Right.KEEP_TARGETS)
    if indicator not in plan(settings.PACK).indicators:
        raise Refused(f"没有指标 {indicator}。请从列表里选一个。")
    _check(year, value, source)
    same = Target.objects.filter(indicator=indicator, **_same(year, value, source)).first()
    made = same or Target.objects.create(indicator=indicator, **_fields(year, value, source, by))
    return made if same else _recorded(made, f"indicator:{indicator}", by)


def _check(year: int, value: Decimal, source: str) -> None:
    if year not in YEARS:
        raise Refused(f"年份 {year} 不对，请写四位数，例如 2025。")
    if not value.is_finite() or abs(value) > LARGEST:
        raise Refused("数太大或不是数，请核对以后再录。")
    if not source.strip():
        raise Refused("请写出处：哪份文件、哪一页。没有出处的数不能用。")


def _same(year: int, value: Decimal, source: str) -> dict[str, object]:
    """Pressed twice is entered once."""
    return {"year": year, "value": value, "source": source.strip(), "confirmed_at": None, "withdrawn_at": None}


def _fields(year: int, value: Decimal, source: str, by: Actor) -> dict[str, object]:
    said = {"year": year, "value": value, "source": source.strip()}
    return said | {"entered_by_id": by.user_id, "entered_label": by.label}


def _subject(number: Number) -> str:
    return number.key.replace("-", ":", 1)


def _recorded(made: Number, subject: str, by: Actor) -> Number:
    record(by=by, verb="plan.entered", subject=subject, year=made.year, value=str(made.value), source=made.source)
    return made


@transaction.atomic
def confirm(*, entered: Number, by: Actor) -> Number:
    """The second person's yes; from now on the number counts, and the one it replaces no longer.

    Raises Refused for the person who entered it, and for a number that was refused or replaced meanwhile.
    """
    check_may(by, Right.KEEP_TARGETS)
    now = _locked(entered)
    if now.entered_by_id == by.user_id:
        raise Refused("录入的人不能自己核对，请另一位同事核对。")
    if now.withdrawn_at is not None:
        raise Refused("这个数已经作废了，请重新录入。")
    if now.confirmed_at is not None:
        return now
    _others_of(now).filter(confirmed_at__isnull=False, withdrawn_at=None).update(withdrawn_at=timezone.now())
    now.confirmed_by_id, now.confirmed_label, now.confirmed_at = by.user_id, by.label, timezone.now()
    now.save(update_fields=["confirmed_by", "confirmed_label", "confirmed_at"])
    record(by=by, verb="plan.confirmed", subject=_subject(now), value=str(now.value))
    return now


@transaction.atomic
def refuse(*, entered: Number, words: str, by: Actor) -> Number:
    """The second person's no, or the first one's second thought. A confirmed number stays. Raises Refused."""
    check_may(by, Right.KEEP_TARGETS)
    now = _locked(entered)
    if now.confirmed_at is not None:
        raise Refused("已经核对过的数不能退回；录一个新的，核对后会替换它。")
    if not words.strip():
        raise Refused("请写为什么退回。")
    if now.withdrawn_at is None:
        now.withdrawn_at = timezone.now()
        now.save(update_fields=["withdrawn_at"])
        record(by=by, verb="plan.refused", subject=_subject(now), words=words.strip())
    return now


def _locked(entered: Number) -> Number:
    return type(entered).objects.select_for_update().get(pk=entered.pk)


def _others_of(entered: Number) -> QuerySet[Any]:
    """The numbers of the same series or indicator and year."""
    whose = {"series": entered.series} if isinstance(entered, Statistic) else {"indicator": entered.indicator}
    return type(entered).objects.filter(year=entered.year, **whose).exclude(pk=entered.pk)
