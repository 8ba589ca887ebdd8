"""What I was paid, month by month, and what became of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.accounts.access import needs
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.payments import queries
from tongxing.payments.models import Line, Payment
from tongxing.payments.months import this_month
from tongxing.portal.frame import look
from tongxing.registry.models import Person

MONTHS = 24
SAID = {"planned": "要发", "held": "先存着", "sent": "交银行了", "paid": "到账了", "returned": "银行退回了"}


@needs(Right.OWN_AFFAIRS)
def money(request: HttpRequest) -> HttpResponse:
    person = look(request)
    return render(request, "portal/my/money.html", {"person": person, "awards": awards_of(person)})


def awards_of(person: Person) -> list[dict[str, Any]]:
    """What runs, then what has ended."""
    every = [_award(paid) for paid in queries.paid_to(person, this_month())]
    return sorted(every, key=lambda each: each["is_over"])


def received_now(person: Person) -> list[dict[str, Any]]:
    return [each for each in awards_of(person) if not each["is_over"] and each["monthly_fen"]]


def _award(paid: queries.Paid) -> dict[str, Any]:
    known = pack(settings.PACK).policies.get(paid.award.policy)
    until = paid.award.until_month
    payments = [_payment(payment) for payment in paid.payments[:MONTHS]]
    return {
        "name": known.name if known else paid.award.policy,
        "award": paid.award,
        "is_over": until is not None and until <= this_month(),
        "monthly_fen": paid.monthly_fen,
        "payments": payments,
        "last": next(iter(payments), None),
    }


def _payment(payment: Payment) -> dict[str, Any]:
    newest: Line | None = max(payment.lines.all(), key=lambda line: line.pk, default=None)
    return {"payment": payment, "said": SAID[newest.state] if newest else "和下一批一起发", "at": payment.settled_at}
