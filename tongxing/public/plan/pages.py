"""The plan for everybody: where it stands, system by system, in plain words and in Easy Read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from tongxing.content.clauses import Section
from tongxing.content.plan import plan
from tongxing.public.plan import words
from tongxing.public.plan.kept import for_everybody
from tongxing.releases.models import Publication
from tongxing.releases.queries.published import newest_release, rows_of
from tongxing.releases.queries.remarks import answered, tally

Row = dict[str, Any]
STATES = ("on_track", "reached", "behind", "far_behind", "missed", "stale", "no_data", "no_target", "hidden")
DARK = ("stale", "no_data", "no_target", "hidden")  # states that give no light
SHOWN_LATE = 8
OTHERS = {"boxes": "专栏里的项目", "safeguards": "怎么保证做到", "indicators": "13 项指标"}
PLAIN = {"boxes": "规划专栏里列的项目，一件一件数。", "safeguards": "谁牵头、钱从哪里来、办完谁来查。"}
PICTURES = {"boxes": "list", "safeguards": "look", "indicators": "data"}


def frame(here: str, release: Publication | None) -> Row:
    """What every page of the plan carries."""
    links = (
        ("public:plan", "走到哪了"),
        ("public:plan-easy", "易读版"),
        ("public:plan-reports", "评估报告"),
        ("public:plan-data", "开放数据"),
    )
    nav = [{"url": reverse(name), "name": said, "current": name == here} for name, said in links]
    return {"about": plan(settings.PACK).about, "release": release, "plan_nav": nav}


@for_everybody
def home(request: HttpRequest) -> HttpResponse:
    """All on one page: lights, systems, indicators, money, what is late and why."""
    release = newest_release()
    context = frame("public:plan", release)
    if release is not None:
        context |= _home(release)
    return render(request, "public/plan/home.html", context)


def _home(release: Publication) -> Row:
    figures, promises = headline_rows(release), rows_of(release.number, "promises")
    lights = Counter(row["state"] for row in figures)
    late = sorted(rows_of(release.number, "late"), key=lambda row: not row["why"])  # those with a reason first
    return {
        "figures": [figure_card(row) for row in figures],
        "lights": [(state, lights[state]) for state in STATES if lights[state]],
        "dark": sum(lights[state] for state in DARK),
        "systems": [_system_card(id_, name, promises) for id_, name in systems().items() if id_ != "indicators"],
        "promises": len(promises),
        "live": sum(not row["gap"] for row in promises),
        "projects": [_project(row) for row in rows_of(release.number, "projects")],
        "late": [row | {"due": words.day(row["due"])} for row in late],
        "late_shown": f":{SHOWN_LATE}",
        "late_rest": f"{SHOWN_LATE}:",
        "late_told": sum(bool(row["why"]) for row in late),
        "tally": tally(timezone.localdate()),
    }


def headline_rows(release: Publication) -> list[Row]:
    """The plan's own indicators, in its order."""
    headline = plan(settings.PACK).headline
    return [row for row in rows_of(release.number, "indicators") if row["indicator"] in headline]


def figure_card(row: Row) -> Row:
    indicator = plan(settings.PACK).indicators.get(row["indicator"])
    return {
        "id": row["indicator"],
        "name": row["name"],
        "plain": indicator.plain if indicator else "",
        "nature": words.NATURES[row["nature"]],
        "state": row["state"],
        "said": words.figure(row),
        "target": words.target(row),
        "short": words.short_of(row),
    }


def systems() -> dict[str, str]:
    """The seven systems with their names, then boxes, safeguards and indicators."""
    sections = plan(settings.PACK).sections
    own = {id_: section.name for id_, section in sections.items() if not section.system}
    return own | OTHERS


def system_of(section: str) -> str:
    """t1.5 → t1, b2 → boxes, s4 → safeguards, i → indicators."""
    head = section.partition(".")[0]
    return {"b": "boxes", "s": "safeguards", "i": "indicators"}.get(head[:1], head)


def _system_card(id_: str, name: str, promises: Sequence[Row]) -> Row:
    mine = [row for row in promises if system_of(row["section"]) == id_]
    section = plan(settings.PACK).sections.get(id_)
    live = sum(not row["gap"] for row in mine)
    said = (section.plain, section.easy[0].icon) if section else (PLAIN.get(id_, ""), PICTURES[id_])
    counts = {"number": len(mine), "live": live, "gaps": len(mine) - live}
    return {"id": id_, "name": name} | dict(zip(("plain", "picture"), said, strict=True)) | counts


def _project(row: Row) -> Row:
    """Yuan as fen, so that pages say money as everywhere."""
    money = {key: None if row[f"{key}_yuan"] is None else round(row[f"{key}_yuan"] * 100) for key in MONEY}
    share = row["satisfied"] / row["asked"] if row["satisfied"] is not None and row["asked"] else None
    return row | money | {"share": share}


MONEY = ("budget", "received", "paid", "cost")


@for_everybody
def system(request: HttpRequest, system_id: str) -> HttpResponse:
    """Every promise of one system, section by section: what carries it out, or why nothing does yet."""
    release, name = newest_release(), systems().get(system_id)
    if release is None or name is None:
        raise Http404("规划里没有这一部分。")
    promises = rows_of(release.number, "promises")
    mine = [row for row in promises if system_of(row["section"]) == system_id]
    known: Mapping[str, Section] = plan(settings.PACK).sections
    order = list(dict.fromkeys(row["section"] for row in mine))
    groups = [(known.get(id_), [row for row in mine if row["section"] == id_]) for id_ in order]
    context = frame("", release) | _system_card(system_id, name, promises)
    context |= {"groups": groups, "answers": answered_of(mine), "promises": mine}
    return render(request, "public/plan/system.html", context)


def answered_of(promises: Sequence[Row]) -> list[Any]:
    return [remark for row in promises for remark in answered(row["promise"])] if promises else []


@for_everybody
def easy(request: HttpRequest) -> HttpResponse:
    """Easy Read: one idea a line."""
    sections = plan(settings.PACK).sections
    parts = [
        (section, [each for each in sections.values() if each.system == id_])
        for id_, section in sections.items()
        if not section.system
    ]
    return render(request, "public/plan/easy.html", frame("public:plan-easy", newest_release()) | {"parts": parts})
