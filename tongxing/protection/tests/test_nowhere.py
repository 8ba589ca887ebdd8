"""S28 by request: no page, search, list or file tells an officer who was not named where the person lives.

The village is called nothing else in this city, so its name or code anywhere in an answer is a leak. Each page is
first shown to tell it while nothing is protected, or to the one who is named.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests import cast
from tongxing.accounts.models import Post
from tongxing.casework.models import Case
from tongxing.casework.tests.conftest import TOWNSHIP, People, people
from tongxing.lists.rows import HIDDEN, all_rows
from tongxing.policy.actions import run_night
from tongxing.policy.models import Run
from tongxing.policy.queries import gaps
from tongxing.protection import actions
from tongxing.registry.keys import ring
from tongxing.registry.models import Named, Person
from tongxing.residents.actions import account_of

__all__ = ["people"]
pytestmark = pytest.mark.django_db
TELLS = ("水边村", "东风镇", cast.VILLAGE, TOWNSHIP, "七组 3 号")
Enter = Callable[..., Client]


@pytest.fixture
def enter() -> Enter:
    def come_in(user_id: int, role: str, division: str) -> Client:
        Post.objects.get_or_create(
            user_id=user_id, role=role, division_code=division, defaults={"from_date": cast.today()}
        )
        client = Client()
        client.force_login(Post.objects.get(user_id=user_id).user)
        return client

    return come_in


@pytest.fixture
def case(people: People) -> Case:
    person = people.person
    person.address_sealed = ring().seal("东风镇水边村七组 3 号", place=f"person.address.{person.pk}")
    person.save()
    return people.at_county()


def protect(people: People, named: int = 2) -> Person:
    post = Post.objects.get(user_id=named)
    actions.protect(by=people.county, person=people.person, reason="有人上门威胁过", posts=[post.pk])
    return people.person


def pages(person: Person, case: Case) -> list[str]:
    base, one = f"/desk/people/{person.pk}/", f"/desk/cases/{case.number}/"
    tabs = [base + tab for tab in ("", "money/", "file/", "family/", "looks/", "protect/")]
    found = [f"/desk/people/?q={asked}" for asked in (person.name, person.pk, person.opened("id_number"))]
    letter = [f"{one}letter/"]
    return [*tabs, *found, one, *letter, "/desk/cases/", "/desk/gaps/", "/desk/questions/", "/desk/requests/", "/desk/"]


def told(client: Client, path: str) -> set[str]:
    text = client.get(path).content.decode()
    return {word for word in TELLS if word in text}


@pytest.fixture
def night(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Run]:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    return lambda: run_night(as_of=cast.today())


def test_the_county_reads_the_county_alone(people: People, case: Case, enter: Enter, night: Callable[[], Run]) -> None:
    county, town = enter(5, "federation_county", cast.COUNTY), enter(2, "township_officer", TOWNSHIP)
    night()
    open_pages = [path for path in pages(people.person, case) if told(county, path)]
    assert len(open_pages) > 6, "they tell it while nothing is protected"
    person = protect(people)
    for path in ("/desk/gaps/?kind=unknown", "/desk/questions/", "/desk/gaps/"):
        assert person.name not in county.get(path).content.decode(), "a stored list still has the old place"
    night()
    assert {path: found for path in pages(person, case) if (found := told(county, path))} == {}
    assert "地址受保护" in county.get(f"/desk/people/{person.pk}/").content.decode()
    assert told(town, f"/desk/people/{person.pk}/") == {"水边村", "东风镇"}, "the named knows"


def test_another_officer_of_the_township_finds_nobody(people: People, case: Case, enter: Enter) -> None:
    enter(2, "township_officer", TOWNSHIP)
    other, person = enter(8, "township_officer", TOWNSHIP), protect(people)
    for path in pages(person, case):
        answer = other.get(path)
        if "?q=" not in path:
            assert answer.status_code == 404 or person.name not in answer.content.decode(), path
        else:
            assert f"/desk/people/{person.pk}/" not in answer.content.decode(), path


def test_a_file_of_a_list_has_neither_name_nor_place_of_a_protected_person(
    people: People, case: Case, enter: Enter, night: Callable[[], Run]
) -> None:
    enter(2, "township_officer", TOWNSHIP)
    cast.tell(people.person, "dibao", "true", home=True, source="民政")
    before = night()
    wanted = gaps.Filter(prefix=cast.COUNTY[:6], kind="unknown")
    rows = list(all_rows(people.county, before, wanted, 50, ()))
    assert {(row["name"], row["village"]) for row in rows} == {(people.person.name, "东风镇水边村")}
    protect(people)
    for run in (before, night()):
        rows = list(all_rows(people.county, run, wanted, 50, ()))
        assert rows and all(row["name"] == HIDDEN for row in rows)
    assert all(row["village"] == "甲县" for row in rows)


def test_the_person_reads_their_own_place_and_who_may_know_it(people: People, case: Case, enter: Enter) -> None:
    enter(2, "township_officer", TOWNSHIP)
    person, home = protect(people), Client()
    home.force_login(account_of(person=person).user)
    page = home.get("/my/data/").content.decode()
    assert "起受保护" in page and "老莫" in page
    copy = home.post("/my/data/copy/", {"form": "html"}).content.decode()
    assert "七组 3 号" in copy and "水边村" in copy


def test_the_page_says_what_is_missing_and_does_every_step(people: People, case: Case, enter: Enter) -> None:
    county, town = enter(5, "federation_county", cast.COUNTY), enter(2, "township_officer", TOWNSHIP)
    page, post = f"/desk/people/{people.person.pk}/protect/", Post.objects.get(user_id=2).pk
    asked = county.post(page + "do/", {"what": "protect", "reason": "有人上门威胁过"})
    assert asked.status_code == 422 and "至少点一位" in asked.content.decode() and "威胁过" in asked.content.decode()
    said = {"what": "protect", "reason": "有人上门威胁过", "posts": post, "until": "后天"}
    assert county.post(page + "do/", said).status_code == 422
    assert county.post(page + "do/", said | {"until": ""}).status_code == 302
    assert not any(word in county.get(page).content.decode() for word in ("老莫", "威胁过")), "names lead to places"
    named = Named.objects.get()
    assert town.get(f"/desk/people/{people.person.pk}/").status_code == 200
    county.post(page + "do/", {"what": "unname", "named": named.pk})
    assert town.get(f"/desk/people/{people.person.pk}/").status_code == 404
    assert county.post(page + "do/", {"what": "lift", "lift": ""}).status_code == 422
    assert county.post(page + "do/", {"what": "lift", "lift": "本人说不用了"}).status_code == 302
    assert town.get(f"/desk/people/{people.person.pk}/").status_code == 200


def test_a_move_is_written_down_on_two_pages(people: People, case: Case, enter: Enter) -> None:
    county = enter(5, "federation_county", cast.COUNTY)
    enter(2, "township_officer", TOWNSHIP)
    enter(8, "township_officer", "459922100000")
    page, post = f"/desk/people/{people.person.pk}/protect/move/", Post.objects.get(user_id=8).pk
    assert county.get(page)["Location"].endswith("/protect/"), "nothing is protected yet"
    protect(people)
    assert "西关镇" in county.get(page).content.decode()
    to = f"{page}?town=459922100000"
    shown = county.get(to).content.decode()
    assert "桥头村" in shown and "老莫" not in shown
    said = {"village": cast.FAR_VILLAGE, "address": "二组 8 号"}
    again = county.post(to, said)
    assert again.status_code == 422 and "至少点一位" in again.content.decode() and "二组 8 号" in again.content.decode()
    assert county.post(to, said | {"posts": post, "until": "后天"}).status_code == 422
    assert county.post(to, said | {"posts": post})["Location"] == "/desk/people/", "they belong to the other county now"
    people.person.refresh_from_db()
    assert people.person.village_code == f"{cast.OTHER_COUNTY[:6]}000000"
