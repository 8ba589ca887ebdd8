"""What the plan's pages share: who asks of which area, standings in words, links to the lists behind figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone

from tongxing.accounts.access import Actor, may
from tongxing.accounts.rights import Right
from tongxing.content.indicators import COUNTED_KINDS, Indicator
from tongxing.content.plan import plan
from tongxing.lib.divisions import subtree_prefix
from tongxing.organisation import queries as divisions
from tongxing.plan.models import Count
from tongxing.plan.queries.counts import newest_count
from tongxing.plan.queries.standings import Standing
from tongxing.plan.standing import Figure, reading
from tongxing.plan.words import NATURES, PARTS, UNIT_WORDS, aim_words, value_words

LENGTHS = {"county": 6, "township": 9, "village": 12}
TENTH = Decimal("0.1")
FEWEST = 30  # below this many people a rate says more of chance than of a place (P12)


@dataclass(frozen=True)
class Asked:
    """The actor, the area asked for (never beyond theirs), the newest counting (None: nothing counted yet)."""

    actor: Actor
    division: str
    place: str
    prefix: str
    count: Count | None
    today: date

    @property
    def may_list(self) -> bool:
        return may(self.actor, Right.SEE_LISTS)


def asked(request: HttpRequest) -> Asked:
    """Raises 404 for an area that is not the actor's."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    division = request.GET.get("area") or actor.division_code
    if len(division) != 12 or not division.isdigit() or not division.startswith(actor.prefix):
        raise Http404("这个地方不在您的辖区里。")
    known = divisions.division(division)
    if known is None:
        raise Http404("没有这个地方。")
    return Asked(actor, division, known.name, subtree_prefix(division), newest_count(), timezone.localdate())


def indicator_named(id_: str) -> Indicator:
    found = plan(settings.PACK).indicators.get(id_)
    if found is None:
        raise Http404("没有这个指标。")
    return found


def spoken_standing(asked: Asked, standing: Standing) -> dict[str, Any]:
    """One indicator in words, its numbers as links for those who may open the lists."""
    indicator, figure = standing.indicator, standing.figure
    return {
        "indicator": indicator,
        "standing": standing,
        "state": standing.state,
        "nature": NATURES[indicator.nature],
        "now": value_words(indicator, standing.reading.value),
        "target": aim_words(indicator, standing.aim),
        "wanted": _wanted(standing),
        "why": standing.aim.why,
        "unit": UNIT_WORDS[indicator.unit],
        "url": reverse("desk:plan-indicator", args=[indicator.id]) + area_query(asked),
        "parts": parts_of(asked, indicator, figure) if figure else {},
        "as_of": standing.reading.as_of,
    }


def _wanted(standing: Standing) -> str:
    """Where it should stand by now, if that is not the target itself."""
    if standing.wanted is None or standing.wanted == standing.aim.value:
        return ""
    return value_words(standing.indicator, standing.wanted.quantize(TENTH))


def parts_of(
    asked: Asked, indicator: Indicator, figure: Figure | None, group: str = "", value: str = ""
) -> dict[str, dict[str, Any]]:
    """{part: {count, url}}; the url is '' for those who may not open the list."""
    if figure is None or indicator.kind not in COUNTED_KINDS:
        return {}
    counts = {part: getattr(figure, part) for part in PARTS}
    return {
        part: {
            "name": PARTS[part],
            "count": number,
            "url": people_url(asked, indicator.id, part, figure.area, group, value) if asked.may_list else "",
        }
        for part, number in counts.items()
    }


def people_url(asked: Asked, indicator: str, part: str, area: str = "", group: str = "", value: str = "") -> str:
    """The list behind one figure. `area` is a prefix; of a group it is the area asked for."""
    code = asked.division if group or not area else area.ljust(12, "0")
    said = {"part": part, "area": code if code != asked.actor.division_code else "", "group": group, "value": value}
    query = urlencode({key: word for key, word in said.items() if word})
    return f"{reverse('desk:plan-people', args=[indicator])}?{query}"


def area_query(asked: Asked) -> str:
    return f"?area={asked.division}" if asked.division != asked.actor.division_code else ""


def areas_under(asked: Asked) -> tuple[list[Any], int]:
    """(the areas right under the one asked for, digits of their codes)."""
    parts = divisions.parts_of(asked.division)
    return parts, LENGTHS[parts[0].level] if parts else 12


def area_cell(asked: Asked, standing: Standing, figure: Figure | None) -> dict[str, Any]:
    """The value of an area: a rate only of enough people, always with what it is a rate of (P12)."""
    indicator = standing.indicator
    read = reading(indicator, figure, standing.reading.as_of)
    is_rate = indicator.kind == "rate"
    if figure is None or read.value is None:
        return {"said": "没有人" if figure is None or not figure.anybody else "—"}
    is_enough = not is_rate or figure.known >= FEWEST
    said = value_words(indicator, read.value) if is_enough else "人太少"
    return {"said": said, "parts": parts_of(asked, indicator, figure), "is_rate": is_rate}
