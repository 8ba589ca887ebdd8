"""A protected household moves: the new place is as closed as the old one, and known to people who work there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.models import Post
from tongxing.accounts.rights import Right
from tongxing.casework.models import Case, Task
from tongxing.journal.actions import record
from tongxing.organisation.queries import division
from tongxing.outbox import actions as outbox
from tongxing.protection.actions.protecting import move_file, name_post, standing_of
from tongxing.protection.queries import NEAR, who_works_near
from tongxing.registry.keys import ring
from tongxing.registry.models import Household, KeptPlace, Person, Protection
from tongxing.registry.models.person import COUNTY_ALONE
from tongxing.registry.models.protection import seal_of
from tongxing.registry.queries import check_person, household_of, running

LONGEST = 100
FREE: dict[str, Any] = {"claimed_by_id": None, "claimed_by_label": "", "claimed_at": None}


@dataclass(frozen=True)
class Place:
    """The code of a village, and the address in it."""

    village: str
    address: str


@transaction.atomic
def relocate(
    *, by: Actor | None, person: Person, place: Place, posts: Sequence[int], until_date: date | None = None
) -> Protection:
    """Everybody whose place is kept with the person's lives there from now on.

    Whoever was named before no longer knows it, unless named anew: of `posts`, somebody of the village or township
    there at least. Raises ValidationError, coded with the field.
    """
    actor = check_person(by, person, Right.PROTECT_PLACE)
    protection = standing_of(person)
    chosen = _checked(place, posts)
    for kept in protection.places.select_related("person"):
        _bring(kept, place)
    _forget_named(protection, {post.user_id for post in chosen})
    record(by=actor, verb="protection.relocated", subject=f"person:{protection.person_id}")
    for post in chosen:
        name_post(actor, protection, post, until_date)
    person.refresh_from_db()
    words = "住址改好了，还是保护着。在办的事接着办。不对，打 12345。"
    outbox.post(by=actor, news=outbox.News(person, "move", words))
    return protection


def _checked(place: Place, posts: Sequence[int]) -> list[Post]:
    found = division(place.village)
    if found is None or found.level != "village":
        raise ValidationError("请选搬到哪个村、社区。", code="village")
    if not place.address.strip():
        raise ValidationError("请写新住址，写到门牌或几组。", code="address")
    chosen = list(who_works_near([place.village], timezone.localdate()).filter(pk__in=posts))
    if not any(post.role in NEAR for post in chosen):
        raise ValidationError("请至少点一位那边乡镇或村里的人，不然办件没人接。", code="posts")
    return chosen


def _bring(kept: KeptPlace, place: Place) -> None:
    person = kept.person
    address = place.address.strip()[:LONGEST]
    kept.village_sealed = ring().seal(place.village, place=seal_of(person.pk))
    kept.address_sealed = ring().seal(address, place=f"person.address.{person.pk}")
    kept.save()
    _follow(person, f"{place.village[:6]}{COUNTY_ALONE}")


def _follow(person: Person, county: str) -> None:
    """The file and its cases where the county is another; steps near home are free for whoever is named now."""
    before, cases = person.village_code, Case.objects.filter(person=person)
    held = Task.objects.filter(case__in=cases, done_at=None)
    if county == before:
        held.filter(role__in=NEAR).update(**FREE)
        return
    move_file(person, county)
    held.filter(division_code__in=(before, county)).update(**FREE)
    Task.objects.filter(case__in=cases, division_code=before).update(division_code=county)
    cases.filter(division_code=before).update(division_code=county)
    if home := household_of(person):
        Household.objects.filter(pk=home.pk).update(village_code=county)


def _forget_named(protection: Protection, users: set[int]) -> None:
    today = timezone.localdate()
    protection.named.filter(running(today)).exclude(user__in=users).update(until_date=today)
