"""What somebody began to ask for is kept page by page, and goes when it is sent, dropped or too old (A16)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.applications.models import Draft
from tongxing.journal.actions import record
from tongxing.lib.dates import spoken_date
from tongxing.outbox import actions as outbox
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.registry.queries import check_person

KEPT_FOR = timedelta(days=30)  # after the last page that was written
KIND = "draft"


@dataclass(frozen=True)
class Said:
    """The page to come back to, and every answer so far: {control: what was chosen or typed}."""

    at: str
    answers: Mapping[str, Sequence[str]]


@transaction.atomic
def keep(*, by: Actor | None, person: Person, service: str, said: Said) -> Draft:
    """The one draft of this person and service, with what was said last. The journal tells of its beginning alone.

    Raises PermissionDenied.
    """
    check_person(by, person, Right.OWN_AFFAIRS)
    now = timezone.now()
    sealed = ring().seal(json.dumps(dict(said.answers), ensure_ascii=False), place=Draft.place(person.pk, service))
    kept = {"at": said.at, "answers_sealed": sealed, "saved_at": now, "until_date": timezone.localdate() + KEPT_FOR}
    number = f"{secrets.randbelow(9 * 10**7) + 10**7}"
    draft, begun = Draft.objects.update_or_create(
        person=person, service=service, defaults=kept, create_defaults=kept | {"number": number, "begun_at": now}
    )
    if begun:
        record(by=by, verb="applications.begun", subject=f"person:{person.pk}", service=service)
    return draft


@transaction.atomic
def drop(*, by: Actor | None, person: Person, service: str) -> bool:
    """Gone at once, because it was sent or is not wanted. False if there was none."""
    check_person(by, person, Right.OWN_AFFAIRS, Right.OPEN_CASE)
    count, _ = Draft.objects.filter(person=person, service=service).delete()
    if count:
        record(by=by, verb="applications.dropped", subject=f"person:{person.pk}", service=service)
    return bool(count)


@transaction.atomic
def remind(*, by: Actor | None, draft: Draft) -> None:
    """A text with the number with which it is taken up again; once a draft. It does not say what was asked for."""
    check_person(by, draft.person, Right.OWN_AFFAIRS)
    words = (
        f"您有一份没写完，替您留到 {spoken_date(draft.until_date)}。接着写：{settings.SITE}/apply/back/ "
        f"填编号 {draft.spoken_number}。要帮忙打 12345。"
    )
    outbox.post(by=by, news=outbox.News(draft.person, KIND, words, once=f"{KIND} {draft.pk}"))
    record(by=by, verb="applications.reminded", subject=f"person:{draft.person_id}", service=draft.service)


@transaction.atomic
def forget_drafts(*, today: date) -> int:
    """Those whose days are over. How many."""
    count, _ = Draft.objects.filter(until_date__lt=today).delete()
    if count:
        record(by=None, verb="applications.forgotten", drafts=count)
    return count
