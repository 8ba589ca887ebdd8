"""The committee's cockpit: indicators at a glance, what is behind and whose it is, by county; and a page to print."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.accounts.access import may, needs
from tongxing.accounts.rights import Right
from tongxing.content.indicators import COUNTED_KINDS
from tongxing.content.plan import plan
from tongxing.desk.plan import tasks
from tongxing.desk.plan.shown import Asked, area_cell, areas_under, asked, spoken_standing
from tongxing.plan.queries.coverage import coverage, shares
from tongxing.plan.queries.entered import waiting
from tongxing.plan.queries.figures import by_area
from tongxing.plan.queries.standings import Standing, standings

LIT = ("on_track", "reached", "behind", "far_behind", "missed")
LATE = ("behind", "far_behind", "missed")
ORDER = ("missed", "far_behind", "behind", "on_track", "reached", "stale", "no_data", "no_target")


@needs(Right.SEE_PLAN)
def cockpit(request: HttpRequest) -> HttpResponse:
    wanted = asked(request)
    return render(request, "desk/plan/cockpit.html", _context(wanted))


@needs(Right.SEE_PLAN)
def brief(request: HttpRequest) -> HttpResponse:
    """One page of paper."""
    return render(request, "desk/plan/brief.html", _context(asked(request)))


def _context(wanted: Asked) -> dict[str, Any]:
    found = standings(wanted.count, wanted.today, wanted.prefix)
    rows = [spoken_standing(wanted, each) for each in found.values()]
    headline = [row for row in rows if row["indicator"].is_headline]
    live, whole = shares(coverage(wanted.count, wanted.today))
    return {
        "asked": wanted,
        "run": wanted.count,
        "plan": plan(settings.PACK).about,
        "rows": headline,
        "boxes": [row for row in rows if not row["indicator"].is_headline],
        "lights": _lights(headline),
        "lit": sum(row["state"] in LIT for row in headline),
        "out": [row for row in headline if row["state"] not in LIT],
        "late": _by_owner([row for row in rows if row["state"] in LATE]),
        "places": _by_place(wanted, found),
        "tasks": tasks.overview(wanted.actor, wanted.today),
        "live": live,
        "gaps": whole - live,
        "whole": whole,
        "may_publish": may(wanted.actor, Right.PUBLISH_FIGURES),
        "may_keep": may(wanted.actor, Right.KEEP_TARGETS),
        "waiting": len(waiting()) if may(wanted.actor, Right.KEEP_TARGETS) else 0,
    }


def _lights(rows: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """(state, how many), the worst first; only states that occur."""
    counts = Counter(row["state"] for row in rows)
    return [(state, counts[state]) for state in ORDER if counts[state]]


def _by_owner(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Whose task it is, who has most first."""
    owners = Counter(str(row["indicator"].owner) for row in rows)
    return [(owner, [row for row in rows if row["indicator"].owner == owner]) for owner, _ in owners.most_common()]


def _by_place(wanted: Asked, found: dict[str, Standing]) -> dict[str, Any]:
    """The headline indicators that are counted, by the areas right under the one asked for."""
    parts, length = areas_under(wanted)
    if wanted.count is None or not parts:
        return {}
    cells = by_area(wanted.count, wanted.prefix, length)
    shown = [each for each in found.values() if each.indicator.is_headline and each.indicator.kind in COUNTED_KINDS]
    rows = [
        (
            each.indicator,
            [area_cell(wanted, each, cells.get((each.indicator.id, part.code[:length]))) for part in parts],
        )
        for each in shown
    ]
    return {"parts": parts, "rows": rows}
