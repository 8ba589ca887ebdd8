"""Whether a place is protected, why, and who could be named."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from tongxing.accounts.access import Actor
from tongxing.accounts.models import Post
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.registry.keys import ring
from tongxing.registry.models import Person, Protection
from tongxing.registry.places import kept_of, village_of
from tongxing.registry.queries import running

NEAR = ("village_worker", "township_officer")  # without one of them the steps near home wait for nobody
HELPING = (*NEAR, "federation_county", "civil_affairs_county")


def protection_of(person: Person) -> Protection | None:
    """Of the person or of somebody in their household; None where the place is as open as others."""
    kept = kept_of(person)
    return kept.protection if kept else None


def reason_of(protection: Protection) -> str:
    return ring().open(bytes(protection.reason_sealed), place=place_of(protection, "reason"))


def place_of(protection: Protection, part: str) -> str:
    """Where its words are sealed: known before it has a number."""
    return f"protection.{part}.{protection.person_id}.{protection.set_at.timestamp()}"


def who_could_be_named(actor: Actor, person: Person, today: date) -> QuerySet[Post]:
    """Who works where the person lives, as far as the one who asks may know where that is."""
    return who_works_near([village_of(actor, person)], today)


def who_works_near(villages: Collection[str], today: date) -> QuerySet[Post]:
    """In one of the villages, its township or its county; by the code of a county alone, in the county."""
    areas = {code for village in villages for code in (village, f"{village[:9]}000", f"{village[:6]}000000")}
    posts = Post.objects.filter(running(today), division_code__in=areas, role__in=_helping(), user__is_active=True)
    return posts.select_related("user").order_by("-division_code", "role", "user__name")


def _helping() -> list[str]:
    """Roles of the pack that help people near home and may see them."""
    known = pack(settings.PACK).roles
    return [role for role in HELPING if role in known and str(Right.SEE_PERSON) in map(str, known[role].rights)]
