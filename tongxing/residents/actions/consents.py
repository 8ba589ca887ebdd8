"""Saying yes to a text, and taking it back as easily (S36)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.registry.models import Person
from tongxing.registry.queries import acting_guardians, check_person, person_for
from tongxing.residents.access import HELPER, LINKED
from tongxing.residents.children import CHILD
from tongxing.residents.consents import TEXTS
from tongxing.residents.models import Consent

FILLED = "filled"  # the consent to somebody who helps to write
GUARDIAN = "guardian"  # the role of whoever acts for a ward


@transaction.atomic
def agree_to(*, by: Actor | None, person: Person, kind: str, channel: str) -> Consent:
    """A yes to the text in force. The same yes again is the one that stands."""
    actor = check_person(by, person, Right.OWN_AFFAIRS, Right.OPEN_CASE)
    return _given(actor, person, kind, channel)


@transaction.atomic
def agree_for_child(*, by: Actor | None, person: Person, channel: str) -> Consent:
    """The guardian's yes for a child under 14: on the page, in the text's link, or said to the officer beside them.

    Raises PermissionDenied for the child alone, who cannot say it (S28).
    """
    check_may(by, Right.OWN_AFFAIRS)
    assert by is not None
    if person_for(by, person.pk) is None:
        raise PermissionDenied("这个人的事不归这个账号办。")
    if not may_agree_for_child(by, person):
        raise PermissionDenied("这要监护人来答应。请监护人登录，或者请村里来办。")
    acting = acting_guardians([person.pk], timezone.localdate()).get(person.pk)
    named = by.name if by.role == GUARDIAN else acting.name if acting else ""
    return _given(by, person, CHILD, channel, named)


def may_agree_for_child(by: Actor, person: Person) -> bool:
    """A link counts where the texts go to the guardian's phone."""
    return by.role in (GUARDIAN, HELPER) or (by.role == LINKED and person.contact == Person.Contact.GUARDIAN)


def _given(actor: Actor, person: Person, kind: str, channel: str, given_by: str = "") -> Consent:
    text = TEXTS[kind]
    standing = Consent.objects.select_for_update().filter(person=person, kind=kind, withdrawn_at=None).first()
    if standing is not None:
        if standing.version == text.version:
            return standing
        Consent.objects.filter(pk=standing.pk).update(withdrawn_at=timezone.now())
    helper = "" if actor.role in ("resident", GUARDIAN, LINKED) else actor.label
    given = Consent.objects.create(
        person=person,
        kind=kind,
        version=text.version,
        channel=channel,
        helper_label=helper,
        given_by_label=given_by[:60],
        given_at=timezone.now(),
    )
    record(by=actor, verb="residents.agreed", subject=f"person:{person.pk}", kind=kind, version=text.version)
    return given


@transaction.atomic
def agree_to_helper(*, by: Actor | None, person: Person, helper: str) -> Consent:
    """A yes to this one who helps to write, said on the page; another helper ends the yes to the one before."""
    check_person(by, person, Right.OWN_AFFAIRS)
    standing = Consent.objects.select_for_update().filter(person=person, kind=FILLED, withdrawn_at=None)
    if known := standing.filter(helper_label=helper[:80], version=TEXTS[FILLED].version).first():
        return known
    now = timezone.now()
    standing.update(withdrawn_at=now)
    given = Consent.objects.create(
        person=person,
        kind=FILLED,
        version=TEXTS[FILLED].version,
        channel=Consent.Channel.PAGE,
        helper_label=helper[:80],
        given_at=now,
    )
    record(by=by, verb="residents.agreed", subject=f"person:{person.pk}", kind=FILLED, version=given.version)
    return given


@transaction.atomic
def withdraw(*, by: Actor | None, consent: Consent) -> Consent:
    """Taken back at once; taken back twice, the first time stays."""
    check_may(by, Right.OWN_AFFAIRS)  # nothing holds back whoever takes a yes back
    assert by is not None
    if person_for(by, consent.person_id) is None:
        raise PermissionDenied("这个人的事不归这个账号办。")
    open_one = Consent.objects.filter(pk=consent.pk, withdrawn_at=None)
    if open_one.update(withdrawn_at=timezone.now()) == 1:
        record(by=by, verb="residents.withdrew", subject=f"person:{consent.person_id}", kind=consent.kind)
    consent.refresh_from_db()
    return consent


def check_agreed(person: Person, kind: str) -> Consent:
    """The standing consent; raises PermissionDenied without one."""
    found = Consent.objects.filter(person=person, kind=kind, withdrawn_at=None).first()
    if found is None:
        raise PermissionDenied("本人还没有同意代办。请先念给本人听，再记下同意。")
    return found
