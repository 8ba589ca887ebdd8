"""S28 by request: the page that asks once stands in place of the first change, and one press does both."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast
from tongxing.casework.models import Case
from tongxing.casework.tests.conftest import People
from tongxing.portal.tests.test_own_things import proposed, text
from tongxing.registry.models import Guardian, Person
from tongxing.residents.actions import give_links
from tongxing.residents.models import Consent, Request

pytestmark = pytest.mark.django_db
MOVED = {"kind": "household", "words": "多了一个弟弟"}
KEPT = {"confirm-path": "/my/change/home/", "confirm-method": "POST"}


@pytest.fixture
def child(jia: Person) -> Person:
    found = cast.new_person(2)
    found.birth_date = cast.today().replace(year=cast.today().year - 5, day=1)
    found.save()
    Guardian.objects.create(ward=found, guardian=jia, kind="parent", proof="户口簿", from_date=found.birth_date)
    return found


def test_one_press_says_yes_and_goes_on(home: Client, child: Person) -> None:
    home.post("/my/for/", {"person": child.pk})
    assert home.get("/my/data/").status_code == 200 and home.post("/my/data/copy/").status_code == 200
    asked = text(home.post("/my/change/home/", MOVED))
    assert "先答应一次" in asked and "多了一个弟弟" in asked and not Request.objects.exists()
    done = home.post("/my/child/", MOVED | KEPT, follow=True)
    assert "记下了" in text(done) and Request.objects.get().person == child
    assert "替不满 14 岁的孩子办事" in text(done)
    given = Consent.objects.get(kind="child")
    home.post(f"/my/data/consents/{given.pk}/withdraw/")
    assert "先答应一次" in text(home.post("/my/visit/"))
    assert Request.objects.count() == 1, "asked again, and what runs goes on"


def test_the_form_goes_on_only_to_a_page_of_residents(home: Client, child: Person) -> None:
    home.post("/my/for/", {"person": child.pk})
    away = home.post("/my/child/", {"confirm-path": "https://example.org/", "confirm-method": "POST"})
    assert away["Location"] == "/my/"
    assert home.post("/my/child/", {"confirm-path": "/sign-in/", "confirm-method": "POST"}).status_code == 404


def test_a_link_asks_the_guardian_first(client: Client, jia: Person, people: People) -> None:
    case = proposed(people)
    Person.objects.filter(pk=jia.pk).update(birth_date=cast.today(), contact="guardian")
    link = f"/a/{give_links(subjects=[(jia, f'case:{case.number}')])[0]}/"
    asked = text(client.post(link, {"what": "no"}))
    assert "先答应一次" in asked and Case.objects.get(pk=case.pk).state == "proposed"
    assert client.post(link, {"what": "no", "child-agreed": "yes"}).status_code == 302
    assert Case.objects.get(pk=case.pk).state != "proposed"
    assert Consent.objects.get(kind="child").channel == Consent.Channel.LINK


def test_a_child_who_came_in_alone_is_sent_to_the_guardian(home: Client, jia: Person) -> None:
    Person.objects.filter(pk=jia.pk).update(birth_date=cast.today())
    page = text(home.post("/my/visit/"))
    assert "孩子自己不能答应" in page and 'action="/my/child/"' not in page


def test_my_data_says_from_which_day_i_alone_decide(home: Client, jia: Person) -> None:
    today = cast.today()
    Guardian.objects.create(ward=jia, kind="organisation", proof="村居委会证明", from_date=today.replace(year=2020))
    Person.objects.filter(pk=jia.pk).update(birth_date=today.replace(year=today.year - 17, day=1))
    page = text(home.get("/my/data/"))
    assert f"从 {today.year + 1}年{today.month}月1日起，您自己说了算" in page and "那天起，监护人不能再看" in page
    Person.objects.filter(pk=jia.pk).update(birth_date=today.replace(year=today.year - 18, day=1))
    assert "原来的监护人不能再看" in text(home.get("/my/data/"))
