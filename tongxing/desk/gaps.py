"""The four lists: policy × area with every number a link, then the list behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tongxing.accounts.access import Actor, may, needs
from tongxing.accounts.rights import Right
from tongxing.casework import catalogue
from tongxing.content.instance import pack
from tongxing.content.pack import Policy
from tongxing.desk import words
from tongxing.lists import filters
from tongxing.lists.rows import spoken_row
from tongxing.organisation import queries as divisions
from tongxing.policy.models import Run
from tongxing.policy.queries import figures, gaps
from tongxing.policy.queries.runs import newest_run, policies_for

PAGE = 50


@dataclass(frozen=True)
class Asked:
    """What the URL asks for, checked against what the actor may see."""

    actor: Actor
    run: Run
    filter: gaps.Filter
    division: str
    page: int
    is_whole: bool  # the list of all policies, without one chosen


def asked(request: HttpRequest) -> Asked:
    """Raises 404 for a list, policy or area that does not exist for this actor."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    run = newest_run()
    if run is None:
        raise Http404("还没有核对过。")
    try:
        wanted, division = filters.gap_filter(actor, request.GET.dict())
    except ValueError as why:
        raise Http404(str(why)) from why
    return Asked(actor, run, wanted, division, max(1, filters.whole(request.GET.get("page"))), "all" in request.GET)


@needs(Right.SEE_LISTS)
def gap_lists(request: HttpRequest) -> HttpResponse:
    """The matrix, and under it the list once a cell is chosen."""
    wanted = asked(request)
    known = divisions.names()
    context = {
        "run": wanted.run,
        "filter": wanted.filter,
        "division": wanted.division,
        "place": known.get(wanted.division, ""),
        "matrix": matrix(wanted),
        "tabs": _tabs(wanted),
        "policy": pack(settings.PACK).policies.get(wanted.filter.policy or ""),
        "about": words.KIND_ABOUT[wanted.filter.kind],
    }
    context["keep"] = ("gaps", link(wanted, page=None).removeprefix("?"))
    context["may_open"] = _may_open(wanted)
    if wanted.filter.policy or wanted.is_whole:
        context |= _list(wanted, known)
    return render(request, "desk/gaps/lists.html", context)


def _may_open(wanted: Asked) -> bool:
    """Whether one click may open a case for everybody on this list."""
    known = catalogue.by_policy()
    return wanted.filter.kind == "missing" and wanted.filter.policy in known and may(wanted.actor, Right.OPEN_CASE)


def _tabs(wanted: Asked) -> list[dict[str, Any]]:
    shown = policies_for(wanted.actor)
    counts = [f for name, f in figures.by_policy(wanted.run, wanted.filter.prefix).items() if name in shown]
    sums = figures.totals(counts)
    return [
        {
            "kind": kind,
            "name": name,
            "count": sums[kind],
            "url": link(wanted, list=kind, policy=None, reason=None, page=None),
            "current": kind == wanted.filter.kind,
        }
        for kind, name in words.KINDS.items()
    ]


def link(wanted: Asked, **changes: Any) -> str:
    """This page with some of the filter changed."""
    f = wanted.filter
    now = {
        "list": f.kind,
        "policy": f.policy,
        "area": wanted.division,
        "reason": f.reason,
        "months": f.min_months or None,
        "sort": f.sort if f.sort != "since" else None,
        "all": "1" if wanted.is_whole else None,
    }
    said = now | changes
    if said["policy"]:
        del said["all"]
    parts = {key: value for key, value in said.items() if value not in (None, "")}
    return "?" + urlencode(parts)


def matrix(wanted: Asked) -> dict[str, Any]:
    """Policies by the areas right under the one shown; each cell a link. Tint: share missing against the row's."""
    kind = wanted.filter.kind
    parts = divisions.parts_of(wanted.division)
    length = {"county": 6, "township": 9, "village": 12}[parts[0].level] if parts else 12
    cells = figures.by_area(wanted.run, wanted.filter.prefix, length)
    sums = figures.by_policy(wanted.run, wanted.filter.prefix)
    rows = []
    for name, policy in _chosen(wanted, sums):
        total = sums[name]
        row_cells = [_cell(wanted, name, part, cells.get((name, part.code[:length])), total) for part in parts]
        url = link(wanted, policy=name, page=None) + "#list"
        rows.append(
            {
                "policy": policy,
                "count": total.kind(kind),
                "url": url,
                "cells": row_cells,
                "current": name == wanted.filter.policy,
            }
        )
    return {
        "parts": parts,
        "rows": rows,
        "columns": _column_sums(rows, len(parts)),
        "total": sum(row["count"] for row in rows),
    }


