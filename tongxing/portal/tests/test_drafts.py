"""A16: a page left is the page that comes back, by signing in, by phone and number, or with the village worker."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tongxing.accounts.models import SignedIn
from tongxing.applications.models import Draft
from tongxing.outbox.models import Message
from tongxing.portal.tests.conftest import PHONE
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.residents.actions import account_of, send_codes

FIRST, BACK = "/apply/first_certificate/", "/apply/back/"
OTHER_PHONE = "15400000041"


@pytest.fixture
def wei(client: Client, jia: Person) -> Person:
    """Somebody without a certificate and with a phone of his own, who came in and wrote two pages."""
    person = cast.new_person(41)
    person.contact = "sms"
    person.phone_sealed = ring().seal(OTHER_PHONE, place=f"person.phone.{person.pk}")
    person.phone_index = ring().blind_index("phone", OTHER_PHONE)
    person.save()
    client.force_login(account_of(person=person).user)
    client.post(FIRST, {"at": "me", "go": "next"})
    client.post(FIRST, {"at": "need", "kind": ["limb", "visual"], "home": "no", "go": "next"})
    return person


def come_back(client: Client, phone: str, number: str) -> str:
    """The page after the code; '' where no code came."""
    client.post(BACK, {"phone": phone, "number": number})
    send_codes(now=timezone.now())
    sent = re.search(r"\d{6}", Message.objects.filter(kind="code").latest("id").words)
    assert sent
    answer = client.post(f"{BACK}code/", {"code": sent[0]}, follow=True)
    return answer.content.decode()


def is_where_he_left(page: str) -> bool:
    return "哪天去看医生" in page and re.findall(r'name="kind" value="(\w+)"', page) == ["visual", "limb"]


def test_a_page_comes_back_with_everything_that_was_said(client: Client, wei: Person) -> None:
    assert is_where_he_left(client.get(FIRST).content.decode())
    client.logout()
    page = come_back(client, OTHER_PHONE, Draft.objects.get().spoken_number)
    assert is_where_he_left(page)
    device = SignedIn.objects.latest("pk")
    assert (device.how, device.face, device.user.resident.person) == ("sms", "portal", wei)


def test_the_first_page_again_loses_nothing(client: Client, wei: Person) -> None:
    first = client.get(f"{FIRST}?at=me").content.decode()
    fields = re.findall(r'type="hidden" name="(kind|home|slot)" value="(\w*)"', first)
    assert fields == [("kind", "visual"), ("kind", "limb"), ("home", "no"), ("slot", "")]


def test_what_was_typed_wrong_is_kept_too(client: Client, wei: Person) -> None:
    client.post(FIRST, {"at": "need", "kind": "hearing", "home": "", "go": "next"})
    page = client.get(FIRST).content.decode()
    assert re.findall(r'value="(\w+)" checked', page) == ["hearing"]


def test_a_session_that_ended_loses_no_page(client: Client, wei: Person) -> None:
    SignedIn.objects.update(face="portal", seen_at=timezone.now() - timedelta(minutes=31))
    client.logout()
    assert client.get(FIRST)["Location"].startswith("/enter/")
    client.force_login(account_of(person=wei).user)
    assert is_where_he_left(client.get(FIRST).content.decode())


def test_the_number_of_another_phone_opens_nothing(client: Client, wei: Person, jia: Person) -> None:
    client.logout()
    page = come_back(client, PHONE, Draft.objects.get().number)
    assert "没有找到这一份" in page
    assert not SignedIn.objects.filter(how="sms").exists()


def test_nobodys_number_gets_the_same_page_and_guessing_is_slowed(wei: Person) -> None:
    number = Draft.objects.get().number
    answers = [Client().post(BACK, {"phone": OTHER_PHONE, "number": n}) for n in (number, "87654321")]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0]["Location"] == answers[1]["Location"]
    tries = [Client().post(BACK, {"phone": OTHER_PHONE, "number": "11112222"}).status_code for _ in range(6)]
    assert tries[:3] == [302, 302, 302] and tries[-1] == 429
    wrong = Client().post(BACK, {"phone": "138", "number": "11113333"})
    assert wrong.status_code == 422 and 'value="138"' in wrong.content.decode()


def test_left_for_later_it_stands_among_my_things_and_my_data(client: Client, wei: Person) -> None:
    answer = client.post(FIRST, {"at": "slot", "kind": "limb", "home": "no", "go": "later"}, follow=True)
    draft = Draft.objects.get()
    assert draft.spoken_number in answer.content.decode()
    assert "没写完的申请" in client.get("/my/").content.decode()
    assert "没写完的申请" in client.get("/my/data/").content.decode()
    client.post(f"{FIRST}drop/")
    assert not Draft.objects.exists()
    assert client.get(f"{FIRST}kept/").status_code == 404


def test_looking_keeps_nothing(home: Client) -> None:
    home.get("/apply/free_bus/")
    home.get(FIRST)
    assert not Draft.objects.exists()
