"""A person becomes a user when they first come in."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from tongxing.accounts.models import User
from tongxing.journal.actions import record
from tongxing.registry.models import Person
from tongxing.residents.models import ResidentAccount


@transaction.atomic
def account_of(*, person: Person) -> ResidentAccount:
    """The person's account, made if there is none yet; nobody ever has a password for it."""
    known = ResidentAccount.objects.select_related("user", "person")
    if found := known.filter(person=person).first():
        return found
    try:
        with transaction.atomic():
            user = User.objects.create(
                username=f"resident-{person.pk}", name=person.name[:40], password=make_password(None)
            )
            made = ResidentAccount.objects.create(user=user, person=person)
    except IntegrityError:  # another process was first
        return known.get(person=person)
    record(by=None, verb="residents.account", subject=f"person:{person.pk}", user=user.pk)
    return made
