"""At eighteen one's affairs are one's own: both hear of it four weeks before, and on the day (S28)."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from tongxing.accounts.access import Actor
from tongxing.lib.dates import spoken_date
from tongxing.outbox import actions as outbox
from tongxing.outbox.actions import News
from tongxing.registry.models import Guardian, Person
from tongxing.registry.queries import coming_of_age, of_age_on
from tongxing.residents.actions.news import HELP

AHEAD, LATE = timedelta(days=28), timedelta(days=14)  # told before; told after, where nights were missed
KIND = "of_age"


@transaction.atomic
def tell_of_age(*, by: Actor | None, today: date) -> int:
    """Once to the young adult and once to each guardian, before and on the day. How many messages there are."""
    news = [each for row in coming_of_age(today - LATE, today + AHEAD) for each in _of_row(row, today)]
    once = {each.once: each for each in news}  # two guardians, one young adult
    return len(outbox.post_many(by=by, news=list(once.values())))


def _of_row(row: Guardian, today: date) -> list[News]:
    day = of_age_on(row.ward)
    assert day is not None
    when = "now" if day <= today else "soon"
    both = [(row.ward, _to_ward(day, when))]
    if row.guardian and row.guardian.death_date is None:
        both.append((row.guardian.file, _to_guardian(row.ward, day, when)))
    return [News(person, KIND, words, once=f"{KIND} {when} {row.ward_id} {person.pk}") for person, words in both]


def _to_ward(day: date, when: str) -> str:
    if when == "soon":
        return f"{spoken_date(day)}您满 18 岁。从那天起，您的事您自己说了算。想有人陪着办，也可以。{HELP}"
    return f"您满 18 岁了。您的事从此您自己说了算，用自己的手机就能办。想有人陪着办，也可以。{HELP}"


def _to_guardian(ward: Person, day: date, when: str) -> str:
    if when == "soon":
        return f"{spoken_date(day)}{ward.name}满 18 岁。从那天起，孩子的事由孩子自己办，您不能再看、再办。{HELP}"
    return f"{ward.name}满 18 岁了。从此孩子的事由孩子自己办。还要您帮的，请到村里问。{HELP}"
