"""Pairs within the scope of the one who asks: both files must be theirs to see."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from tongxing.accounts.access import Actor
from tongxing.duplicates.models import Merge, Pair
from tongxing.registry.models import Person
from tongxing.registry.queries import files_for, within


def pairs_for(actor: Actor) -> QuerySet[Pair]:
    """Every pair of the actor's area and purpose, whatever was said of it."""
    if actor.people == "none":
        return Pair.objects.none()
    area = Q(within(actor.prefix, "one__village_code"), within(actor.prefix, "other__village_code"))
    found = Pair.objects.filter(area).select_related("one", "other")
    if actor.people != "all":
        seen = files_for(actor).values("pk")
        found = found.filter(one__in=seen, other__in=seen)
    return found


def pair_for(actor: Actor, pair_id: int) -> Pair | None:
    return pairs_for(actor).filter(pk=pair_id).first()


def open_pairs(actor: Actor) -> QuerySet[Pair]:
    """Nobody has said anything about these yet, and both files still count."""
    asked = Merge.objects.filter(pair=OuterRef("pk"), state=Merge.State.ASKED)
    counting = Q(one__merged_into=None, other__merged_into=None)
    return pairs_for(actor).filter(counting, ~Exists(asked), state=Pair.State.OPEN)


def waiting_pairs(actor: Actor) -> QuerySet[Pair]:
    """A merge was asked for: somebody else confirms it or not."""
    asked = Merge.objects.filter(pair=OuterRef("pk"), state=Merge.State.ASKED)
    return pairs_for(actor).filter(Exists(asked))


def said_pairs(actor: Actor) -> QuerySet[Pair]:
    return pairs_for(actor).exclude(state=Pair.State.OPEN).order_by("-said_at", "-id")


def open_pair_of(actor: Actor, person: Person) -> Pair | None:
    """For the warning on a person's file: the first other file that is probably theirs."""
    mine = Q(one=person) | Q(other=person)
    return pairs_for(actor).filter(mine, state=Pair.State.OPEN, one__merged_into=None, other__merged_into=None).first()


def merge_of(pair: Pair) -> Merge | None:
    """The one that waits or was done; None while nobody asked, or after a no."""
    living = (Merge.State.ASKED, Merge.State.DONE)
    return Merge.objects.filter(pair=pair, state__in=living).select_related("kept", "gone").first()


def merges_of(person: Person) -> list[Merge]:
    """What was merged into this file, newest first."""
    done = Merge.objects.filter(kept=person, state=Merge.State.DONE)
    return list(done.select_related("gone").order_by("-decided_at"))
