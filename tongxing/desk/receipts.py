"""Did the money come? A lot drawn from what the bank says is paid, asked by phone or at the door."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, may, needs
from tongxing.accounts.rights import Right
from tongxing.desk import words
from tongxing.desk.pay import load
from tongxing.organisation import queries as divisions
from tongxing.payments import actions, queries
from tongxing.payments.models import ReceiptCheck
from tongxing.payments.refusal import Refused
from tongxing.registry.queries import shown_people

SIZES = (30, 100, 300)
PAGE = 50


@needs(Right.SEE_PAYMENTS)
def checks(request: HttpRequest, month: str) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    run, known = load(month), divisions.names()
    drawn = run.checks.filter(payment__person__village_code__startswith=actor.prefix).select_related("payment")
    page = Paginator(drawn.order_by("payment__person__village_code", "id"), PAGE).get_page(request.GET.get("page"))
    shown = shown_people(actor, [check.payment.person_id for check in page.object_list])
    rows = [
        {
            "check": check,
            "person": (person := shown.get(check.payment.person_id)),
            "village": divisions.path_name(person.village_code, known, actor.prefix) if person else "",
            "reach": words.reach(person)[0] if person else "",
        }
        for check in page.object_list
    ]
    context = {
        "run": run,
        "rows": rows,
        "page": page,
        "said": queries.said_received(run),
        "sizes": SIZES,
        "outcomes": ReceiptCheck.Outcome.choices,
        "may_draw": may(actor, Right.APPROVE_PAYMENTS) and not run.checks.exists(),
        "may_note": may(actor, Right.WORK_CASE),
    }
    return render(request, "desk/pay/checks.html", context)


@require_POST
@needs(Right.SEE_PAYMENTS, Right.APPROVE_PAYMENTS)
def draw(request: HttpRequest, month: str) -> HttpResponse:
    size = request.POST.get("size", "")
    try:
        actions.draw_checks(by=request.actor, run=load(month), size=int(size) if size.isdigit() else 0)  # type: ignore[attr-defined]
    except Refused as why:
        messages.error(request, str(why))
    return redirect("desk:pay-checks", month=month)


@require_POST
@needs(Right.SEE_PAYMENTS, Right.WORK_CASE)
def note(request: HttpRequest, month: str, check_id: int) -> HttpResponse:
    check = load(month).checks.filter(pk=check_id).first()
    if check is None:
        raise Http404("没有抽到这一笔。")
    try:
        actions.record_check(by=request.actor, check=check, outcome=request.POST.get("outcome", ""))  # type: ignore[attr-defined]
    except PermissionDenied:
        raise Http404("没有抽到这一笔。") from None
    except Refused as why:
        messages.error(request, str(why))
    return redirect("desk:pay-checks", month=month)
