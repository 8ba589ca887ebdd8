"""The first page of somebody who is known: what they receive each month, and for whom else they act."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast
from tongxing.payments.models import Award
from tongxing.payments.tests.conftest import NURSING, Money, money
from tongxing.portal.tests.test_queries import asked
from tongxing.registry.models import Guardian
from tongxing.residents.actions import account_of

__all__ = ["money"]
pytestmark = pytest.mark.django_db


def test_what_comes_every_month_stands_first_and_the_bank_says_whether_it_came(client: Client, money: Money) -> None:
    person = money.person(1)
    client.force_login(account_of(person=person).user)
    assert "每月领着的" not in client.get("/home/").content.decode()
    award = money.grant(person)
    assert "和下一批一起发" in client.get("/home/").content.decode()
    money.settled()
    page = client.get("/home/").content.decode()
    assert "每月 80 元" in page and "到账了" in page
    Award.objects.filter(pk=award.pk).update(until_month=money.month)
    assert "每月领着的" not in client.get("/home/").content.decode()


def test_two_benefits_ask_the_database_no_oftener_than_one(client: Client, money: Money) -> None:
    person = money.person(1)
    client.force_login(account_of(person=person).user)
    money.grant(person)
    money.settled()
    one = [len(asked(client, path)) for path in ("/home/", "/my/money/")]
    money.grant(person, policy=NURSING)
    assert [len(asked(client, path)) for path in ("/home/", "/my/money/")] == one


def test_a_mother_goes_to_her_child_from_the_first_page(client: Client, money: Money) -> None:
    mother, child = money.person(1), money.person(2)
    child.birth_date = cast.today().replace(year=cast.today().year - 5, day=1)
    child.save()
    Guardian.objects.create(ward=child, guardian=mother, kind="parent", proof="户口簿", from_date=child.birth_date)
    client.force_login(account_of(person=mother).user)
    assert f"{child.name}的事" in client.get("/home/").content.decode()
    client.post("/my/for/", {"person": child.pk})
    assert "您还替他们办" not in client.get("/home/").content.decode()
