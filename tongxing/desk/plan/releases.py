"""Releases on the desk: one person makes, another looks at what is new and hidden, and lets it out."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tongxing.accounts.access import Actor, fresh, needs
from tongxing.accounts.rights import Right
from tongxing.content.plan import plan
from tongxing.plan.queries.counts import newest_count
from tongxing.plan.words import number_words
from tongxing.releases import actions
from tongxing.releases.models import Publication
from tongxing.releases.queries.published import releases as out
from tongxing.releases.queries.published import rows_of, waiting_release
from tongxing.releases.refusal import Refused


@needs(Right.PUBLISH_FIGURES)
def releases(request: HttpRequest) -> HttpResponse:
    """What waits with its figures beside those that are out, and every release before."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    waiting, past = waiting_release(), out()
    context = {
        "waiting": waiting,
        "is_mine": waiting is not None and waiting.made_by_id == actor.user_id,
        "tables": _compared(waiting) if waiting else [],
        "hidden": _hidden(waiting) if waiting else 0,
        "releases": past,
        "count": newest_count(),
    }
    return render(request, "desk/plan/releases.html", context)


def _compared(waiting: Publication) -> list[tuple[str, list[dict[str, Any]]]]:
    """The plan's indicators and the numbers of its boxes, each beside what is out."""
    before = rows_of(waiting.previous.number, "indicators") if waiting.previous else []
    known = {row["indicator"]: said(row) for row in before}
    headline = plan(settings.PACK).headline
    found: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for row in rows_of(waiting.number, "indicators"):
        line = {"name": row["name"], "state": row["state"], "now": said(row)}
        found[row["indicator"] in headline].append(line | {"before": known.get(row["indicator"], "没有")})
    return [("规划的指标，这一期和上一期", found[True]), ("专栏里的数，这一期和上一期", found[False])]


def said(row: dict[str, Any]) -> str:
    if row["value"] is None:
        return "不公布" if row["state"] == "hidden" else "没有数"
    number = number_words(Decimal(str(row["value"])))
    return f"{number}%" if row["unit"] == "%" else f"{number} {row['unit']}"


def _hidden(waiting: Publication) -> int:
    """Rows of the tables by area and group that are hidden, whole or in part."""
    return sum(bool(row["hidden"]) for table in ("areas", "groups") for row in rows_of(waiting.number, table))


@require_POST
@needs(Right.PUBLISH_FIGURES)
@fresh()
def do(request: HttpRequest) -> HttpResponse:
    """Makes a release, lets the waiting one out, or holds it back."""
    verb = VERBS.get(request.POST.get("verb", ""))
    if verb is None:
        raise Http404("没有这一步。")
    try:
        messages.success(request, verb(request, request.actor))  # type: ignore[attr-defined]
    except Refused as why:
        messages.error(request, str(why))
    return redirect("desk:plan-releases")


def _publish(request: HttpRequest, by: Actor) -> str:
    count = newest_count()
    if count is None:
        raise Refused("指标还没有数过，等夜里核对完再做。")
    made = actions.publish(by=by, count=count, change=request.POST.get("change", ""))
    return f"{made.number} 这一期做好了，等第二个人看过再公布。"


def _approve(request: HttpRequest, by: Actor) -> str:
    return f"{actions.approve(by=by, publication=_waiting()).number} 这一期公布了。"


def _hold_back(request: HttpRequest, by: Actor) -> str:
    held = actions.hold_back(by=by, publication=_waiting(), words=request.POST.get("words", ""))
    return f"{held.number} 这一期没有公布。"


def _waiting() -> Publication:
    found = waiting_release()
    if found is None:
        raise Refused("现在没有等着公布的一期，可能刚才别人办过了。")
    return found


VERBS = {"publish": _publish, "approve": _approve, "hold_back": _hold_back}