def _chosen(wanted: Asked, sums: dict[str, figures.Figures]) -> list[tuple[str, Policy]]:
    """The policies with anybody on the list, where most money is missing first; only the chosen one if there is one."""
    shown = policies_for(wanted.actor)
    full = [name for name in shown if name in sums and sums[name].kind(wanted.filter.kind)]
    full.sort(key=lambda name: (-sums[name].missing_fen, -sums[name].kind(wanted.filter.kind), name))
    return [(name, shown[name]) for name in full if wanted.filter.policy in (None, name)]


def _cell(
    wanted: Asked, policy: str, part: Any, figure: figures.Figures | None, row: figures.Figures
) -> dict[str, Any]:
    count = figure.kind(wanted.filter.kind) if figure else 0
    url = link(wanted, policy=policy, area=part.code, page=None) + "#list"
    return {"count": count, "url": url, "tint": _tint(figure, row, wanted.filter.kind), "part": part}


def _tint(figure: figures.Figures | None, row: figures.Figures, kind: str) -> str:
    """more / less than the whole area, where at least 20 are entitled; '' in between."""
    if kind != "missing" or figure is None or figure.entitled < 20 or not row.entitled:
        return ""
    here, all_ = figure.missing / figure.entitled, row.missing / row.entitled
    return "more" if here > all_ * 1.3 else "less" if here < all_ * 0.7 else ""


def _column_sums(rows: list[dict[str, Any]], size: int) -> list[int]:
    return [sum(row["cells"][i]["count"] for row in rows) for i in range(size)]


def _list(wanted: Asked, known: dict[str, str]) -> dict[str, Any]:
    page = gaps.page(wanted.actor, wanted.run, wanted.filter, wanted.page, PAGE)
    reasons = gaps.reasons(wanted.run, replace(wanted.filter, reason=None))
    return {
        "page": page,
        "rows": [spoken_row(wanted.run, wanted.filter, row, known) for row in page.rows],
        "reasons": [
            {
                "code": code,
                "count": count,
                "url": link(wanted, reason=code, page=None) + "#list",
                "words": words.reason(wanted.filter.policy, wanted.filter.kind, code, wanted.run.as_of_date),
            }
            for code, count in reasons[:8]
        ]
        if wanted.filter.policy
        else [],
        "sorts": [
            (key, name, link(wanted, sort=key, page=None) + "#list", key == wanted.filter.sort)
            for key, name in (("since", "漏得最久"), ("money", "钱最多"), ("village", "按村"), ("age", "年纪最大"))
        ],
        "number": wanted.page,
        "pages": max(1, -(-page.total // PAGE)),
        "first": (wanted.page - 1) * PAGE + 1,
        "base": link(wanted, page=None),
        "chips": _chips(wanted, known),
        "illustrative": bool(wanted.filter.policy) and words.illustrative(wanted.filter.policy, wanted.run.as_of_date),
        "unit_word": words.UNITS[pack(settings.PACK).policies[wanted.filter.policy].unit]
        if wanted.filter.policy
        else "人项",
    }


def _chips(wanted: Asked, known: dict[str, str]) -> list[tuple[str, str]]:
    f = wanted.filter
    chips = []
    if f.policy:
        chips.append((pack(settings.PACK).policies[f.policy].name, link(wanted, policy=None, reason=None)))
    if wanted.division != wanted.actor.division_code:
        chips.append((known.get(wanted.division, wanted.division), link(wanted, area=None)))
    if f.reason and f.policy:
        chips.append((words.reason(f.policy, f.kind, f.reason, wanted.run.as_of_date), link(wanted, reason=None)))
    if f.min_months:
        chips.append((f"漏了 {f.min_months} 个月以上", link(wanted, months=None)))
    return chips
