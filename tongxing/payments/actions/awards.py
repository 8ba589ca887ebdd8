"""Granting, changing, stopping and restoring awards; and what is owed for months gone by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.payments import months
from tongxing.payments.models import Award, Line, Payment, Rate, Run
from tongxing.payments.queries import of_file, rate_of
from tongxing.payments.refusal import Refused
from tongxing.registry.actions import end_receipt, note_receipt
from tongxing.registry.models import Person

SYSTEM = "系统"


def _label(by: Actor | None) -> str:
    return by.label[:80] if by else SYSTEM


def _check(by: Actor | None) -> None:
    """None is the night; an officer needs the right to work on cases. Who may decide is the case's to check."""
    if by is not None:
        check_may(by, Right.WORK_CASE)


def _check_living(person: Person) -> None:
    if person.death_date is not None:
        raise Refused("库里记着这个人已去世，不能发。记错了请先更正。")


def _check_payable(terms: Terms) -> None:
    if not terms.after_death:
        _check_living(terms.person)
    if terms.fen <= 0:
        raise Refused("金额是 0，不能批准发放。")


@dataclass(frozen=True)
class Terms:
    """What is granted: so many fen a month from `month` on, or once in it."""

    person: Person
    unit_id: int
    policy: str
    fen: int
    month: date
    case_number: str = ""
    after_death: bool = False  # what the family of one who died is owed


@transaction.atomic
def grant(*, by: Actor | None, terms: Terms) -> Award:
    """A monthly award. Raises Refused for a dead person, an amount of nothing, or a unit that has it already."""
    _check(by)
    _check_payable(terms)
    if _others(terms.person.pk, terms.unit_id, terms.policy, terms.month.replace(day=1)).exists():
        raise Refused("这一项已经在发，不能再批一份。要改金额，请走复核。")
    award = _new(by, terms)
    _rate(by, award, award.from_month, terms.fen, "批准")
    _note(by, award, terms, min(terms.month, timezone.localdate()))
    _owe_locked(by, award, award.from_month)
    return award


def _others(person: int, unit: int, policy: str, month: date) -> QuerySet[Award]:
    """Monthly awards of the unit, or of the person through another unit, that pay in this month or later.

    Two of them would owe the same payment twice, and no run could be built any more.
    """
    lasting = Q(until_month=None) | Q(until_month__gt=month) & ~Q(until_month=F("from_month"))
    return Award.objects.filter(Q(unit_id=unit) | Q(person=person), lasting, policy=policy, rates__isnull=False)


def _owe_locked(by: Actor | None, award: Award, from_month: date) -> None:
    """A run that is locked takes in nothing new: what it did not pay is owed with the next."""
    locked = Run.objects.exclude(state=Run.State.BUILT).filter(month__gte=from_month)
    for month in list(locked.order_by("month").values_list("month", flat=True)):
        owe_arrears(by=by, award=award, from_month=month, to_month=month)


def _new(by: Actor | None, terms: Terms) -> Award:
    return Award.objects.create(
        person=terms.person,
        unit_id=terms.unit_id,
        policy=terms.policy,
        case_number=terms.case_number,
        origin=Award.Origin.DECIDED,
        from_month=terms.month.replace(day=1),
        made_at=timezone.now(),
        by_label=_label(by),
    )


def _note(by: Actor | None, award: Award, terms: Terms, since: date) -> None:
    person = terms.person
    note_receipt(by=by, person=person, unit_id=terms.unit_id, policy=terms.policy, from_date=since)
    subject = f"person:{person.pk}"
    record(by=by, verb="pay.granted", subject=subject, award=award.pk, policy=terms.policy, fen=terms.fen)


@transaction.atomic
def grant_once(*, by: Actor | None, terms: Terms) -> Payment:
    """A single sum, paid with the next run. Raises Refused; once a month and policy at most."""
    _check(by)
    _check_payable(terms)
    month, kind = terms.month.replace(day=1), Payment.Kind.ONCE
    if Payment.objects.filter(of_file(terms.person.pk), policy=terms.policy, month=month, kind=kind).exists():
        raise Refused("这个月这一项已经批过一次，不能再发。")
    award = _new(by, terms)
    Award.objects.filter(pk=award.pk).update(until_month=months.after(month), stop_reason="一次性")
    _note(by, award, terms, timezone.localdate())
    return Payment.objects.create(
        award=award, person=terms.person, policy=terms.policy, month=month, kind=kind, amount_fen=terms.fen
    )


def _rate(by: Actor | None, award: Award, month: date, fen: int, reason: str) -> Rate:
    return Rate.objects.create(
        award=award,
        from_month=month,
        monthly_fen=fen,
        reason=reason[:80],
        by_label=_label(by),
        at=timezone.now(),
    )


@transaction.atomic
def change_rate(*, by: Actor | None, award: Award, from_month: date, monthly_fen: int, reason: str) -> Rate:
    """A new amount from a month on; 0 suspends. The old one stays in the record."""
    _check(by)
    if monthly_fen < 0:
        raise Refused("金额不能小于 0。")
    rate = _rate(by, award, from_month.replace(day=1), monthly_fen, reason)
    subject = f"person:{award.person_id}"
    record(
        by=by, verb="pay.rate_changed", subject=subject, award=award.pk, fen=monthly_fen, month=f"{from_month:%Y-%m}"
    )
    _owe_locked(by, award, rate.from_month)
    return rate


