"""One indicator for everybody: the figure, how it is made, its trend, by place and by group, what people say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from tongxing.accounts.access import may, open_to_all
from tongxing.accounts.rights import Right
from tongxing.content.indicators import Indicator
from tongxing.content.plan import plan
from tongxing.content.publishing import publishing
from tongxing.public.plan import words
from tongxing.public.plan.kept import for_everybody
from tongxing.public.plan.pages import figure_card, frame
from tongxing.releases import actions
from tongxing.releases.models import Publication
from tongxing.releases.queries.published import newest_release, rows_of
from tongxing.releases.queries.remarks import answered
from tongxing.releases.refusal import Refused
from tongxing.ui.lines import Point, trend
from tongxing.ui.spoken import short_place, spoken_date
from tongxing.ui.tiles import Tile, tile_map

Row = dict[str, Any]
GROUPS = {"category": "残疾类别", "grade": "残疾等级", "age_band": "年龄", "sex": "性别"}


@for_everybody
def indicator(request: HttpRequest, figure_id: str) -> HttpResponse:
    context = _context(figure_id)
    context["taken"] = "said" in request.GET
    context["may_open"] = may(getattr(request, "actor", None), Right.SEE_PLAN)
    return render(request, "public/plan/indicator.html", context)


@csrf_exempt
@open_to_all
@require_POST
def say(request: HttpRequest, figure_id: str) -> HttpResponse:
    """A remark by nobody in particular. No cookie vouches for it, so none is set; a form of another site is refused."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Http404("请从这个网站的页面上写。")
    try:
        actions.say(about=figure_id, words=request.POST.get("words", ""))
    except Refused as why:
        context = _context(figure_id) | {"wrong": [("words", str(why))], "typed": request.POST.get("words", "")}
        return render(request, "public/plan/indicator.html", context, status=422)
    return redirect(reverse("public:plan-indicator", args=[figure_id]) + "?said=1#say")


def _context(figure_id: str) -> Row:
    release, known = newest_release(), plan(settings.PACK).indicators.get(figure_id)
    if release is None or known is None:
        raise Http404("没有这个指标，或者还没有公布过。")
    row = next((row for row in rows_of(release.number, "indicators") if row["indicator"] == figure_id), None)
    if row is None:
        raise Http404("这一期没有这个指标。")
    places = _places(release, figure_id)
    return (
        frame("", release)
        | {
            "indicator": known,
            "card": figure_card(row),
            "row": row,
            "as_of": words.day(row["as_of"]),
            "expected": words.said(row["expected"], row["unit"]) if row["expected"] is not None else "",
            "formula": words.formula(known, release.as_of_date),
            "path": [(step.year, words.said(float(step.value), known.result), step.status) for step in known.path],
            "within": publishing(settings.PACK).answer_within,
            "answers": answered(figure_id),
            "places": places,
            "map": _map(places, row, known),
            "groups": _groups(release, figure_id),
            "is_rate": known.kind == "rate",
        }
        | _trend(release, known)
    )


def _trend(release: Publication, known: Indicator) -> Row:
    rows = [row for row in rows_of(release.number, "trend") if row["indicator"] == known.id]
    points = [Point(spoken_date(words.day(row["as_of"])), row["value"], row["expected"]) for row in rows]
    unit = "%" if known.result == "%" else f" {known.result}"
    said = [
        row
        | {
            "day": words.day(row["as_of"]),
            "said": words.figure(row | {"unit": known.result}),
            "wanted": words.said(row["expected"], known.result) if row["expected"] is not None else "没有定",
        }
        for row in rows
    ]
    chart = trend(points, unit, title=f"折线图：{known.name}，每一期", table="t-trend") if len(points) > 1 else ""
    return {"trend": said, "chart": chart}


def _places(release: Publication, figure_id: str) -> list[Row]:
    """The city, then each county followed by its townships."""
    return [row for row in rows_of(release.number, "areas") if row["indicator"] == figure_id]


def _groups(release: Publication, figure_id: str) -> list[tuple[str, list[Row]]]:
    rows = [row for row in rows_of(release.number, "groups") if row["indicator"] == figure_id]
    found = ((said, [row for row in rows if row["group"] == group]) for group, said in GROUPS.items())
    return [(said, mine) for said, mine in found if mine]


def _map(places: list[Row], row: Row, known: Indicator) -> Any:
    """Tiles of the townships; a look for at or below the target, another where nothing may be shown."""
    spots = publishing(settings.PACK).tiles
    tiles = [
        Tile(*spots[place["code"]], short_place(place["name"]), _tile_words(place, known), _look(place, row))
        for place in places
        if place["code"] in spots
    ]
    title = f"方格地图：{known.name}，各乡镇街道"
    return tile_map(tiles, title=title, table="t-places") if tiles else ""


def _tile_words(place: Mapping[str, Any], known: Indicator) -> str:
    value = place["rate"] if known.kind == "rate" else place["whole"]
    return "—" if value is None else f"{value:,}%" if known.kind == "rate" else f"{value:,}"


def _look(place: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    if place["rate"] is None or row["target"] is None:
        return "t-off"
    return "t-ok" if place["rate"] >= row["target"] else "t-wait"
