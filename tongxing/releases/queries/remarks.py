"""Remarks of citizens: what everybody may read, and what waits for whom."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet

from tongxing.accounts.access import Actor, may
from tongxing.accounts.rights import Right
from tongxing.content.plan import plan
from tongxing.releases.models import Remark


def answered(about: str) -> list[Remark]:
    """Those that everybody may read, the newest first."""
    return list(Remark.objects.filter(about=about, state=Remark.State.ANSWERED).order_by("-answered_date", "-id")[:50])


def newest_answer() -> int:
    """Changes whenever an answer goes out: what cached pages are kept by."""
    return Remark.objects.filter(state=Remark.State.ANSWERED).count()


def tally(today: date) -> dict[str, int]:
    """How many were said, answered, and how many wait beyond their day."""
    waiting = Remark.objects.filter(state=Remark.State.WAITING)
    return {
        "said": Remark.objects.count(),
        "answered": Remark.objects.exclude(state=Remark.State.WAITING).count(),
        "late": waiting.filter(due_date__lt=today).count(),
    }


def remarks_for(actor: Actor) -> QuerySet[Remark]:
    """Those that the actor may answer, the most urgent first: all for whoever publishes, else those of the own unit."""
    everything = Remark.objects.all()
    if may(actor, Right.PUBLISH_FIGURES):
        return everything
    return everything.filter(about__in=_led_by(actor.department)) if actor.department else everything.filter(Q(pk=None))


def remark_for(actor: Actor, remark_id: int) -> Remark | None:
    return remarks_for(actor).filter(pk=remark_id).first()


def _led_by(department: str) -> list[str]:
    city = plan(settings.PACK)
    return [about for about in (*city.indicators, *city.clauses) if department in departments_of(about)]


def departments_of(about: str) -> set[str]:
    """Our departments that answer for an indicator or a clause: that of the owner, else that of the leading unit."""
    city = plan(settings.PACK)
    if about in city.indicators:
        units = [city.indicators[about].owner]
    else:
        units = list(city.clauses[about].units[:1]) if about in city.clauses else []
    found = (city.units[unit].department for unit in units if unit in city.units)
    return {str(department) for department in found if department}
