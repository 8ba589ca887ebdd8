"""A13: what a page asks of the database does not grow with what somebody has; the clock is held by `make bench`."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tongxing.casework import actions as casework
from tongxing.casework.catalogue import known
from tongxing.casework.tests.conftest import People
from tongxing.portal.tests.conftest import PHONE
from tongxing.registry.actions import look_at
from tongxing.registry.models import Person

pytestmark = pytest.mark.django_db
PAGES = {"/home/": 16, "/my/": 17, "/my/data/": 26, "/my/data/looks/": 13, "/my/rights/": 24, "/my/money/": 16}
MANY = 4


def asked(client: Client, path: str) -> list[str]:
    client.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in seen.captured_queries]


def more(people: People, jia: Person, home: Client, number: int) -> None:
    """One more case, look, fact, request and relative."""
    service = [service for service in known().values() if service.policy and "resident" in service.starts][number]
    casework.open_case(by=people.town, person=jia, service=str(service.id))
    look_at(person=jia, by=people.county)
    fact = ("needs_care", "self_care", "heavy_medical", "employed", "income")[number]
    cast.tell(jia, fact, "true")
    home.post(f"/my/data/correct/{fact}/", {"words": "不对"})
    cast.join(cast.new_person(10 + number, with_household=False), cast.home_of(jia), "child")


@pytest.mark.parametrize(("path", "most"), PAGES.items())
def test_a_page_asks_as_often_for_many_things_as_for_one(
    home: Client, jia: Person, people: People, path: str, most: int
) -> None:
    more(people, jia, home, 0)
    one = asked(home, path)
    for number in range(1, MANY):
        more(people, jia, home, number)
    many = asked(home, path)
    assert len(many) == len(one) <= most, "\n".join(many)


@pytest.mark.parametrize("is_there", [True, False])
def test_following_by_number_takes_a_fixed_number(client: Client, jia: Person, people: People, is_there: bool) -> None:
    case = people.applied()
    asked_for = {"number": case.number if is_there else "2020-00001", "phone": PHONE}
    with CaptureQueriesContext(connection) as seen:
        assert client.post("/follow/", asked_for).status_code == (200 if is_there else 422)
    assert len(seen) <= 32
