"""A visitor of whom nothing is known writes: kept under their key; with their phone; taken over once it is known who.

Nothing here is anybody's file until it is known whose: no look, no fact, no case.
"""

from __future__ import annotations

import json
import secrets
from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.applications.actions.drafts import KEPT_FOR, KIND, Said, keep
from tongxing.applications.actions.sending import attach, read_paper
from tongxing.applications.guests import LATER, UNSURE, Guest, guest_of, mark_of, ring_of
from tongxing.applications.models import GuestDraft, GuestPaper
from tongxing.casework.catalogue import known
from tongxing.casework.refusal import Refused
from tongxing.content.instance import pack
from tongxing.journal.actions import record
from tongxing.lib.dates import spoken_date
from tongxing.outbox import actions as outbox
from tongxing.registry.actions import Told, answer
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.registry.queries import check_person, household_of

RESTS = timedelta(minutes=30)  # after the last page, while nobody gave a phone
FIRST_PAGES = ("kind", "home", "slot")  # what the first certificate asks


@transaction.atomic
def begin_as_guest(*, service: str, token: str = "") -> Guest:
    """An empty draft and its key. Nothing is written down of who it is, for nobody knows. Raises Refused.

    `token`: the key that the page made which asks (`new_key`); pressed twice it opens one draft, and the same.
    """
    offered = known().get(service)
    if offered is None or "resident" not in offered.starts:
        raise Refused("没有这一项。请从“办一件事”里选。")
    token = token or new_key()
    guest = Guest(GuestDraft(mark=mark_of(token), service=service), token)
    try:
        with transaction.atomic():
            _write(guest, {})
    except IntegrityError:  # the other press of the same page was first; or it is the key of another service's page
        return guest_of(token, service) or begin_as_guest(service=service)
    return guest


def new_key() -> str:
    return urlsafe_b64encode(secrets.token_bytes(32)).decode().rstrip("=")


@transaction.atomic
def write_as_guest(*, guest: Guest, said: Mapping[str, Sequence[str]]) -> Guest:
    """All answers so far, in place of what was there."""
    _write(guest, said)
    return Guest(guest.draft, guest.token)


def _write(guest: Guest, said: Mapping[str, Sequence[str]]) -> None:
    draft, now = guest.draft, timezone.now()
    plain = json.dumps({name: list(values) for name, values in said.items()}, ensure_ascii=False)
    draft.answers_sealed = ring_of(guest.token).seal(plain, place=guest.place)
    draft.saved_at, draft.until_at = now, now + (KEPT_FOR if draft.number else RESTS)
    draft.save()


@transaction.atomic
def attach_as_guest(*, guest: Guest, item: str, content: bytes) -> GuestPaper:
    """One paper of this item, in place of an earlier one. Raises Refused saying how to put it right (S23)."""
    kept = read_paper(guest.draft.service, item, content)
    sealed = ring_of(guest.token).seal(b64encode(kept).decode(), place=f"{guest.place}.{item}")
    paper, _ = GuestPaper.objects.update_or_create(draft=guest.draft, item=item, defaults={"sealed": sealed})
    _write(guest, guest.said)
    return paper


@transaction.atomic
def keep_as_guest(*, guest: Guest, phone: str) -> GuestDraft:
    """Thirty days, with the phone that was just proved; its number goes there by text. Twice is once."""
    draft = number_it(guest=guest, phone=phone)
    words = (
        f"您有一份没写完，替您留到 {spoken_date(timezone.localdate(draft.until_at))}。"
        f"接着写：{settings.SITE}/apply/back/ 填编号 {draft.spoken_number}。要帮忙打 12345。"
    )
    outbox.post(by=None, news=outbox.News(None, KIND, words, once=f"guest {draft.pk}", number=phone))
    return draft


@transaction.atomic
def number_it(*, guest: Guest, phone: str) -> GuestDraft:
    """With a number, and its key kept for whoever holds this phone."""
    draft = GuestDraft.objects.select_for_update().get(pk=guest.draft.pk)
    if draft.number is None:
        draft.number = f"{secrets.randbelow(9 * 10**7) + 10**7}"
        draft.key_sealed = ring().seal(guest.token, place=f"guest.key.{draft.number}")
        record(by=None, verb="applications.kept", service=draft.service)
    draft.phone_index = ring().blind_index("phone", phone)
    _write(Guest(draft, guest.token), guest.said)
    return draft


@transaction.atomic
def take_over(*, by: Actor | None, person: Person, guest: Guest, source: str) -> None:
    """It is known whose it is: what was said of facts becomes the person's word, the rest their own draft.

    `source`: who says so, as of every fact that is told. What cannot be written down, as of a household that nobody
    has, is asked again. Raises PermissionDenied.
    """
    check_person(by, person, Right.OWN_AFFAIRS)
    assert by is not None
    service = guest.draft.service
    told = tell_facts(by=by, person=person, guest=guest, source=source)
    said = {name: values for name, values in guest.said.items() if name in (*FIRST_PAGES, UNSURE, LATER)}
    at = "need" if "kind" in said else ""
    keep(by=by, person=person, service=service, said=Said(at, said | {"told": told}))
    for item, content in papers_of(guest):
        attach(by=by, person=person, service=service, item=item, content=content)
    guest.draft.delete()
    record(by=by, verb="applications.taken_over", subject=f"person:{person.pk}", service=service)


def tell_facts(*, by: Actor, person: Person, guest: Guest, source: str) -> list[str]:
    """The facts that were written down."""
    household, today, told = household_of(person), timezone.localdate(), []
    for fact, words in guest.facts.items():
        if pack(settings.PACK).facts[fact].unit == "household" and household is None:
            continue
        answer(person=person, household=household, told=Told(fact, words, source, today), by=by)
        told.append(fact)
    return told


def papers_of(guest: Guest) -> list[tuple[str, bytes]]:
    """(item, content) of what was handed in."""
    opens = ring_of(guest.token)
    rows = GuestPaper.objects.filter(draft=guest.draft)
    return [(row.item, b64decode(opens.open(bytes(row.sealed), place=f"{guest.place}.{row.item}"))) for row in rows]


@transaction.atomic
def forget_guests(*, now: datetime) -> int:
    """What nobody came back to in time, unless a township still looks at it. How many."""
    gone = GuestDraft.objects.filter(until_at__lte=now).exclude(check_of__answered_at=None, check_of__isnull=False)
    count = gone.count()
    gone.delete()
    return count
