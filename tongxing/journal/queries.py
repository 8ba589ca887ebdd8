"""Reads of the journal, and the proof that nobody changed it."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from tongxing.accounts.access import Actor
from tongxing.journal.anchors import read_anchors
from tongxing.journal.models import Entry
from tongxing.lib.chain import Break, Linked, verify


def looks_at(*subjects: str) -> QuerySet[Entry]:
    """Who looked at or changed this subject, newest first; several are one person under the numbers of merged files."""
    return Entry.objects.filter(subject__in=subjects).order_by("-number")


LOOKS = ("registry.looked", "registry.unmasked", "lists.unmasked", "urgent.looked", "case.looked", "residents.copied")


def changes_since(subjects: list[str], number: int) -> QuerySet[Entry]:
    """What was done to one of these after the entry with this number, looks left out."""
    return Entry.objects.filter(subject__in=subjects, number__gt=number).exclude(verb__in=LOOKS)


def entries_for(actor: Actor) -> QuerySet[Entry]:
    """The whole journal for the audit administrator; the right is checked at the page."""
    return Entry.objects.order_by("-number")


def stored_chain() -> Iterator[Linked]:
    """Every entry in order, streamed."""
    for entry in Entry.objects.order_by("number").iterator(chunk_size=5000):
        yield Linked(entry.number, entry.content(), bytes(entry.previous_hash), bytes(entry.hash))


def first_break() -> Break | None:
    """The first place where the stored journal is not what was written, anchors outside the database included."""
    return verify(stored_chain(), read_anchors())
