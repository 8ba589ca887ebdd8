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
from tongxing.payments.models import Award, Line, Payment
from tongxing.payments.months import this_month
from tongxing.portal.frame import look

MONTHS = 24
SAID = {"planned": "要发", "held": "先存着", "sent": "交银行了", "paid": "到账了", "returned": "银行退回了"}


@needs(Right.OWN_AFFAIRS)
def money(request: HttpRequest) -> HttpResponse:
    person = look(request)
    awards = [_award(award) for award in queries.awards_of(person)]
    return render(request, "portal/my/money.html", {"person": person, "awards": awards})


def _award(award: Award) -> dict[str, Any]:
    known = pack(settings.PACK).policies.get(award.policy)
    return {
        "name": known.name if known else award.policy,
        "award": award,
        "monthly_fen": queries.rate_of(award, max(this_month(), award.from_month)),
        "payments": [_payment(payment) for payment in queries.paid_months(award)[:MONTHS]],
    }


def _payment(payment: Payment) -> dict[str, Any]:
    newest: Line | None = max(payment.lines.all(), key=lambda line: line.pk, default=None)
    return {"payment": payment, "said": SAID[newest.state] if newest else "和下一批一起发", "at": payment.settled_at}
