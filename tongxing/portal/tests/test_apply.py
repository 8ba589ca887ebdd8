"""Asking for something: what was said stays through a mistake, nothing is asked twice, nobody asks for a stranger."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tongxing.applications.models import Application
from tongxing.applications.queries import free_slots
from tongxing.casework.models import Case
from tongxing.registry.models import Certificate, Person, Status
from tongxing.residents.actions import account_of

FIRST = "/apply/first_certificate/"


@pytest.fixture
def wei(client: Client, jia: Person) -> Person:
    """Somebody without a certificate, who came in."""
    person = cast.new_person(41)
    client.force_login(account_of(person=person).user)
    return person


def test_a_mistake_keeps_what_was_said(client: Client, wei: Person) -> None:
    answer = client.post(FIRST, {"at": "need", "kind": ["limb", "visual"], "home": "", "slot": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请选能不能自己去医院" in page
    assert re.findall(r'value="(\w+)" checked', page) == ["visual", "limb"]
    answer = client.post(FIRST, {"at": "check", "kind": "limb", "home": "no", "slot": "full.2026-01-01.am"})
    assert answer.status_code == 422
    assert "约满" in answer.content.decode()
    assert 'name="kind" value="limb"' in answer.content.decode()
    assert not Case.objects.exists()


def test_pressing_twice_opens_one_case_with_the_chosen_seat(client: Client, wei: Person) -> None:
    slot = free_slots(wei, timezone.localdate())[0]
    said = {"at": "check", "kind": "limb", "home": "no", "slot": slot.key, "go": "next"}
    first, second = client.post(FIRST, said), client.post(FIRST, said)
    assert first["Location"] == second["Location"]
    application = Application.objects.get()
    assert (application.day, application.half, application.seat) == (slot.day, slot.half, 1)
    assert slot.place.name in client.get(first["Location"]).content.decode()


def test_who_cannot_go_out_is_visited_and_chooses_no_hour(client: Client, wei: Person) -> None:
    page = client.post(FIRST, {"at": "need", "kind": "limb", "home": "yes"}).content.decode()
    assert "看看对不对" in page
    client.post(FIRST, {"at": "check", "kind": "limb", "home": "yes"})
    assert Application.objects.get().at_home


def test_somebody_with_a_certificate_is_shown_it_and_gets_no_second_one(home: Client) -> None:
    assert "已经有一张有效的残疾人证" in home.get(FIRST).content.decode()
    answer = home.post(FIRST, {"at": "check", "kind": "limb", "home": "yes"})
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_a_fact_is_asked_once_and_then_the_case_opens(home: Client, jia: Person) -> None:
    path = "/apply/living_allowance/"
    asked = []
    while fact := re.search(r'name="fact" value="(\w+)"', home.get(path).content.decode()):
        assert fact[1] not in asked
        asked.append(fact[1])
        assert home.post(path, {"fact": fact[1], "value": ""}).status_code == 422
        assert home.post(path, {"fact": fact[1], "value": "refused"}).status_code == 302
    assert Status.objects.filter(person=jia, answer="refused").count() <= len(asked)
    done = home.post(path)
    assert done["Location"] == f"/apply/done/{Case.objects.get().number}/"
    assert "收到了" in home.get(done["Location"]).content.decode()


def test_what_nobody_may_start_and_a_strangers_number_are_not_found(home: Client, jia: Person) -> None:
    assert home.get("/apply/no_such/").status_code == 404
    stranger = cast.new_person(77)
    other = Client()
    other.force_login(account_of(person=stranger).user)
    number = other.post(FIRST, {"at": "check", "kind": "limb", "home": "yes"})["Location"]
    assert home.get(number).status_code == 404


def test_a_guest_sees_what_there_is_and_is_asked_who_they_are(client: Client, jia: Person) -> None:
    assert "第一次办残疾人证" in client.get("/apply/").content.decode()
    assert client.get(FIRST)["Location"].startswith("/enter/?next=")


def test_whoever_has_a_certificate_is_not_offered_their_first(home: Client, jia: Person) -> None:
    Certificate.objects.filter(person=jia).delete()
    assert "第一次办残疾人证" in home.get("/apply/").content.decode()
    cast.certify(jia)
    assert "第一次办残疾人证" not in home.get("/apply/").content.decode()


def ends_in(jia: Person, days: int) -> None:
    Certificate.objects.filter(person=jia).update(valid_until_date=timezone.localdate() + timedelta(days=days))


def test_a_certificate_that_ends_soon_is_renewed_with_one_press_and_not_earlier(home: Client, jia: Person) -> None:
    ends_in(jia, 200)
    assert "快到期" not in home.get("/home/").content.decode() + home.get("/my/certificate/").content.decode()
    ends_in(jia, 60)
    assert "残疾人证快到期了" in home.get("/home/").content.decode()
    page = home.get("/my/certificate/").content.decode()
    card = re.search(r"这张证快到期了.*?</form>", page, re.S)
    assert card and page.count('value="cert_renewal"') == 1
    for _ in range(2):
        home.post("/my/certificate/take/", {"service": "cert_renewal"})
    assert Case.objects.get().service == "cert_renewal"
    assert "快到期" not in home.get("/home/").content.decode() + home.get("/my/certificate/").content.decode()
