"""What a month owes, from awards and rates as they stand; and what is still open from months before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q, Sum
from django.db.models.functions import Coalesce

from tongxing.payments.models import Award, Line, Payment, Rate
from tongxing.payments.queries import rates_on

LIVING = (Line.State.PLANNED, Line.State.SENT, Line.State.PAID)


@dataclass
class Draft:
    """What the month owes: regular payments made now, and everything older that has no living attempt."""

    month: date
    regular: list[Payment] = field(default_factory=list)
    left: list[Payment] = field(default_factory=list)
    rates: dict[int, Rate] = field(default_factory=dict)
    gone: dict[int, str] = field(default_factory=dict)  # award → why it is not paid


def draft_of(month: date) -> Draft:
    draft = Draft(month, rates=rates_on(month))
    already = _already(month)
    for award in _awards(month):
        rate = draft.rates.get(award.pk)
        owed = rate.monthly_fen if rate else 0
        person = award.person
        if person.death_date is not None and person.death_date < month:
            draft.gone[award.pk] = "已去世"
        elif owed <= 0:
            draft.gone[award.pk] = rate.reason if rate else "没有金额"
        elif (left := owed - already.get((person.pk, award.policy), 0)) > 0:
            kind = Payment.Kind.REGULAR
            payment = Payment(award=award, person=person, policy=award.policy, month=month, kind=kind, amount_fen=left)
            draft.regular.append(payment)
    draft.left = list(_unpaid())
    return draft


def _awards(month: date) -> Iterable[Award]:
    open_then = Q(until_month=None) | Q(until_month__gt=month)
    found = Award.objects.filter(open_then, from_month__lte=month).exclude(stop_reason="一次性")
    return found.select_related("person").order_by("person__village_code", "person_id", "policy", "pk")


def _already(month: date) -> dict[tuple[int, str], int]:
    """What of the month is owed already, as arrears or by an attempt of another run."""
    found = Payment.objects.filter(month=month).exclude(kind=Payment.Kind.ONCE)
    whose = found.annotate(file=Coalesce("person__merged_into", "person"))
    rows = whose.order_by().values("file", "policy").annotate(fen=Sum("amount_fen"))
    return {(row["file"], row["policy"]): row["fen"] for row in rows}


def _unpaid() -> Iterator[Payment]:
    """Payments of whatever month without a living attempt: arrears, single sums, held and returned ones."""
    living = Line.objects.filter(payment=OuterRef("pk"), state__in=LIVING)
    found = Payment.objects.filter(~Exists(living), settled_at=None)
    yield from found.select_related("person__merged_into", "award").order_by("pk")
