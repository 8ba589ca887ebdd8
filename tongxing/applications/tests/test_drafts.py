"""A16: what was begun is kept for its days and for its person, and goes when it is sent, dropped or too old."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.applications import actions
from tongxing.applications.actions import Said, Wish
from tongxing.applications.models import Draft
from tongxing.applications.queries import answers_in, draft_by_number, draft_of, drafts_of
from tongxing.casework.tests.conftest import People, people
from tongxing.outbox.models import Message
from tongxing.registry.models import Person
from tongxing.residents.access import resident_actor
from tongxing.residents.actions import account_of

__all__ = ["people"]
FIRST = "first_certificate"
SAID = Said("slot", {"kind": ["limb", "visual"], "home": ["no"], "slot": [""]})


def as_self(person: Person) -> Actor:
    return resident_actor(account_of(person=person).user, person, timezone.localdate())


@pytest.fixture
def wei(people: People) -> Person:
    """Without a certificate."""
    return cast.new_person(3)


def begun(person: Person, said: Said = SAID) -> Draft:
    return actions.keep(by=as_self(person), person=person, service=FIRST, said=said)


def test_what_was_said_last_is_kept_under_the_first_number(wei: Person) -> None:
    first, second = begun(wei, Said("need", {})), begun(wei)
    assert first.number == second.number and len(first.number) == 8
    kept = draft_of(wei, FIRST)
    assert kept is not None and kept.at == "slot"
    assert answers_in(kept) == SAID.answers
    assert b"limb" not in bytes(kept.answers_sealed)


def test_a_draft_stays_thirty_days_after_its_last_page_and_not_longer(wei: Person) -> None:
    begun(wei)
    today = timezone.localdate()
    assert actions.forget_drafts(today=today + timedelta(days=30)) == 0
    assert actions.forget_drafts(today=today + timedelta(days=31)) == 1
    assert drafts_of(wei) == []


def test_sent_or_dropped_it_is_gone(wei: Person) -> None:
    begun(wei)
    actions.apply_first(by=as_self(wei), person=wei, wish=Wish(["limb"]))
    assert not Draft.objects.exists()
    begun(wei)
    assert actions.drop(by=as_self(wei), person=wei, service=FIRST)
    assert not actions.drop(by=as_self(wei), person=wei, service=FIRST), "twice changes nothing"


def test_a_stranger_keeps_drops_and_finds_nothing(people: People, wei: Person) -> None:
    draft, stranger = begun(wei), as_self(people.person)
    with pytest.raises(PermissionDenied):
        actions.keep(by=stranger, person=wei, service=FIRST, said=SAID)
    with pytest.raises(PermissionDenied):
        actions.drop(by=stranger, person=wei, service=FIRST)
    with pytest.raises(PermissionDenied):
        actions.keep(by=people.worker, person=wei, service=FIRST, said=SAID)
    assert draft_by_number(draft.number, [people.person.pk]) is None
    assert draft_by_number(draft.number, [wei.pk]) == draft


def test_the_text_says_the_number_once_and_not_what_was_asked_for(wei: Person) -> None:
    draft = begun(wei)
    for _ in range(2):
        actions.remind(by=as_self(wei), draft=draft)
    words = Message.objects.get(person=wei).words
    assert draft.spoken_number in words and "残疾" not in words
