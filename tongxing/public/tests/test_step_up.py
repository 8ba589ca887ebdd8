"""S16: who sits there is proved again within five minutes before what cannot be taken back; nothing typed is lost."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings as conf
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from tongxing.accounts.access import fresh, needs
from tongxing.accounts.models import SignedIn, User
from tongxing.accounts.rights import Right
from tongxing.journal.models import Entry
from tongxing.public.tests.cast import code_now, officer, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@needs(Right.SEE_POLICIES)
@fresh(minutes=5)
def pay(request: HttpRequest) -> HttpResponse:
    said = {name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"}
    return HttpResponse(f"{request.method} {said}")


@needs(Right.MANAGE_USERS)
@fresh(minutes=5)
def not_hers(request: HttpRequest) -> HttpResponse:
    return HttpResponse("open")


def plain(request: HttpRequest) -> HttpResponse:
    return HttpResponse("plain")


urlpatterns = [
    path("pay/", pay),
    path("not-hers/", not_hers),
    path("plain/", plain),
    path("", include("tongxing.config.urls")),
]
handler403, handler404 = "tongxing.public.errors.forbidden", "tongxing.public.errors.not_found"
TYPED = {"amount": "80", "to": ["陈", "韦 <b>"], "code": "a code is never carried on"}


@pytest.fixture
def ali() -> User:
    return officer()


@pytest.fixture
def stale(ali: User) -> tuple[Client, str]:
    """A browser whose last proof is five minutes old, and the phone's secret."""
    browser, secret = signed_in(ali)
    SignedIn.objects.update(fresh_at=SignedIn.objects.get().fresh_at - timedelta(minutes=5))
    return browser, secret


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def fields(page: str) -> list[tuple[str, str]]:
    """What the page's last form would send."""
    form = page[page.rindex("<form") :]
    named = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return [(name, value.replace("&lt;", "<").replace("&gt;", ">")) for name, value in named]


def by_name(found: list[tuple[str, str]]) -> dict[str, list[str]]:
    return {name: [value for other, value in found if other == name] for name, _ in found}


def test_who_just_signed_in_is_not_asked_again(ali: User) -> None:
    browser, _ = signed_in(ali)
    assert text(browser.get("/pay/")) == "GET {}"


def test_after_five_minutes_a_page_asks_first_and_then_opens(stale: tuple[Client, str]) -> None:
    browser, secret = stale
    asked = text(browser.get("/pay/?month=3"))
    assert "再确认一次是您" in asked
    response = browser.post("/confirm/", by_name(fields(asked)) | {"code": code_now(secret, 1)})
    assert response["Location"] == "/pay/?month=3"
    assert text(browser.get("/pay/")) == "GET {}"
    assert Entry.objects.get(verb="accounts.confirmed").detail == {"how": "totp"}


def test_a_form_is_not_carried_out_before_and_keeps_every_typed_value(stale: tuple[Client, str]) -> None:
    browser, secret = stale
    asked = text(browser.post("/pay/", TYPED))
    assert "再确认一次是您" in asked
    wrong = text(browser.post("/confirm/", by_name(fields(asked)) | {"code": "000000"}))
    assert "验证码不对" in wrong
    sure = text(browser.post("/confirm/", by_name(fields(wrong)) | {"code": code_now(secret, 1)}))
    assert '<form method="post" action="/pay/"' in sure
    assert ">接着做</button>" in sure
    done = text(browser.post("/pay/", by_name(fields(sure))))
    assert done == "POST {'amount': ['80'], 'to': ['陈', '韦 <b>']}"


def test_a_wrong_code_confirms_nothing(stale: tuple[Client, str]) -> None:
    browser, _ = stale
    assert browser.post("/confirm/", {"confirm-path": "/pay/", "code": "000000"}).status_code == 422
    assert "再确认一次是您" in text(browser.get("/pay/"))


def test_codes_cannot_be_guessed_here_without_waiting(stale: tuple[Client, str]) -> None:
    browser, _ = stale
    tried = [browser.post("/confirm/", {"confirm-path": "/pay/", "code": "000000"}).status_code for _ in range(5)]
    assert tried == [422, 422, 422, 429, 429]


def test_the_right_is_checked_before_anybody_is_asked_to_prove_anything(stale: tuple[Client, str]) -> None:
    assert stale[0].get("/not-hers/").status_code == 403


@pytest.mark.parametrize("path", ["/plain/", "/no/such/", "https://elsewhere.example/"])
def test_a_form_goes_on_only_to_a_page_that_asks_for_proof(stale: tuple[Client, str], path: str) -> None:
    browser, secret = stale
    kept = {"confirm-path": path, "confirm-method": "POST", "code": code_now(secret, 1)}
    assert browser.post("/confirm/", kept).status_code == 404


def test_in_a_demo_one_press_is_enough_for_whoever_came_through_the_door(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    officer("demo-ali")
    browser = Client()
    browser.post("/demo/demo-ali/enter/")
    SignedIn.objects.update(fresh_at=SignedIn.objects.get().fresh_at - timedelta(minutes=5))
    asked = text(browser.get("/pay/"))
    assert "演示：再次确认是我" in asked
    assert browser.post("/confirm/", by_name(fields(asked)))["Location"] == "/pay/"


def test_the_press_of_the_demo_is_worth_nothing_in_a_real_city(stale: tuple[Client, str]) -> None:
    SignedIn.objects.update(how=SignedIn.How.DOOR)
    assert conf.DEMO is False
    assert stale[0].post("/confirm/", {"confirm-path": "/pay/"}).status_code == 422


def test_export_full_numbers_and_own_factors_ask_for_proof(stale: tuple[Client, str]) -> None:
    for address in ("/desk/gaps/export/?list=missing", "/me/phone/", "/me/passkeys/"):
        assert "再确认一次是您" in text(stale[0].get(address)), address
    for address in ("/desk/people/1/unmask/", "/me/codes/", "/me/passkeys/1/remove/"):
        assert "再确认一次是您" in text(stale[0].post(address, {"field": "phone"})), address
