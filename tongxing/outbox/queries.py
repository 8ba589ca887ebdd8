"""Reads of messages: a person's own, and those that did not arrive, for whoever can go and tell."""

from __future__ import annotations

from django.db.models import QuerySet

from tongxing.accounts.access import Actor
from tongxing.outbox.models import Message
from tongxing.registry.models import Person
from tongxing.registry.queries import people_for, within

CODE = "code"  # the kind of a sign-in code, which is nobody's news


def messages_about(person: Person, most: int = 50) -> list[Message]:
    """What the person was told, newest first, codes left out."""
    return list(Message.objects.filter(person=person).exclude(kind=CODE)[:most])


def texts_on_phone_of(person: Person, most: int = 30) -> list[Message]:
    """What stands on their simulated phone, codes too, and what will soon."""
    texts = Message.objects.filter(to=person, channel=Message.Channel.SMS)
    return list(texts.exclude(state=Message.State.FAILED)[:most])


def texts_to_strangers(most: int = 10) -> list[Message]:
    """What went to numbers of nobody known; for the simulated phone of a demo."""
    texts = Message.objects.filter(to=None, channel=Message.Channel.SMS)
    return list(texts.exclude(state=Message.State.FAILED)[:most])


def undelivered(prefix: str) -> QuerySet[Message]:
    """What did not arrive in this area and nobody has told yet, oldest first."""
    failed = Message.objects.filter(within(prefix, "person__village_code"), state=Message.State.FAILED)
    return failed.exclude(kind=CODE).select_related("person").order_by("id")


def undelivered_for(actor: Actor) -> QuerySet[Message]:
    """Of those the ones about people whom the actor's purpose shows."""
    found = undelivered(actor.prefix)
    return found if actor.people == "all" else found.filter(person__in=people_for(actor).values("pk"))
