"""What every desk page carries: who is asking, and the sections they may open."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from tongxing.accounts.access import Actor, may, needs
from tongxing.accounts.rights import Right

SECTIONS = [
    ("desk:today", "今天", Right.SEE_FIGURES),
    ("desk:gaps", "应享未享", Right.SEE_LISTS),
    ("desk:cases", "办件", Right.WORK_CASE),
    ("desk:assessments", "评定", Right.ASSESS),
    ("desk:questions", "要问的", Right.SEE_TASKS),
    ("desk:people", "人", Right.FIND_PEOPLE),
    ("desk:requests", "居民来的", Right.ANSWER_FACTS),
    ("desk:pay", "发放", Right.SEE_PAYMENTS),
    ("desk:plan", "规划", Right.SEE_PLAN),
    ("desk:exports", "下载", Right.EXPORT_LISTS),
    ("desk:policies", "政策", Right.SEE_POLICIES),
    ("desk:simulate", "试算", Right.SIMULATE),
    ("desk:feeds", "部门名单", Right.SEND_FEEDS),
    ("desk:jobs", "后台", Right.RUN_NIGHTLY),
    ("desk:journal", "操作记录", Right.SEE_JOURNAL),
    ("desk:exports-whose", "查流出的表", Right.SEE_JOURNAL),
    ("desk:users", "用户", Right.MANAGE_LOCAL_USERS),
    ("portal:unit", "本单位", Right.OWN_UNIT),
]
# Pages of a section that have an address of their own.
PARTS = {"desk:duplicates": "desk:people", "desk:urgent": "desk:people"}


def context(request: HttpRequest) -> dict[str, Any]:
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "actor": actor,
        "nav": SimpleLazyObject(lambda: _nav(request.path, actor)),  # for this runs on every page, the plan's too
        "may_find": may(actor, Right.FIND_PEOPLE),
        "may_list": may(actor, Right.SEE_LISTS),
        "may_export": may(actor, Right.EXPORT_LISTS),
    }


def _nav(path: str, actor: Actor | None) -> list[dict[str, Any]]:
    """Every address begins as today's does, so that one is marked on its own page only."""
    sections = [(reverse(name), label) for name, label, right in SECTIONS if may(actor, right)]
    if not sections:
        return []
    within = next((reverse(of) for part, of in PARTS.items() if path.startswith(reverse(part))), path)
    longer = (url for url, _ in sections if within.startswith(url) and url != reverse("desk:today"))
    here = max(longer, key=len, default=path)
    return [{"name": label, "url": url, "current": url == here} for url, label in sections]


@needs()
def home(request: HttpRequest) -> HttpResponse:
    """Where one lands after signing in: the first section one may open."""
    actor: Actor | None = getattr(request, "actor", None)
    return redirect(next((name for name, _, right in SECTIONS if may(actor, right)), "public:start"))
