"""Asking an office to look into something, and its answer."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.journal.actions import record
from tongxing.outbox import actions as outbox
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.registry.queries import check_person
from tongxing.residents import offices
from tongxing.residents.models import Request
from tongxing.residents.queries import place_of, requests_for

MOST, LONGEST = 20, 500  # open requests a person; characters


@transaction.atomic
def ask_office(*, by: Actor | None, person: Person, kind: str, words: str, fact: str = "") -> Request:
    """Into the queue of the office that answers for it. The same request again is the one that waits.

    Raises ValidationError without words, and with how to go on when too many wait.
    """
    actor = check_person(by, person, Right.OWN_AFFAIRS)
    said = words.strip()[:LONGEST]
    if not said and kind != Request.Kind.VISIT:
        raise ValidationError("请写一句：现在是什么样，应该是什么样。")
    waiting = Request.objects.select_for_update().filter(person=person, answered_at=None)
    if same := waiting.filter(kind=kind, fact=fact).first():
        return same
    if waiting.count() >= MOST:
        raise ValidationError("您已经提了很多条，正在办。急的请打 12345。")
    office = offices.of(kind, fact, is_protected=person.is_protected)
    now = timezone.now()
    made = Request(
        person=person,
        kind=kind,
        fact=fact,
        role=office.role,
        department=office.department,
        village_code=person.village_code,
        asked_at=now,
        asked_by_label=actor.label,
        due_date=offices.due(timezone.localdate(now)),
    )
    made.words_sealed = ring().seal(said, place=place_of(made, "words"))
    made.save()
    record(by=actor, verb="residents.asked", subject=f"person:{person.pk}", kind=kind, fact=fact, request=made.pk)
    return made


@transaction.atomic
def answer_request(*, by: Actor | None, request: Request, words: str) -> Request:
    """What the office found and did; the person reads it in their pages and gets a text. Answered once."""
    if by is None or not requests_for(by).filter(pk=request.pk).exists():
        raise PermissionDenied("这一条不在您的队列里，或者已经答复过了。")
    if not words.strip():
        raise ValidationError("请写一句答复：查到什么，改了没有。")
    open_one = Request.objects.filter(pk=request.pk, answered_at=None)
    sealed = ring().seal(words.strip()[:LONGEST], place=place_of(request, "answer"))
    told = {"answer_sealed": sealed, "answered_at": timezone.now(), "answered_by_label": by.label}
    if open_one.update(**told) != 1:
        raise PermissionDenied("这一条已经答复过了。")
    request.refresh_from_db()
    record(by=by, verb="residents.answered", subject=f"person:{request.person_id}", request=request.pk)
    news = outbox.News(
        request.person,
        "answer",
        "您提的事有答复了。请在“我的资料”里看。",
        f"request:{request.pk}",
        f"answer {request.pk}",
    )
    outbox.post(by=by, news=news)
    return request
