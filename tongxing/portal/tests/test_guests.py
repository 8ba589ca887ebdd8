"""Asking without an account: kept under the visitor's key, taken over by whoever it is, else the township looks."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.browser import sheets
from tongxing.applications.actions import forget_guests
from tongxing.applications.models import Draft, GuestDraft, GuestPaper, IdentityCheck
from tongxing.casework.models import Case
from tongxing.journal.models import Entry
from tongxing.outbox.models import Message
from tongxing.portal.tests.conftest import PHONE
from tongxing.registry.keys import ring
from tongxing.registry.models import Person, Status
from tongxing.residents.actions import account_of, send_codes

pytestmark = pytest.mark.django_db
RELIEF, FIRST = "/apply/temporary_relief/guest/", "/apply/first_certificate/guest/"
CARE = "/apply/nursing_allowance/guest/"
TWO = "/apply/dibao_family/guest/"  # asks for more than one thing
STRANGE = "15499999901"
TOWNSHIP = "459921100000"


def at(client: Client, path: str) -> str:
    found = re.search(r'name="at" value="([\w.]+)"', client.get(path).content.decode())
    return found[1] if found else "check"


def began(client: Client, path: str) -> str:
    assert client.post(path).status_code == 302
    return at(client, path)


def code() -> str:
    send_codes(now=timezone.now())
    found = re.search(r"验证码是 (\d{6})", Message.objects.filter(kind="code").latest("id").words)
    assert found
    return found[1]


def wrote_all(client: Client, path: str = CARE) -> None:
    """Every question answered, the papers left for later."""
    began(client, path)
    for _ in range(30):
        now = at(client, path)
        if now == "check":
            return
        if now.startswith("paper."):
            client.post(path, {"at": now, "go": "later"})
        else:
            choice = re.search(r'name="value" value="(\w+)"', client.get(path).content.decode())
            client.post(path, {"at": now, "value": choice[1] if choice else "800"})
    raise AssertionError("it does not end")


def sent(client: Client, person: Person, phone: str, path: str = CARE, name: str = "") -> str:
    said = {"name": name or person.name, "id_number": person.opened("id_number"), "phone": phone, "township": TOWNSHIP}
    answer = client.post(f"{path}who/", said)
    assert answer.status_code == 302, answer.content.decode()
    if answer["Location"].endswith("/code/"):
        answer = client.post(f"{path}code/", {"code": code()})
    return str(answer["Location"])


def test_a_visitor_writes_and_nothing_of_it_can_be_read_without_their_key(client: Client, jia: Person) -> None:
    now = began(client, CARE)
    client.post(CARE, {"at": now, "value": "unsure"})
    draft = GuestDraft.objects.get()
    assert now.encode() not in bytes(draft.answers_sealed) and draft.key_sealed is None and draft.phone_index is None
    cookie = client.cookies["guest"]
    assert cookie["httponly"] and cookie["path"] == CARE and cookie["max-age"] == 1800
    assert cookie.value not in draft.mark
    assert not Session.objects.exists() and not Entry.objects.exists() and not Draft.objects.exists()
    other = Client()
    assert "开始填" in other.get(CARE).content.decode()
    other.cookies["guest"] = "A" * 43
    assert "开始填" in other.get(CARE).content.decode()
    other.cookies["guest"] = "no key"
    assert "开始填" in other.get(CARE).content.decode()


def test_begun_twice_and_answered_twice_it_is_one(client: Client, jia: Person) -> None:
    first = began(client, CARE)
    assert client.post(CARE).status_code == 302 and at(client, CARE) == first
    ways = {client.post(CARE, {"at": first, "value": "true"})["Location"] for _ in range(2)}
    assert ways == {CARE} and GuestDraft.objects.count() == 1
    page = client.get(f"{CARE}?page=check").content.decode()
    assert page.count("是</dd>") == 1


def test_looking_keeps_nothing_and_what_nobody_keeps_goes_in_the_night(client: Client, jia: Person) -> None:
    client.get(CARE)
    assert not GuestDraft.objects.exists()
    began(client, RELIEF)
    client.post(RELIEF, {"at": "paper.hardship", "file": SimpleUploadedFile("a.png", sheets.scan()["buffer"])})
    assert GuestPaper.objects.count() == 1
    assert forget_guests(now=timezone.now()) == 0
    assert forget_guests(now=timezone.now() + timedelta(minutes=31)) == 1
    assert not GuestPaper.objects.exists()
    assert "开始填" in client.get(RELIEF).content.decode()


def test_a_form_that_comes_after_the_cookie_is_over_loses_nothing(client: Client, jia: Person) -> None:
    first = began(client, TWO)
    client.post(TWO, {"at": first, "value": "unsure"})
    page = client.get(TWO).content.decode()
    key = re.search(r'name="kept" value="(\w+)"', page)
    second = at(client, TWO)
    assert key and second != first
    late = Client()
    assert late.post(TWO, {"at": second, "value": "unsure", "kept": key[1]}).status_code == 302
    assert GuestDraft.objects.count() == 1
    page = late.get(f"{TWO}?page={first}").content.decode()
    assert 'value="unsure" checked' in page
    forget_guests(now=timezone.now() + timedelta(minutes=31))
    gone = Client()
    gone.post(TWO, {"at": second, "value": "unsure", "kept": key[1]})
    assert at(gone, TWO) == first, "what the night took is asked again"
    assert 'value="unsure" checked' in gone.get(f"{TWO}?page={second}").content.decode(), "the page itself is kept"


def test_kept_with_a_phone_it_comes_back_in_another_browser(client: Client, jia: Person) -> None:
    first = began(client, CARE)
    client.post(CARE, {"at": first, "value": "unsure", "go": "keep"})
    client.post(f"{CARE}keep/", {"phone": STRANGE})
    done = {"code": code()}
    page = client.post(f"{CARE}code/", done, follow=True).content.decode()
    draft = GuestDraft.objects.get()
    assert draft.spoken_number in page and "存好了" in page
    assert client.post(f"{CARE}code/", done)["Location"].endswith("/kept/"), "sent twice, the same page"
    text = Message.objects.get(kind="draft")
    assert draft.spoken_number in text.words and text.person is None and text.number == STRANGE
    assert forget_guests(now=timezone.now() + timedelta(days=29)) == 0
    other = Client()
    other.post("/apply/back/", {"phone": STRANGE, "number": draft.number})
    assert other.post("/apply/back/code/", {"code": code()})["Location"] == CARE
    assert 'value="unsure" checked' in other.get(f"{CARE}?page={first}").content.decode()
    third = Client()
    third.post("/apply/back/", {"phone": PHONE, "number": draft.number})
    page = third.post("/apply/back/code/", {"code": code()}).content.decode()
    assert "没有找到这一份" in page


def test_whose_phone_and_card_are_held_looks_once_more_and_asks(client: Client, jia: Person) -> None:
    wrote_all(client)
    where = sent(client, jia, PHONE)
    assert where == "/apply/nursing_allowance/"
    assert not GuestDraft.objects.exists() and client.cookies["guest"].value == ""
    assert Draft.objects.get().person == jia
    assert Status.objects.filter(source="本人说").exists()
    page = client.get(where).content.decode()
    assert "看看对不对" in page
    assert client.post(where, {})["Location"].startswith("/apply/done/")
    assert Case.objects.get().person == jia


def test_a_guardian_writes_for_a_child(client: Client, jia: Person) -> None:
    child = cast.new_person(77)
    child.birth_date = cast.today() - timedelta(days=15 * 366)
    child.save()
    child.guardians.create(guardian=jia, kind="parent", proof="户口簿", from_date=child.birth_date)
    wrote_all(client)
    assert sent(client, child, PHONE) == "/apply/nursing_allowance/"
    assert Draft.objects.get().person == child
    assert not Status.objects.filter(source="本人说").exists() and Status.objects.filter(source="监护人说").exists()


def test_for_a_small_child_the_guardian_says_yes_first_and_nothing_is_lost(client: Client, jia: Person) -> None:
    child = cast.new_person(77)
    child.birth_date = cast.today() - timedelta(days=3000)
    child.save()
    child.guardians.create(guardian=jia, kind="parent", proof="户口簿", from_date=child.birth_date)
    wrote_all(client)
    take = sent(client, child, PHONE)
    assert take == f"{CARE}take/" and "归到" in client.get(take).content.decode()
    asked = client.post(take)
    assert "监护人" in asked.content.decode() and not Status.objects.filter(source="监护人说").exists()
    said = {"confirm-path": take, "confirm-method": "POST"}
    assert client.post("/my/child/", said).status_code == 307
    assert client.post(take)["Location"] == "/apply/nursing_allowance/"
    assert client.post(take)["Location"] == "/apply/nursing_allowance/", "sent twice, the same page"
    assert Draft.objects.get().person == child and Status.objects.filter(source="监护人说").exists()


def test_who_signs_in_with_something_written_takes_it_along(client: Client, jia: Person) -> None:
    wrote_all(client)
    client.force_login(account_of(person=jia).user)
    assert client.get(CARE)["Location"] == f"{CARE}take/"
    client.post(f"{CARE}take/")
    assert Draft.objects.get().person == jia and not GuestDraft.objects.exists()


@pytest.mark.parametrize("who", ["held, another's phone", "held, another name", "nobody"])
def test_everybody_else_reads_one_page_and_nothing_happens_to_a_file(who: str, client: Client, jia: Person) -> None:
    wrote_all(client)
    person = cast.new_person(88) if who == "nobody" else jia
    if who == "nobody":
        card, name = person.opened("id_number"), person.name
        said = {"name": name, "id_number": card, "phone": STRANGE, "township": TOWNSHIP}
        Person.objects.filter(pk=person.pk).update(id_number_index=None)
        client.post(f"{CARE}who/", said)
        where = str(client.post(f"{CARE}code/", {"code": code()})["Location"])
    else:
        phone, name = (PHONE, "黄大明") if who == "held, another name" else (STRANGE, "")
        where = sent(client, jia, phone, name=name)
    assert where == f"{CARE}sent/"
    check = IdentityCheck.objects.get()
    page = client.get(where).content.decode()
    shown = re.sub(r"\d{4} \d{4}", "", re.search(r"<main.*</main>", page, re.S)[0])  # type: ignore[index]
    assert person.name not in shown and "带身份证" in shown
    assert not Status.objects.filter(source="本人说").exists() and not Case.objects.exists()
    assert client.get(CARE)["Location"] == where
    assert client.post(f"{CARE}code/", {"code": "1"})["Location"] == where
    assert IdentityCheck.objects.get() == check and check.township_code == TOWNSHIP


def test_the_pages_say_the_same_whoever_is_held(jia: Person) -> None:
    pages = []
    for name, phone in ((jia.name, PHONE), (jia.name, STRANGE), ("没有人", STRANGE)):
        client = Client()
        wrote_all(client)
        said = {"name": name, "id_number": jia.opened("id_number"), "phone": phone, "township": TOWNSHIP}
        answer = client.post(f"{CARE}who/", said, follow=True)
        pages.append(re.sub(r'value="\w{40,}"', "", answer.content.decode()))
    assert pages[0] == pages[1] == pages[2]


def test_a_wrong_code_sends_nothing_and_tries_run_out(client: Client, jia: Person) -> None:
    wrote_all(client)
    said = {"name": jia.name, "id_number": jia.opened("id_number"), "phone": PHONE, "township": TOWNSHIP}
    client.post(f"{CARE}who/", said)
    right = code()
    for _ in range(5):
        assert client.post(f"{CARE}code/", {"code": "000000"}).status_code == 422
    assert client.post(f"{CARE}code/", {"code": right}).status_code == 422
    assert not IdentityCheck.objects.exists() and not Draft.objects.exists()


def test_who_is_asked_last(client: Client, jia: Person) -> None:
    began(client, CARE)
    assert client.get(f"{CARE}who/")["Location"] == CARE
    home = Client()
    home.force_login(account_of(person=jia).user)
    assert home.get(CARE)["Location"] == "/apply/nursing_allowance/", "who came in asks as themselves"


def test_the_first_certificate_is_written_without_an_account(client: Client, jia: Person) -> None:
    assert began(client, FIRST) == "need"
    client.post(FIRST, {"at": "need", "kind": "limb", "home": "no"})
    assert at(client, FIRST) == "slot"
    page = client.get(FIRST).content.decode()
    hour = re.search(r'name="slot" value="([\w.-]+)"', page)
    assert hour
    client.post(FIRST, {"at": "slot", "slot": hour[1]})
    assert at(client, FIRST) == "check"
    back = client.post(FIRST, {"at": "slot", "slot": hour[1], "go": "need"})["Location"]
    assert 'name="kind" value="limb" checked' in client.get(back).content.decode()
    wei = cast.new_person(41)
    wei.phone_sealed = ring().seal(STRANGE, place=f"person.phone.{wei.pk}")
    wei.phone_index = ring().blind_index("phone", STRANGE)
    wei.save()
    assert sent(client, wei, STRANGE, FIRST) == "/apply/first_certificate/"
    assert 'name="kind" value="limb" checked' in client.get("/apply/first_certificate/").content.decode()
