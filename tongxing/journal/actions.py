"""Append to the journal. There is no other verb: entries are never changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.journal.models import Entry, Once
from tongxing.journal.words import SUBJECTS, VERBS
from tongxing.lib.chain import START, canonical, link

# One writer at a time numbers the chain; on PostgreSQL by this advisory lock, on SQLite by IMMEDIATE transactions.
CHAIN_LOCK = 7_20_07_79


@dataclass(frozen=True)
class Note:
    """What is to be recorded. `subject` is 'kind:id'; `detail` holds no names and no numbers of people."""

    verb: str
    subject: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Raises ValueError for what `words` cannot say: whoever it is about reads it one day."""
        kind = self.subject.partition(":")[0]
        if self.verb not in VERBS or kind not in ("", *SUBJECTS):
            raise ValueError(f"journal/words.py does not say what {self.verb} of {kind} means")


def record(*, by: Actor | None, verb: str, subject: str = "", **detail: Any) -> Entry:
    """One entry, in the caller's transaction."""
    return record_many(by=by, notes=[Note(verb, subject, detail)])[0]


@transaction.atomic
def record_many(*, by: Actor | None, notes: Iterable[Note]) -> list[Entry]:
    """Entries in order, chained to the last one (S13)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = Entry.objects.order_by("-number").values_list("number", "hash").first()
    number, previous = (last[0], bytes(last[1])) if last else (0, START)
    now = timezone.now().astimezone(UTC)
    entries = []
    for following, note in enumerate(notes, number + 1):
        entry = _entry(following, now, by, note)
        entry.previous_hash = previous
        entry.hash = previous = link(previous, entry.content())
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=500)
    return entries


def _entry(number: int, now: datetime, by: Actor | None, note: Note) -> Entry:
    return Entry(
        number=number,
        at=now,
        actor_id=by.user_id if by else None,
        actor_label=by.label if by else "系统",
        verb=note.verb,
        subject=note.subject,
        purpose=by.purpose if by else "",
        detail=dict(note.detail),
    )


class OtherContent(Exception):
    """The same key came with other content: a mistake of the sender, never carried out."""


@transaction.atomic
def once(*, key: str, content: Mapping[str, str], work: Callable[[], str]) -> str:
    """Does `work` the first time a key comes and gives its result again whenever the key comes back (R6, R7).

    The key and what `work` changes are one transaction: a key is kept only if the change is. Raises OtherContent.
    """
    fingerprint = sha256(canonical(dict(content))).hexdigest()
    known = Once.objects.select_for_update().filter(key=key).first()
    if known is None:
        try:
            with transaction.atomic():
                known = Once.objects.create(key=key, fingerprint=fingerprint, result="")
        except IntegrityError:  # another process was first: its result is ours
            known = Once.objects.select_for_update().get(key=key)
        else:
            known.result = work()
            known.save(update_fields=["result"])
            return known.result
    if known.fingerprint != fingerprint:
        raise OtherContent("这一页已经交过一次，内容不一样。请刷新后再交。")
    return known.result
