"""Writing down what the person says for themselves, and where guardian and ward may not want the same (S29)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.registry.queries import check_person
from tongxing.residents.models import Conflict, Voice
from tongxing.residents.voices import conflict_of, is_retold, place_of, voices_of

LONGEST = 500
Word = tuple[str, str]  # how it was expressed, one of Voice.How; and what was said, or why nobody asked


@transaction.atomic
def hear(*, by: Actor | None, person: Person, case_number: str, how: str, words: str) -> Voice:
    """The person's own words on this case, or why nobody asked; marked where a guardian tells them.

    The same words again are the row that stands. Raises ValidationError with what is missing.
    """
    actor = check_person(by, person, Right.WORK_CASE, Right.OWN_AFFAIRS)
    if how not in Voice.How.values:
        raise ValidationError("请选怎么说的。没有问到，也选上。")
    said = _said(words, "请写下本人的意思。没有问到，写为什么。")
    if standing := _standing(case_number, actor, how, said):
        return standing
    now = timezone.now()
    made = Voice.objects.create(
        person=person,
        case_number=case_number,
        how=how,
        words_sealed=ring().seal(said, place=place_of("voice", person.pk, now)),
        is_retold=is_retold(actor),
        by_user_id=actor.user_id,
        by_label=actor.label,
        heard_at=now,
    )
    record(by=actor, verb="residents.heard", subject=f"person:{person.pk}", case=case_number, how=how)
    return made


def _standing(case_number: str, by: Actor, how: str, words: str) -> Voice | None:
    """The last that was written down, if it is this already."""
    last, said = next(iter(voices_of(case_number)), (None, ""))
    is_same = last is not None and (last.how, last.by_user_id, said) == (how, by.user_id, words)
    return last if is_same else None


def _said(words: str, missing: str) -> str:
    if not words.strip():
        raise ValidationError(missing)
    return words.strip()[:LONGEST]


@transaction.atomic
def raise_conflict(*, by: Actor | None, person: Person, kind: str, words: str) -> Conflict:
    """From now on two people look at each decision. The one that stands stays. Raises ValidationError."""
    actor = check_person(by, person, Right.WORK_CASE)
    if standing := conflict_of(person):
        return standing
    if kind not in Conflict.Kind.values:
        raise ValidationError("请选是哪一种。")
    now, said = timezone.now(), _said(words, "请写一句看到了什么。")
    made = Conflict.objects.create(
        ward=person,
        kind=kind,
        words_sealed=ring().seal(said, place=place_of("conflict", person.pk, now)),
        set_by_id=actor.user_id,
        set_by_label=actor.label,
        set_at=now,
    )
    record(by=actor, verb="residents.conflict", subject=f"person:{person.pk}", kind=kind)
    return made


@transaction.atomic
def settle_conflict(*, by: Actor | None, person: Person) -> Conflict | None:
    """Looked into, by somebody else than the one who raised it. Nothing stands: nothing happens."""
    actor = check_person(by, person, Right.DECIDE_CASE)
    standing = conflict_of(person)
    if standing is None:
        return None
    if standing.set_by_id == actor.user_id:
        raise PermissionDenied("这是您提的，要由另一个人看过再了结。")
    open_one = Conflict.objects.filter(pk=standing.pk, ended_at=None)
    if open_one.update(ended_at=timezone.now(), ended_by_label=actor.label) == 1:
        record(by=actor, verb="residents.conflict_over", subject=f"person:{person.pk}")
    standing.refresh_from_db()
    return standing