@transaction.atomic
def stop(*, by: Actor | None, award: Award, from_month: date, reason: str) -> Award:
    """Not paid from this month on. What is paid already stays paid. Stopping twice changes nothing."""
    _check(by)
    award = Award.objects.select_for_update().select_related("person").get(pk=award.pk)
    if award.until_month is not None:
        return award
    award.until_month, award.stop_reason = max(from_month.replace(day=1), award.from_month), reason[:80]
    award.save(update_fields=["until_month", "stop_reason"])
    end = min(award.until_month, timezone.localdate())
    end_receipt(by=by, person=award.person, unit_id=award.unit_id, policy=award.policy, until_date=end)
    record(by=by, verb="pay.stopped", subject=f"person:{award.person_id}", award=award.pk, reason=award.stop_reason)
    return award


@transaction.atomic
def take_back(*, by: Actor | None, award: Award) -> Award:
    """An award that was a mistake of the last minutes: as if it had not been. Raises Refused once a run has it."""
    _check(by)
    locked = Line.objects.filter(payment__award=award).exclude(run__state="built")
    if locked.exists():
        raise Refused("这笔已经进了锁定的发放批次，不能撤销。请走停发和复核。")
    Line.objects.filter(payment__award=award).delete()
    Payment.objects.filter(award=award).delete()
    return stop(by=by, award=award, from_month=award.from_month, reason="撤销")


@transaction.atomic
def restore(*, by: Actor | None, award: Award, reason: str) -> Award:
    """The stop was wrong: it goes on, and the months missed are owed. Raises Refused for a person who is dead."""
    _check(by)
    award = Award.objects.select_for_update().select_related("person").get(pk=award.pk)
    _check_living(award.person)
    if award.until_month is None:
        return award
    others = _others(award.person_id, award.unit_id, award.policy, award.until_month)
    if others.exclude(pk=award.pk).exists():
        raise Refused("这一项已经另外在发，不能再恢复。")
    missed_from, award.until_month, award.stop_reason = award.until_month, None, ""
    award.save(update_fields=["until_month", "stop_reason"])
    note_receipt(by=by, person=award.person, unit_id=award.unit_id, policy=award.policy, from_date=timezone.localdate())
    record(by=by, verb="pay.restored", subject=f"person:{award.person_id}", award=award.pk, reason=reason[:80])
    owe_arrears(by=by, award=award, from_month=missed_from, to_month=months.before(months.this_month()))
    _owe_locked(by, award, missed_from)
    return award


@transaction.atomic
def owe_arrears(*, by: Actor | None, award: Award, from_month: date, to_month: date) -> list[Payment]:
    """What is missing of each month up to the rate of that month. Months that have all they are owed get nothing, nor
    do months after a death."""
    _check(by)
    award = Award.objects.select_for_update(of=("self",)).select_related("person").get(pk=award.pk)
    made, died = [], award.person.death_date
    for month in months.between(from_month.replace(day=1), to_month.replace(day=1)):
        missing = rate_of(award, month) - _owed(award, month)
        if missing > 0 and (died is None or died >= month):
            made.append(_arrears(award, month, missing))
    if made:
        total = sum(payment.amount_fen for payment in made)
        record(by=by, verb="pay.arrears", subject=f"person:{award.person_id}", award=award.pk, fen=total)
    return made


def _owed(award: Award, month: date) -> int:
    """What stands as owed for this month already, from this or an earlier award of the same person and policy."""
    found = Payment.objects.filter(of_file(award.person_id), policy=award.policy, month=month)
    return int(found.exclude(kind=Payment.Kind.ONCE).aggregate(sum=Sum("amount_fen"))["sum"] or 0)


def _arrears(award: Award, month: date, fen: int) -> Payment:
    kinds = set(
        Payment.objects.filter(person=award.person_id, policy=award.policy, month=month).values_list("kind", flat=True)
    )
    free = [kind for kind in (Payment.Kind.ARREARS, Payment.Kind.CORRECTION) if kind not in kinds]
    if not free:
        raise Refused(f"{month:%Y-%m} 已经补过又更正过，不能再补。请人工核对后走一次性发放。")
    return Payment.objects.create(
        award=award, person_id=award.person_id, policy=award.policy, month=month, kind=free[0], amount_fen=fen
    )


@dataclass(frozen=True)
class Taken:
    """One row of a list that was paid before us."""

    person_id: int
    unit_id: int
    policy: str
    monthly_fen: int
    from_month: date


@transaction.atomic
def take_over(*, by: Actor | None, rows: Iterable[Taken]) -> int:
    """Awards for everybody on an earlier list; who has one already is passed over. How many were made."""
    _check(by)
    now, label = timezone.now(), _label(by)
    new = list(_not_taken(rows))
    awards = [
        Award(
            person_id=row.person_id,
            unit_id=row.unit_id,
            policy=row.policy,
            origin=Award.Origin.TAKEN_OVER,
            from_month=row.from_month.replace(day=1),
            made_at=now,
            by_label=label,
        )
        for row in new
    ]
    Award.objects.bulk_create(awards, batch_size=2000)
    rates = [
        Rate(
            award=award,
            from_month=award.from_month,
            monthly_fen=row.monthly_fen,
            reason="接过来的金额",
            by_label=label,
            at=now,
        )
        for award, row in zip(awards, new, strict=True)
    ]
    Rate.objects.bulk_create(rates, batch_size=2000)
    record(by=by, verb="pay.taken_over", count=len(awards))
    return len(awards)


def _not_taken(rows: Iterable[Taken]) -> Iterator[Taken]:
    """Each unit, and each person, once a policy."""
    open_ones = list(Award.objects.filter(until_month=None).values_list("unit_id", "person", "policy"))
    units = {(unit, policy) for unit, _, policy in open_ones}
    persons = {(person, policy) for _, person, policy in open_ones}
    for row in rows:
        unit, person = (row.unit_id, row.policy), (row.person_id, row.policy)
        if row.monthly_fen > 0 and unit not in units and person not in persons:
            units.add(unit)
            persons.add(person)
            yield row
