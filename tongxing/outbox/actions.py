"""Posting news in the caller's transaction, and sending what waits, outside of any.

A text is sent once: one update of one row claims it, and a provider is given the same reference again and again. What
is not heard of within four minutes goes to the next provider; what nobody delivers waits for somebody to go and tell.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.outbox.models import Message
from tongxing.outbox.providers import Provider, Receipt, Text, providers
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.registry.queries import acting_guardians, check_person

logger = logging.getLogger(__name__)
State, Why = Message.State, Message.Why
PATIENCE = timedelta(minutes=4)  # without a receipt; the next provider has it within five
FORGOTTEN = timedelta(days=2)  # no receipt comes after that
MOST = 200  # texts a round


@dataclass(frozen=True)
class News:
    """`once` names the event, so that it is told once. `kind` is a word such as proposal, ask, decision.

    `due_at`: not sent before then; None is at once. `number`: to this one, whatever number the person has by then;
    without it nobody who is not known (`person` None) can be told.
    """

    person: Person | None
    kind: str
    words: str
    subject: str = ""
    once: str = ""
    due_at: datetime | None = None
    number: str = ""


@transaction.atomic
def post(*, by: Actor | None, news: News) -> Message:
    """One message, in the caller's transaction: rolled back with it, never sent without it."""
    return post_many(by=by, news=[news])[0]


@transaction.atomic
def post_many(*, by: Actor | None, news: Sequence[News]) -> list[Message]:
    """In the order of `news`. News that was posted before is the message that we have.

    The message is the record: what it tells of stands in the journal already.
    """
    known = {m.once: m for m in Message.objects.filter(once__in=[n.once for n in news if n.once])}
    guarded = [n.person.pk for n in news if n.person and n.person.contact == Person.Contact.GUARDIAN]
    guardians = acting_guardians(guarded, timezone.localdate())
    fresh = {id(n): _message(n, _receiver(n.person, guardians)) for n in news if n.once not in known}
    Message.objects.bulk_create(fresh.values(), batch_size=500)
    return [fresh.get(id(n)) or known[n.once] for n in news]


def _receiver(person: Person | None, guardians: Mapping[int, Person]) -> Person | None:
    return guardians.get(person.pk, person) if person else None


def _message(news: News, to: Person | None) -> Message:
    reference = secrets.token_hex(16)
    has_phone = bool(news.number) or (
        to is not None and to.phone_sealed is not None and to.contact != Person.Contact.NO_PHONE
    )
    return Message(
        person=news.person,
        to=to,
        kind=news.kind,
        subject=news.subject,
        reference=reference,
        once=news.once or None,
        words_sealed=ring().seal(news.words, place=f"message.{reference}"),
        number_sealed=ring().seal(news.number, place=f"message.number.{reference}") if news.number else None,
        channel=Message.Channel.SMS if has_phone else Message.Channel.IN_SITE,
        state=State.QUEUED if has_phone else State.FAILED,
        why="" if has_phone else Why.NO_PHONE,
        posted_at=(now := timezone.now()),
        due_at=news.due_at or now,
    )


@transaction.atomic
def take_back(*, subjects: Sequence[str]) -> int:
    """What was said of these and has not been sent yet is never sent. How many."""
    gone, _ = Message.objects.filter(subject__in=subjects, state__in=(State.QUEUED, State.FAILED), tries=0).delete()
    return gone


def send_due(*, now: datetime) -> int:
    """1 note the receipts  2 pass on what is not heard of  3 hand over what waits. How many were handed over.

    Each step changes one row at a time and may be killed after any of them: what was claimed and not handed over is
    not heard of, and so goes on with step 2.
    """
    known = providers()
    for provider in known:
        _note_receipts(provider, now, len(known))
    _pass_on_silent(now, len(known))
    waiting = Message.objects.filter(state=State.QUEUED, due_at__lte=now).select_related("to")
    return sum(_hand_over(message, known, now) for message in waiting.order_by("id")[:MOST])


def _hand_over(message: Message, known: list[Provider], now: datetime) -> bool:
    """Whether this caller handed it over; of two at the same moment, one does."""
    provider, number = known[message.tries % len(known)], message.number
    if number is None:
        _fail(message, Why.NO_PHONE)
        return False
    claim = Message.objects.filter(pk=message.pk, state=State.QUEUED, tries=message.tries)
    index = ring().blind_index("phone", number)
    claimed = {"state": State.SENT, "tries": message.tries + 1, "provider": provider.name, "handed_at": now}
    if claim.update(**claimed, number_index=index) != 1:
        return False
    message.refresh_from_db()
    try:
        taken = provider.hand_over(Text(message.reference, number, message.words, now))
    except Exception:
        logger.exception("provider %s failed", provider.name)
        taken = False
    if not taken:
        _refused(message, len(known))
    return taken


def _note_receipts(provider: Provider, now: datetime, count: int) -> None:
    """A receipt that comes twice or late changes nothing that is settled."""
    open_ones = Message.objects.filter(state=State.SENT, handed_at__gt=now - FORGOTTEN).select_related("to")
    sent = {m.reference: m for m in open_ones.order_by("handed_at")[: 10 * MOST]}
    texts = [
        Text(m.reference, m.number or "", "", m.handed_at)
        for m in sent.values()
        if m.handed_at and m.provider == provider.name
    ]
    for receipt in provider.receipts(texts, now) if texts else []:
        note_receipt(receipt=receipt, provider=provider.name, now=now, providers=count)


def note_receipt(*, receipt: Receipt, provider: str, now: datetime, providers: int = 2) -> bool:
    """Whether it told anything new. "Arrived" counts from whichever provider it comes, also after all was given up;
    "did not arrive" only from the one that has it now."""
    found = Message.objects.filter(reference=receipt.reference)
    if receipt.arrived:
        open_ones = found.exclude(state=State.DELIVERED)
        return open_ones.update(state=State.DELIVERED, why="", done_at=now, provider=provider) == 1
    message = found.filter(state=State.SENT, provider=provider).first()
    return message is not None and _refused(message, providers)


def _pass_on_silent(now: datetime, count: int) -> None:
    for message in Message.objects.filter(state=State.SENT, handed_at__lte=now - PATIENCE).order_by("id")[:MOST]:
        _refused(message, count, Why.SILENT)


def _refused(message: Message, count: int, why: str = Why.REFUSED) -> bool:
    """On to the next provider; after the last it has failed."""
    if message.tries >= count:
        return _fail(message, why)
    same = Message.objects.filter(pk=message.pk, state=State.SENT, tries=message.tries)
    return same.update(state=State.QUEUED) == 1


def _fail(message: Message, why: str) -> bool:
    same = Message.objects.filter(pk=message.pk, tries=message.tries).exclude(state=State.DELIVERED)
    return same.update(state=State.FAILED, why=why, done_at=timezone.now()) == 1


@transaction.atomic
def tell(*, by: Actor | None, message: Message) -> Message:
    """Somebody went and told the person. Told twice, the first one stays."""
    if message.person is None:
        raise PermissionDenied("这条短信不是发给库里的人的。")
    actor = check_person(by, message.person, Right.SEE_PERSON)
    failed = Message.objects.filter(pk=message.pk, state=State.FAILED)
    told = {"state": State.DELIVERED, "done_at": timezone.now(), "told_by_label": actor.label}
    if failed.update(**told) == 1:
        record(by=by, verb="outbox.told", subject=f"person:{message.person_id}", message=message.pk)
    message.refresh_from_db()
    return message
