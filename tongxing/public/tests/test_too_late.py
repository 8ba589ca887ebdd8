"""A16 on the desk: what an officer sent when the session had ended comes back to that officer, and to nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from tongxing.accounts.access import needs
from tongxing.accounts.models import SignedIn, User
from tongxing.accounts.rights import Right
from tongxing.public.tests.cast import PASSWORD, code_now, officer, signed_in, with_phone
from tongxing.signing import late
from tongxing.ui.tests.mistakes import Page

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
SENT: list[dict[str, list[str]]] = []
TYPED = {"words": "他家没有电梯", "to": ["陈", "韦 <b>"], "what": "hand_back", "password": "石榴"}


@needs(Right.SEE_POLICIES)
def note(request: HttpRequest) -> HttpResponse:
    SENT.append({name: request.POST.getlist(name) for name in request.POST if name != "csrfmiddlewaretoken"})
    return HttpResponse("noted")


urlpatterns = [path("note/", note), path("", include("tongxing.config.urls"))]
handler403, handler404 = "tongxing.public.errors.forbidden", "tongxing.public.errors.not_found"


@pytest.fixture
def ali() -> User:
    SENT.clear()
    return officer()


@pytest.fixture
def rested(ali: User) -> tuple[Client, str]:
    """A browser whose session ended a minute ago, and the secret of the phone."""
    browser, secret = signed_in(ali)
    SignedIn.objects.update(seen_at=SignedIn.objects.get().seen_at - timedelta(minutes=16))
    return browser, secret


def hidden(response: HttpResponse) -> dict[str, list[str]]:
    """The hidden fields of the first form in the page."""
    found: dict[str, list[str]] = {}
    for each in Page(response.content.decode()).elements:
        if each.tag == "input" and each.attrs.get("type") == "hidden" and each.inside("main"):
            found.setdefault(each.attrs["name"], []).append(each.attrs.get("value", ""))
    return found


def sign_in(browser: Client, kept: dict[str, list[str]], secret: str, name: str = "ali") -> HttpResponse:
    wrong = browser.post("/sign-in/", kept | {"username": name, "password": "不对"})
    assert hidden(wrong).get("kept") == kept.get("kept"), "a wrong password loses nothing"
    browser.post("/sign-in/", kept | {"username": name, "password": PASSWORD})
    return browser.post("/sign-in/code/", {"code": code_now(secret, 1)})


def test_what_was_typed_comes_back_and_is_sent_by_a_press(rested: tuple[Client, str]) -> None:
    browser, secret = rested
    asked = browser.post("/note/?page=2", TYPED)
    assert asked.status_code == 401 and "刚才填的还在" in asked.content.decode()
    assert "电梯" not in asked.content.decode(), "whoever passes the machine reads nothing"
    again = sign_in(browser, hidden(asked), secret)
    assert "他家没有电梯" in again.content.decode() and not SENT
    form = hidden(again)
    assert form == {"csrfmiddlewaretoken": form["csrfmiddlewaretoken"]} | {
        "words": ["他家没有电梯"], "to": ["陈", "韦 <b>"], "what": ["hand_back"]
    }  # fmt: skip
    assert 'action="/note/?page=2"' in again.content.decode()
    assert browser.post("/note/?page=2", form).content == b"noted" and SENT[0]["to"] == ["陈", "韦 <b>"]


def test_nothing_of_it_stays_in_the_session(rested: tuple[Client, str]) -> None:
    browser, secret = rested
    sign_in(browser, hidden(browser.post("/note/", TYPED)), secret)
    assert "kept" not in str(dict(browser.session)) and "half" not in browser.session


def test_a_look_in_between_does_not_lose_it(rested: tuple[Client, str]) -> None:
    browser, _ = rested
    assert browser.get("/note/").status_code == 302
    assert browser.post("/note/", TYPED).status_code == 401


def test_another_officer_gets_none_of_it(rested: tuple[Client, str]) -> None:
    browser, _ = rested
    secret = with_phone(officer("mei"))
    came = sign_in(browser, hidden(browser.post("/note/", TYPED)), secret, "mei")
    assert came.status_code == 302 and came["Location"] == "/desk/home/"


def test_after_some_hours_it_is_gone(rested: tuple[Client, str], monkeypatch: pytest.MonkeyPatch) -> None:
    browser, secret = rested
    asked = hidden(browser.post("/note/", TYPED))
    monkeypatch.setattr(late, "HOURS", -1)
    assert sign_in(browser, asked, secret).status_code == 302


@pytest.mark.parametrize("forged", ["", "x", "AAAA", "不是"])
def test_what_we_did_not_seal_is_not_opened(rested: tuple[Client, str], forged: str) -> None:
    browser, secret = rested
    assert sign_in(browser, {"kept": [forged]} if forged else {}, secret).status_code == 302


def test_whoever_signed_out_leaves_nothing(ali: User) -> None:
    browser, _ = signed_in(ali)
    browser.post("/sign-out/")
    assert browser.post("/note/", TYPED).status_code == 302


def test_what_is_too_long_is_said_to_be_lost(rested: tuple[Client, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(late, "MOST", 10)
    asked = rested[0].post("/note/", TYPED)
    assert asked.status_code == 401 and "没能留住" in asked.content.decode() and "kept" not in hidden(asked)
