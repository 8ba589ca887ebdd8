"""D19: the page of one's users, and a deputy's queue with both names."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import COUNTY, OTHER_COUNTY, VILLAGE, build_divisions, today
from tongxing.accounts.models import Post, SignedIn, User
from tongxing.journal.models import Entry

pytestmark = pytest.mark.django_db
FORM = {"name": "阿华", "username": "ahua", "role": "village_worker", "place": VILLAGE}


def holder(username: str, role: str, division_code: str) -> User:
    user = User.objects.create(username=username, name=username, password="!")
    Post.objects.create(user=user, role=role, division_code=division_code, from_date=today())
    return user


@pytest.fixture
def xiaoli(client: Client) -> User:
    """Signed in; manages the users of her county."""
    build_divisions()
    user = holder("xiaoli", "federation_county", COUNTY)
    client.force_login(user)
    return user


def text(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined]


def stale(client: Client) -> None:
    client.get("/me/")
    SignedIn.objects.update(fresh_at=SignedIn.objects.first().fresh_at - timedelta(minutes=5))  # type: ignore[union-attr]


def test_a_new_user_gets_a_password_that_is_shown_once(client: Client, xiaoli: User) -> None:
    shown = text(client.post("/desk/users/add/", FORM))
    password = re.search(r'translate="no">([a-z2-9]{4}(?:-[a-z2-9]{4}){3})<', shown)[1]  # type: ignore[index]
    user = User.objects.get(username="ahua")
    assert user.check_password(password)
    assert password not in text(client.get(f"/desk/users/{user.pk}/"))
    assert password not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"username": "阿华"}, "小写字母"),
        ({"role": ""}, "请选好岗位和地方"),
        ({"place": "459921999999"}, "没有这个地方"),
        ({"place": COUNTY}, "不设在这一级"),
    ],
)
def test_a_mistake_is_said_and_nothing_typed_is_lost(
    client: Client, xiaoli: User, wrong: dict[str, str], said: str
) -> None:
    response = client.post("/desk/users/add/", FORM | wrong)
    assert response.status_code == 422
    assert said in text(response)
    assert 'value="阿华"' in text(response)
    assert not User.objects.filter(name="阿华").exists()


def test_a_place_that_the_form_does_not_offer_is_refused(client: Client, xiaoli: User) -> None:
    assert client.post("/desk/users/add/", FORM | {"place": "459922100201"}).status_code == 403


def test_every_change_asks_first_who_sits_there_and_keeps_the_form(client: Client, xiaoli: User) -> None:
    stale(client)
    asked = text(client.post("/desk/users/add/", FORM))
    assert "再次确认是我" in asked
    assert 'name="username" value="ahua"' in asked
    assert not User.objects.filter(username="ahua").exists()


def test_a_user_of_elsewhere_and_nobody_look_the_same(client: Client, xiaoli: User) -> None:
    stranger = holder("stranger", "federation_county", OTHER_COUNTY)
    for user_id in (stranger.pk, 987654):
        assert client.get(f"/desk/users/{user_id}/").status_code == 404
        assert client.post(f"/desk/users/{user_id}/do/", {"verb": "disable"}).status_code == 404
    stranger.refresh_from_db()
    assert stranger.is_active


def test_a_village_worker_has_no_such_page(client: Client) -> None:
    client.force_login(holder("worker", "village_worker", VILLAGE))
    assert client.get("/desk/users/").status_code == 403


def test_a_user_is_disabled_enabled_and_reset_by_one_press_each(client: Client, xiaoli: User) -> None:
    worker = holder("worker", "village_worker", VILLAGE)
    for verb, is_active in (("disable", False), ("enable", True)):
        assert client.post(f"/desk/users/{worker.pk}/do/", {"verb": verb}).status_code == 302
        worker.refresh_from_db()
        assert worker.is_active is is_active
    assert "只显示这一次" in text(client.post(f"/desk/users/{worker.pk}/do/", {"verb": "reset"}))


def test_ones_own_page_has_no_buttons_and_a_press_is_refused(client: Client, xiaoli: User) -> None:
    page = text(client.get(f"/desk/users/{xiaoli.pk}/"))
    assert "自己的账号要由别人来管" in page
    assert 'name="verb"' not in page
    assert client.post(f"/desk/users/{xiaoli.pk}/do/", {"verb": "reset"}).status_code == 403


def test_posts_are_given_and_ended(client: Client, xiaoli: User) -> None:
    worker = holder("worker", "village_worker", VILLAGE)
    place = {"verb": "appoint", "role": "township_officer", "place": "459921100000"}
    client.post(f"/desk/users/{worker.pk}/do/", place)
    given = worker.posts.get(role="township_officer")
    client.post(f"/desk/users/{worker.pk}/do/", {"verb": "end", "post": given.pk})
    given.refresh_from_db()
    assert given.until_date == today()


def test_a_deputy_changes_into_the_post_and_is_written_down_with_both_names(client: Client, xiaoli: User) -> None:
    absent, deputy = holder("阿梅", "federation_county", COUNTY), holder("老莫", "township_officer", "459921100000")
    days = {"from": str(today()), "until": str(today() + timedelta(days=7))}
    asked = {"verb": "deputise", "post": absent.posts.get().pk, "deputy": deputy.pk, **days}
    assert client.post(f"/desk/users/{absent.pk}/do/", asked).status_code == 302
    theirs = Client()
    theirs.force_login(deputy)
    assert "老莫（代阿梅）" not in text(theirs.get("/desk/policies/"))
    theirs.post("/me/post/", {"post": deputy.posts.exclude(deputy_of=None).get().pk})
    assert "老莫（代阿梅）" in text(theirs.get("/desk/policies/"))
    theirs.post("/me/devices/end-others/")
    entry = Entry.objects.get(verb="accounts.others_ended")
    assert (entry.actor_id, entry.actor_label[:6]) == (deputy.pk, "老莫（代阿梅"[:6])


def test_nobody_changes_into_a_post_of_another(client: Client, xiaoli: User) -> None:
    theirs = holder("other", "federation_county", COUNTY).posts.get()
    client.post("/me/post/", {"post": theirs.pk})
    assert client.session.get("post") is None


def test_a_wrong_day_is_said_and_the_choice_kept(client: Client, xiaoli: User) -> None:
    absent, deputy = holder("absent", "federation_county", COUNTY), holder("deputy", "village_worker", VILLAGE)
    asked = {"verb": "deputise", "post": absent.posts.get().pk, "deputy": deputy.pk, "from": "明天", "until": ""}
    response = client.post(f"/desk/users/{absent.pk}/do/", asked)
    assert response.status_code == 422
    assert "请写成 2026-03-01 这样" in text(response)
    assert f'<option value="{deputy.pk}" selected>' in text(response)
