"""阿甲 with a phone, signed in; the officers around; and a case wherever a test wants it."""

from __future__ import annotations

import pytest
from django.test import Client

from tongxing.casework.tests.conftest import People, people
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.residents.actions import account_of

__all__ = ["people"]
PHONE = "15400000001"


@pytest.fixture
def jia(people: People) -> Person:
    person = people.person
    person.contact = "sms"
    person.phone_sealed = ring().seal(PHONE, place=f"person.phone.{person.pk}")
    person.phone_index = ring().blind_index("phone", PHONE)
    person.save()
    return person


@pytest.fixture
def home(client: Client, jia: Person) -> Client:
    """The browser of 阿甲, who came in a moment ago."""
    client.force_login(account_of(person=jia).user)
    return client
