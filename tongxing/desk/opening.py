"""Opening cases: one click for a whole list, with a preview and a way back; or an application for one person."""

from __future__ import annotations

import secrets
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, needs
from tongxing.accounts.rights import Right
from tongxing.casework import catalogue, clocks
from tongxing.casework.actions import open_case
from tongxing.casework.models import Batch
from tongxing.casework.refusal import Refused
from tongxing.content.instance import pack
from tongxing.desk import gaps
from tongxing.desk.people import load
from tongxing.journal.actions import OtherContent, once
from tongxing.organisation import queries as divisions
from tongxing.proposals import actions, queries
from tongxing.proposals.actions.opening import WORDS, may_grant, plan


@needs(Right.SEE_LISTS, Right.OPEN_CASE)
def preview(request: HttpRequest) -> HttpResponse:
    """What one click on this list would do: how many cases, in whose hands first, and who is left out and why."""
    wanted = gaps.asked(request)
    context: dict[str, Any] = {"query": request.GET.urlencode(), "back": gaps.link(wanted) + "#list", "run": wanted.run}
    try:
        planned = plan(wanted.actor, wanted.run, wanted.filter)
    except Refused as why:
        return render(request, "desk/cases/open.html", context | {"refused": str(why)}, status=422)
    step = planned.service.steps[0]
    context |= {
        "count": len(planned.rows),
        "service": planned.service,
        "place": divisions.names().get(wanted.division, ""),
        "first": f"{pack_role(step.role)}，{step.working_days} 个工作日",
        "skipped": [(WORDS[why], count) for why, count in planned.skipped.items()],
        "examples": planned.rows[:5],
        "monthly_fen": sum(row.monthly_fen for row in planned.rows),
        "grants": may_grant(wanted.actor, planned.service),
        "once": secrets.token_hex(12),
    }
    return render(request, "desk/cases/open.html", context)


def pack_role(role: str) -> str:
    return str(pack(settings.PACK).roles[role].name)


@require_POST
@needs(Right.SEE_LISTS, Right.OPEN_CASE)
def open_all(request: HttpRequest) -> HttpResponse:
    """Opens them. Pressed twice, the same batch comes back."""
    wanted = gaps.asked(request)

    def work() -> str:
        return str(actions.open_from_gaps(by=wanted.actor, run=wanted.run, wanted=wanted.filter).pk)

    try:
        key = request.POST.get("once") or secrets.token_hex(12)
        made = once(key=key, content={"list": request.GET.urlencode()}, work=work)
    except (Refused, OtherContent) as why:
        context = {"back": gaps.link(wanted) + "#list", "run": wanted.run, "refused": str(why)}
        return render(request, "desk/cases/open.html", context, status=422)
    return redirect("desk:case-batch", batch_id=int(made))


def _batch(request: HttpRequest, batch_id: int) -> Batch:
    found = queries.batch_for(request.actor, batch_id)  # type: ignore[attr-defined]
    if found is None:
        raise Http404("没有这一批。")
    return found


@needs(Right.OPEN_CASE)
def batch(request: HttpRequest, batch_id: int) -> HttpResponse:
    found = _batch(request, batch_id)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    mine = found.undone_at is None and found.by_user_id == actor.user_id and clocks.may_undo(found.at)
    context = {
        "batch": found,
        "service": catalogue.by_policy().get(found.policy),
        "skipped": [(WORDS[why], count) for why, count in found.skipped.items()],
        "states": queries.batch_states(found),
        "may_undo": mine,
        "until": timezone.localtime(found.at + clocks.UNDO),
    }
    return render(request, "desk/cases/batch.html", context)


@require_POST
@needs(Right.OPEN_CASE)
def undo(request: HttpRequest, batch_id: int) -> HttpResponse:
    found = _batch(request, batch_id)
    try:
        actions.undo_batch(by=request.actor, batch=found)  # type: ignore[attr-defined]
        messages.success(request, "整批撤销了，没有人会收到通知。")
    except Refused as why:
        messages.error(request, str(why))
    return redirect("desk:case-batch", batch_id=batch_id)


@require_POST
@needs(Right.SEE_PERSON, Right.OPEN_CASE)
def apply(request: HttpRequest, person_id: int) -> HttpResponse:
    """An application taken down for one person; asked twice, the open case comes back."""
    person = load(request, person_id)
    try:
        case = open_case(by=request.actor, person=person, service=request.POST.get("service", ""))  # type: ignore[attr-defined]
    except (Refused, PermissionDenied) as why:
        messages.error(request, str(why))
        return redirect("desk:person", person_id=person_id)
    return redirect("desk:case", number=case.number)
