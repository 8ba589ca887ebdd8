"""The township's page of a move: who is there, one press for yes, words for no, and the same answer twice (R6)."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import cast
from tongxing.accounts.models import Post
from tongxing.casework.tests.conftest import TOWNSHIP
from tongxing.journal.models import Entry
from tongxing.moves.models import Move
from tongxing.moves.tests.conftest import ADDRESS, THERE, Home, home, people

__all__ = ["home", "people"]
pytestmark = pytest.mark.django_db


def enter(user_id: int, role: str, division: str) -> Client:
    post = Post.objects.create(user_id=user_id, role=role, division_code=division, from_date=cast.today())
    client = Client()
    client.force_login(post.user)
    return client


@pytest.fixture
def there(home: Home) -> Client:
    return enter(8, "township_officer", THERE)


def test_the_page_says_who_comes_and_is_written_down(home: Home, there: Client) -> None:
    home.people.applied()
    move = home.asked(home.spouse)
    assert home.person.name in there.get("/desk/requests/").content.decode()
    page = there.get(f"/desk/requests/moves/{move.pk}/").content.decode()
    for word in (home.person.name, home.spouse.name, ADDRESS, "甲县东风镇水边村", "还有 1 人留下", "1 件，一起转来"):
        assert word in page
    assert Entry.objects.filter(verb="registry.looked", subject=f"person:{home.person.pk}").count() == 1


@pytest.mark.parametrize(("go", "state"), [("yes", "done"), ("no", "declined")])
def test_a_form_that_comes_twice_is_answered_alike(home: Home, there: Client, go: str, state: str) -> None:
    move = home.asked()
    page, form = f"/desk/requests/moves/{move.pk}/", {"go": go, "words": "这个门牌没有人住"}
    answers = [there.post(page, form) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Move.objects.get().state == state
    assert Entry.objects.filter(verb__in=("moves.confirmed", "moves.declined")).count() == 1
    assert there.get(page).status_code == 200, "what was answered can be read"


def test_what_is_missing_keeps_what_was_typed(home: Home, there: Client) -> None:
    page = f"/desk/requests/moves/{home.asked().pk}/"
    said = {"go": "yes", "host": "12345", "relation": "parent"}
    again = there.post(page, said)
    assert again.status_code == 422 and 'value="12345"' in again.content.decode()
    assert there.post(page, {"go": "no"}).status_code == 422
    assert there.post(page, {}).status_code == 422
    assert Move.objects.get().state == "waiting"


def test_the_old_unit_reads_where_they_went_and_no_address(home: Home, there: Client) -> None:
    here, move = enter(2, "township_officer", TOWNSHIP), home.asked()
    page = f"/desk/requests/moves/{move.pk}/"
    assert here.get(page).status_code == 404, "not before it is done"
    there.post(page, {"go": "yes"})
    shown = here.get(page).content.decode()
    assert "乙县西关镇桥头村" in shown and ADDRESS not in shown
    assert home.person.name in here.get("/desk/requests/").content.decode()
    assert here.get(f"/desk/people/{home.person.pk}/").status_code == 404
    assert "搬家：从甲县东风镇水边村" in there.get(f"/desk/people/{home.person.pk}/file/").content.decode()
