"""What a reader chose is served on every page: by the account on every device, by a cookie for guests."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from tongxing.accounts.models import User
from tongxing.journal.models import Entry
from tongxing.public.tests.cast import code_now, officer, signed_in, type_password, with_phone
from tongxing.ui.display import COOKIE, Display, display_settings

pytestmark = pytest.mark.django_db
DARK = {"theme": "dark", "text": "150", "size": "elder", "spacing": "wide"}


def kept(cookie: str) -> Display:
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = cookie
    return display_settings(request)


def test_a_saved_choice_is_on_the_next_page_without_javascript(client: Client) -> None:
    answer = client.post("/display/", DARK | {"next": "/help/"})
    assert answer.headers["Location"] == "/help/"
    page = client.get("/help/").content.decode()
    assert '<html lang="zh-CN" data-theme="dark" data-text="150" data-size="elder" data-spacing="wide">' in page


def test_the_cookie_is_for_the_server_alone(client: Client) -> None:
    cookie = client.post("/display/", DARK).cookies[COOKIE]
    assert cookie.value == "dark.150.elder.wide.on.full.off.off.normal.off.off"
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_who_stays_sees_that_it_is_saved_and_a_way_back(client: Client) -> None:
    answer = client.post("/display/", DARK | {"next": "/desk/home/?a=1&b=2", "stay": "1"}, follow=True)
    page = answer.content.decode()
    assert "存下了。" in page
    assert 'href="/desk/home/?a=1&amp;b=2"' in page
    assert 'value="dark" checked' in page


def test_everything_can_be_made_plain_again(client: Client) -> None:
    client.post("/display/", DARK)
    client.post("/display/", DARK | {"plain": "1"})
    assert '<html lang="zh-CN">' in client.get("/display/").content.decode()


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\example.org"]
)
def test_saving_never_leads_to_another_site(client: Client, elsewhere: str) -> None:
    answer = client.post("/display/", DARK | {"next": elsewhere})
    assert answer.headers["Location"] == "/display/?saved=1"
    assert "example.org" not in client.get("/display/", {"next": elsewhere}).content.decode().split("<main")[1]


@pytest.mark.parametrize(
    "cookie", ["", "dark", "x.y.z", 'dark"><script>.100.normal.normal', "." * 50, "dark.999.elder.wide"]
)
def test_a_broken_cookie_is_read_as_far_as_it_makes_sense(cookie: str) -> None:
    found = kept(cookie)
    assert found.theme == ("dark" if cookie.split(".")[0] == "dark" else "default")
    assert found.text == "100"
    assert "script" not in found.attributes


def test_plain_choices_leave_no_attributes() -> None:
    assert Display().attributes == ""
    assert kept(Display(theme="cream").cookie) == Display(theme="cream")


def test_the_link_to_the_form_leads_back_to_the_page_with_its_filter(client: Client) -> None:
    page = client.get("/design/?a=1&b=2").content.decode()
    assert 'href="/display/?next=%2Fdesign%2F%3Fa%3D1%26b%3D2"' in page


@pytest.fixture
def ali() -> User:
    return officer()


def html(page: object) -> str:
    """The opening tag, which carries the look."""
    return page.content.decode().split("<head>")[0]  # type: ignore[attr-defined]


def come_in(browser: Client, secret: str) -> None:
    type_password(browser)
    assert browser.post("/sign-in/code/", {"code": code_now(secret, 1)}).status_code == 302


def test_the_next_device_knows_what_somebody_chose_while_signed_in(ali: User) -> None:
    here, secret = signed_in(ali)
    here.post("/display/", DARK)
    there = Client()
    assert "data-" not in html(there.get("/help/")), "a device that nobody came in on is plain"
    come_in(there, secret)
    assert 'data-theme="dark" data-text="150" data-size="elder" data-spacing="wide"' in html(there.get("/help/"))


def test_the_account_goes_before_the_device_and_a_guest_changes_no_account(ali: User) -> None:
    browser, secret = signed_in(ali)
    browser.post("/display/", DARK)
    browser.post("/sign-out/")
    browser.post("/display/", {"theme": "cream"})
    assert 'data-theme="cream"' in html(browser.get("/help/"))
    come_in(browser, secret)
    assert 'data-theme="dark"' in html(browser.get("/help/"))


def test_whoever_never_chose_while_signed_in_reads_as_the_device_says(ali: User) -> None:
    browser = Client()
    browser.post("/display/", DARK)
    come_in(browser, with_phone(ali))
    assert 'data-theme="dark"' in html(browser.get("/help/"))
    assert User.objects.get().display == ""


def test_made_plain_with_the_account_is_plain_on_a_device_that_is_not(ali: User) -> None:
    browser, _ = signed_in(ali)
    browser.post("/display/", {"plain": "1"})
    browser.cookies[COOKIE] = Display(theme="dark").cookie
    assert "data-theme" not in html(browser.get("/help/"))


def test_the_journal_says_that_it_changed_and_not_to_what(ali: User) -> None:
    browser, _ = signed_in(ali)
    browser.post("/display/", DARK)
    entry = Entry.objects.order_by("-number")[0]
    assert (entry.verb, entry.subject, entry.detail) == ("accounts.display_kept", f"user:{ali.pk}", {})
    assert entry.actor_label.startswith("阿黎")
