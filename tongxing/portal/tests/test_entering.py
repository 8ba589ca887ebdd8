"""S17, A16: the way in tells nobody's number from somebody's, and loses nothing that was typed."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests import cast
from tongxing.accounts.models import SignedIn
from tongxing.outbox.models import Message
from tongxing.portal.tests.conftest import PHONE
from tongxing.registry.keys import ring
from tongxing.registry.models import Person
from tongxing.residents.actions import send_codes

pytestmark = pytest.mark.django_db
WANTED = {"confirm-path": "/my/", "confirm-method": "GET"}


def shown(response: object) -> str:
    """A page without what differs by chance."""
    text = response.content.decode()  # type: ignore[attr-defined]
    return re.sub(r'value="[A-Za-z0-9]{64}"', "", text)


def code_of(person: Person) -> str:
    send_codes(now=timezone.now())
    found = re.search(r"\d{6}", Message.objects.filter(to=person, kind="code").latest("id").words)
    assert found
    return found[0]


def test_a_code_leads_to_ones_own_things(client: Client, jia: Person) -> None:
    assert client.get("/my/").url == "/enter/?next=/my/"  # type: ignore[attr-defined]
    client.post("/enter/", WANTED | {"enter-phone": PHONE})
    before = client.session.session_key
    response = client.post("/enter/code/", WANTED | {"code": code_of(jia)})
    assert (response.status_code, response["Location"]) == (302, "/my/")
    assert client.session.session_key != before
    device = SignedIn.objects.get()
    assert (device.how, device.face) == ("sms", "portal")
    assert "我的事" in client.get("/my/").content.decode()


def test_nobodys_number_gets_the_same_pages(jia: Person) -> None:
    pages = []
    for number in (PHONE, "15400009999"):
        client = Client()
        asked = shown(client.post("/enter/", WANTED | {"enter-phone": number}))
        wrong = client.post("/enter/code/", WANTED | {"code": "123"})
        pages.append((asked, wrong.status_code, shown(wrong)))
    assert pages[0] == pages[1]


def test_nobodys_number_is_the_same_work(jia: Person) -> None:
    """The same questions to the database in the same order, so that the clock has nothing to tell."""
    asked = []
    for number, address in ((PHONE, "10.0.0.1"), ("15400009999", "10.0.0.2")):
        client = Client(REMOTE_ADDR=address)
        with CaptureQueriesContext(connection) as seen:
            client.post("/enter/", WANTED | {"enter-phone": number})
            client.post("/enter/code/", WANTED | {"code": "123"})
        asked.append([re.sub(r"'[^']*'|X'[0-9A-F]*'|\d+", "?", query["sql"]) for query in seen.captured_queries])
    assert asked[0] == asked[1] and len(asked[0]) > 10


def test_asking_again_and_again_is_slowed(client: Client, jia: Person) -> None:
    answers = [client.post("/enter/", WANTED | {"enter-phone": PHONE}).status_code for _ in range(6)]
    assert answers[:3] == [200, 200, 200] and answers[-1] == 429


def test_what_is_no_number_keeps_what_was_typed(client: Client) -> None:
    response = client.post("/enter/", WANTED | {"enter-phone": "13800"})
    assert response.status_code == 422 and 'value="13800"' in response.content.decode()


def test_a_family_with_one_phone_is_asked_whose_it_is(client: Client, jia: Person) -> None:
    other = cast.new_person(2)
    for person in (jia, other):
        person.phone_index = jia.phone_index
        person.id_tail_index = ring().blind_index("id_tail", (person.opened("id_number") or "")[-4:])
        person.save()
    client.post("/enter/", WANTED | {"enter-phone": PHONE})
    asked = client.post("/enter/code/", WANTED | {"code": code_of(jia)})
    assert "您是哪一位" in asked.content.decode() and jia.name not in asked.content.decode()
    assert client.post("/enter/whose/", WANTED | {"enter-tail": "9999"}).status_code == 422
    tail = (other.opened("id_number") or "")[-4:]
    assert client.post("/enter/whose/", WANTED | {"enter-tail": tail.lower()}).status_code == 302
    assert SignedIn.objects.get().user.resident.person == other


def test_a_form_that_came_too_late_goes_on_with_what_was_typed(home: Client, jia: Person) -> None:
    home.get("/my/")
    SignedIn.objects.update(face="portal", seen_at=timezone.now() - timedelta(minutes=31))
    late = home.post("/my/change/home/", {"kind": "address", "words": "搬到山下村了"})
    page = late.content.decode()
    assert 'name="enter-phone"' in page and 'name="words" value="搬到山下村了"' in page
    kept = {"confirm-path": "/my/change/home/", "confirm-method": "POST", "kind": "address", "words": "搬到山下村了"}
    home.post("/enter/", kept | {"enter-phone": PHONE})
    back = home.post("/enter/code/", kept | {"code": code_of(jia)}).content.decode()
    assert 'action="/my/change/home/"' in back and 'name="words" value="搬到山下村了"' in back


def test_whoever_rests_is_warned_in_time_and_goes_on_with_one_press(home: Client, jia: Person) -> None:
    home.get("/my/")
    SignedIn.objects.update(face="portal")
    assert 'data-rest="1620"' in home.get("/my/").content.decode(), "27 of 30 minutes"
    for _ in range(10):
        SignedIn.objects.update(seen_at=timezone.now() - timedelta(minutes=29))
        assert home.post("/my/stay/").status_code == 204
    assert home.get("/my/").status_code == 200
    assert "stay.js" not in Client().get("/home/").content.decode()


def test_a_kept_form_goes_on_only_to_a_page_of_residents(client: Client) -> None:
    kept = {"confirm-path": "/me/devices/end-others/", "confirm-method": "POST"}
    assert client.post("/enter/", kept | {"enter-phone": PHONE}).status_code == 404


def test_a_way_in_never_leads_off_the_site(client: Client, jia: Person) -> None:
    elsewhere = {"confirm-path": "https://evil.example/", "confirm-method": "GET"}
    client.post("/enter/", elsewhere | {"enter-phone": PHONE})
    assert client.post("/enter/code/", elsewhere | {"code": code_of(jia)})["Location"] == "/my/"
