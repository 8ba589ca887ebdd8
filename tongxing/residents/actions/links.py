"""Links in texts: each opens one thing for one answer, until a day, once. The token is in the text alone."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.journal.actions import record
from tongxing.registry.models import Person
from tongxing.residents.fingerprints import fingerprint
from tongxing.residents.models import Link

GOOD_FOR = timedelta(days=30)


@transaction.atomic
def give_links(*, subjects: Sequence[tuple[Person, str]]) -> list[str]:
    """A token for each (person, subject), in their order; in the transaction of whoever posts the texts."""
    now = timezone.now()
    tokens = [secrets.token_urlsafe(16) for _ in subjects]
    rows = zip(subjects, tokens, strict=True)
    Link.objects.bulk_create(
        [
            Link(
                person=person,
                subject=subject,
                token=fingerprint("link", token),
                made_at=now,
                until_at=now + GOOD_FOR,
            )
            for (person, subject), token in rows
        ],
        batch_size=500,
    )
    return tokens


@transaction.atomic
def use_link(*, by: Actor | None, link: Link) -> bool:
    """Whether this caller used it: of two presses one does, in the transaction of the answer."""
    used = Link.objects.filter(pk=link.pk, used_at=None, until_at__gt=timezone.now()).update(used_at=timezone.now())
    if used == 1:
        record(by=by, verb="residents.link_used", subject=f"person:{link.person_id}", about=link.subject)
    return used == 1
