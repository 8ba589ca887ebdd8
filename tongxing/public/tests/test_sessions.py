"""S19: idle 15 minutes, 8 hours in all, own devices listed and ended, all over when user or post end."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from tongxing.accounts.models import Post, SignedIn, User
from tongxing.public.tests.cast import officer, signed_in

pytestmark = pytest.mark.django_db
HOME = "/desk/policies/"


@pytest.fixture
def ali() -> User:
    return officer()


@pytest.fixture
def browser(ali: User) -> Client:
    return signed_in(ali)[0]


def later(**ago: float) -> None:
    """The clock moves by moving what was noted."""
    for one in SignedIn.objects.all():
        one.seen_at -= timedelta(**ago)
        one.started_at -= timedelta(**ago)
        one.fresh_at -= timedelta(**ago)
        one.save()


def is_in(browser: Client) -> bool:
    return browser.get(HOME).status_code == 200


def test_fourteen_idle_minutes_are_fine_and_fifteen_are_not(browser: Client) -> None:
    later(minutes=14)
    assert is_in(browser)
    later(minutes=15)
    assert not is_in(browser)
    assert SignedIn.objects.get().ended_at is not None


def test_the_sign_in_page_says_why_one_is_out(browser: Client) -> None:
    later(minutes=15)
    assert "您已经退出" in browser.get(HOME, follow=True).content.decode()


def test_using_it_keeps_a_session_but_for_eight_hours_at_most(browser: Client) -> None:
    for _ in range(34):
        later(minutes=14)
        assert is_in(browser)
    later(minutes=5)
    assert not is_in(browser)


def test_a_disabled_user_is_out_at_once(browser: Client, ali: User) -> None:
    User.objects.filter(pk=ali.pk).update(is_active=False)
    assert not is_in(browser)


def test_who_loses_the_last_post_is_out_at_once(browser: Client, ali: User) -> None:
    Post.objects.filter(user=ali).update(until_date=date.today())
    assert browser.get(HOME)["Location"].startswith("/sign-in/")


def test_another_device_is_listed_and_can_be_ended(ali: User, browser: Client) -> None:
    other = SignedIn.objects.get()
    here, _ = signed_in_again(ali)
    assert here.get("/me/").content.decode().count("登录，") == 2
    assert here.post(f"/me/devices/{other.pk}/end/").status_code == 302
    assert not is_in(browser)
    assert is_in(here)


def test_all_others_end_with_one_press(ali: User, browser: Client) -> None:
    here, _ = signed_in_again(ali)
    here.post("/me/devices/end-others/")
    assert (is_in(browser), is_in(here)) == (False, True)


def test_nobody_ends_a_strangers_device(browser: Client) -> None:
    signed_in(officer("stranger"))
    theirs = SignedIn.objects.get(user__username="stranger")
    assert browser.post(f"/me/devices/{theirs.pk}/end/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.ended_at is None


def test_signing_out_ends_the_device(browser: Client) -> None:
    browser.post("/sign-out/")
    assert SignedIn.objects.get().ended_at is not None


def test_a_session_without_a_device_counts_for_nothing_in_a_real_city(ali: User, client: Client) -> None:
    client.force_login(ali)
    assert not is_in(client)


def signed_in_again(user: User) -> tuple[Client, str]:
    """On another device, with a newly bound phone."""
    return signed_in(user)
