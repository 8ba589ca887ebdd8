"""The plan clause by clause: what carries each out, and what nothing carries out yet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tongxing.accounts.access import Actor, may, needs
from tongxing.accounts.rights import Right
from tongxing.content.plan import plan
from tongxing.desk.frame import SECTIONS
from tongxing.desk.plan.shown import asked
from tongxing.plan.queries.coverage import Covered, Linked, coverage, shares

SHOWN = {"": "全部", "live": "落到实处的", "gap": "还没有落实的"}
KIND_NAMES = {
    "policy": "政策",
    "service": "服务",
    "feed": "部门名单",
    "indicator": "指标",
    "fact": "登记的情况",
    "param": "标准",
    "project": "项目",
    "document": "文件",
    "page": "页面",
    "role": "岗位",
    "purpose": "用途",
}
OPENS = {
    "policy": ("desk:policy", Right.SEE_POLICIES),
    "indicator": ("desk:plan-indicator", Right.SEE_PLAN),
    "project": ("desk:plan-project", Right.SEE_PLAN),
    "document": ("desk:plan-document", Right.SEE_PLAN),
}


PAGES: dict[str, tuple[str, Right | None]] = {name: (label, right) for name, label, right in SECTIONS}
PAGES |= {
    "desk:stations": ("各级的队列", Right.WORK_CASE),
    "desk:plan-projects": ("规划的项目", Right.SEE_PLAN),
    "public:plan": ("规划进展（公开）", None),
}


@needs(Right.SEE_PLAN)
def clauses(request: HttpRequest) -> HttpResponse:
    wanted, whole = asked(request), plan(settings.PACK)
    show, section = request.GET.get("show", ""), request.GET.get("section", "")
    if show not in SHOWN or (section and section not in whole.sections):
        raise Http404("没有这一部分。")
    covered = coverage(wanted.count, wanted.today)
    chosen = [each for each in covered.values() if _is_shown(each, show, section)]
    live, total = shares(covered)
    context = {
        "asked": wanted,
        "run": wanted.count,
        "groups": _by_section(chosen),
        "counts": {"": total, "live": live, "gap": total - live},
        "shows": [(key, name) for key, name in SHOWN.items()],
        "show": show,
        "section": section,
        "sections": [each for each in whole.sections.values() if each.system],
        "findings": whole.findings,
        "total": len(chosen),
    }
    context["tabs"] = [(key, name, context["counts"][key]) for key, name in SHOWN.items()]  # type: ignore[index]
    return render(request, "desk/plan/clauses.html", context)


def _is_shown(covered: Covered, show: str, section: str) -> bool:
    return (not section or covered.clause.section == section) and (not show or (show == "gap") == bool(covered.gap))


def _by_section(chosen: list[Covered]) -> list[tuple[str, list[Covered]]]:
    """(name of the section, its clauses) in the order of the plan."""
    names = {id_: section.name for id_, section in plan(settings.PACK).sections.items()}
    groups: dict[str, list[Covered]] = {}
    for each in chosen:
        groups.setdefault(each.clause.section, []).append(each)
    return [(names.get(section, "主要指标"), found) for section, found in groups.items()]


@needs(Right.SEE_PLAN)
def clause(request: HttpRequest, clause_id: str) -> HttpResponse:
    wanted = asked(request)
    found = coverage(wanted.count, wanted.today).get(clause_id)
    if found is None:
        raise Http404("规划里没有这一条。")
    others = plan(settings.PACK).clauses
    context = {
        "asked": wanted,
        "run": wanted.count,
        "covered": found,
        "clause": found.clause,
        "section": plan(settings.PACK).sections.get(found.clause.section),
        "links": [_spoken_link(wanted.actor, link) for link in found.linked],
        "same": others.get(found.clause.same_as or ""),
        "covers": [others[id_] for id_ in found.clause.covers],
        "repeats": [other for other in others.values() if other.same_as == clause_id],
    }
    return render(request, "desk/plan/clause.html", context)


def _spoken_link(actor: Actor, linked: Linked) -> dict[str, Any]:
    kind, _, id_ = linked.link.partition(":")
    name, url = _page(actor, id_) if kind == "page" else (linked.name, _url(actor, kind, id_))
    return {"kind": KIND_NAMES[kind], "name": name, "records": linked.records, "url": url}


def _page(actor: Actor, id_: str) -> tuple[str, str]:
    """(how a page is called, its address for those who may open it)."""
    name, right = PAGES.get(id_, ("公开网页", None))
    return name, reverse(id_) if right is None or may(actor, right) else ""


def _url(actor: Actor, kind: str, id_: str) -> str:
    """Where a live object stands on the desk; '' where it has no page, or none for this actor."""
    name, right = OPENS.get(kind, ("", Right.SEE_PLAN))
    return reverse(name, args=[id_]) if name and may(actor, right) else ""
