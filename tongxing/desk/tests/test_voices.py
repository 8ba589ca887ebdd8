"""S29 by request: nobody decides before the person was heard; while a conflict stands, a second person looks."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests import cast
from tongxing.accounts.models import Post, User
from tongxing.casework.models import Decision
from tongxing.casework.tests.conftest import People, people
from tongxing.registry.models import Guardian, Person
from tongxing.residents.actions import raise_conflict

__all__ = ["people"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def county(people: People) -> Client:
    user = User.objects.get(pk=people.county.user_id)
    Post.objects.create(user=user, role="federation_county", division_code=cast.COUNTY, from_date=cast.today())
    client = Client()
    client.force_login(user)
    return client


def test_nobody_decides_before_the_person_was_heard(people: People, county: Client) -> None:
    Guardian.objects.create(ward=people.person, kind="organisation", proof="村居委会证明", from_date=date(2020, 1, 1))
    case = people.at_county()
    page = f"/desk/cases/{case.number}/"
    assert "还没有问" in county.get(page).content.decode()
    refused = county.post(page + "do/", {"what": "refused", "reason": "不够条件"})
    assert refused.status_code == 422 and "请先记下本人自己怎么说" in refused.content.decode()
    assert not Decision.objects.exists()
    county.post(page + "voice/", {"how": "pictures", "voice": ""})
    assert "还没有问" in county.get(page).content.decode()
    county.post(page + "voice/", {"how": "pictures", "voice": "想坐车去看妈妈"})
    assert "“想坐车去看妈妈”" in county.get(page).content.decode()
    county.post(page + "do/", {"what": "refused", "reason": "不够条件"})
    assert Decision.objects.exists()


def test_of_who_speaks_for_themselves_nothing_is_asked(people: People, county: Client) -> None:
    case = people.at_county()
    assert "本人自己怎么说" not in county.get(f"/desk/cases/{case.number}/").content.decode()
    county.post(f"/desk/cases/{case.number}/do/", {"what": "refused", "reason": "不够条件"})
    assert Decision.objects.exists()


def test_while_a_conflict_stands_a_decision_waits_for_a_second_person(people: People, county: Client) -> None:
    Guardian.objects.create(ward=people.person, kind="organisation", proof="村居委会证明", from_date=date(2020, 1, 1))
    case, family = people.at_county(), f"/desk/people/{people.person.pk}/"
    county.post(family + "conflict/", {"what": "raise", "kind": "disagrees", "words": "他说不想去机构"})
    assert "他说不想去机构" in county.get(family + "family/").content.decode()
    county.post(family + "conflict/", {"what": "settle"})
    assert "他说不想去机构" in county.get(family + "family/").content.decode(), "not by who raised it"
    page = f"/desk/cases/{case.number}/"
    assert "监护可能有争议" in county.get(page).content.decode()
    county.post(page + "voice/", {"how": "said", "voice": "要"})
    county.post(page + "do/", {"what": "granted", "reason": "够条件"})
    assert Decision.objects.get().state == Decision.State.WAITING


def test_another_account_is_asked_for_and_seen_by_a_second(people: People, county: Client) -> None:
    Guardian.objects.create(ward=people.person, kind="organisation", proof="村居委会证明", from_date=date(2020, 1, 1))
    family, go = f"/desk/people/{people.person.pk}/family/", f"/desk/people/{people.person.pk}/payee/"
    assert "换收款账户" not in county.get(family).content.decode()
    raise_conflict(by=people.worker, person=people.person, kind="payee", words="钱没用上")
    county.post(go, {"what": "ask", "account": "6222000000000000002"})
    assert "0002" in county.get(family).content.decode()
    assert "由另一个人看过" in county.post(go, {"what": "agree"}, follow=True).content.decode()
    for _ in range(2):
        other = second(people)
        other.post(go, {"what": "agree"})
    assert Person.objects.get(pk=people.person.pk).opened("account") == "6222000000000000002"
    assert "我也看过" not in county.get(family).content.decode()


def second(people: People) -> Client:
    user = User.objects.get(pk=people.colleague.user_id)
    Post.objects.get_or_create(user=user, role="federation_county", division_code=cast.COUNTY, from_date=cast.today())
    client = Client()
    client.force_login(user)
    return client
