"""A move by request: two pages without script, what stands in one's data, and who does it for whom."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests import cast
from tongxing.casework.tests.conftest import People
from tongxing.moves.actions import confirm
from tongxing.moves.models import Move
from tongxing.portal.tests.test_child import child
from tongxing.portal.tests.test_own_things import text
from tongxing.registry.models import Person
from tongxing.residents.actions import account_of

__all__ = ["child"]
pytestmark = pytest.mark.django_db
THERE, PAGE = "459922100000", "/my/change/move/"
TO = f"{PAGE}?town={THERE}"


def said(**more: Any) -> dict[str, Any]:
    return {"village": cast.FAR_VILLAGE, "address": "二组 8 号", "day": str(cast.today())} | more


def there() -> Any:
    return cast.an_officer("township_officer", THERE, 8)


def test_township_then_village_and_it_stands_among_what_i_asked(home: Client, jia: Person) -> None:
    assert "西关镇" in text(home.get(PAGE)) and home.get(f"{PAGE}?town=").status_code == 422
    page = text(home.get(TO))
    assert "桥头村" in page and "水边村" not in page, "the villages of that township alone"
    assert "谁一起搬" not in page, "nobody else lives in the household"
    assert "核实以后告诉您" in text(home.post(TO, said(), follow=True))
    assert "在核实" in text(home.get("/my/data/"))
    home.post(TO, said())
    assert Move.objects.count() == 1


def test_a_village_of_another_township_is_not_taken(home: Client) -> None:
    assert home.post(TO, said(village=cast.VILLAGE)).status_code == 422
    assert not Move.objects.exists()


def test_who_has_my_case_now_is_said_where_i_follow_it(home: Client, jia: Person, people: People) -> None:
    case = people.applied()
    page = f"/my/cases/{case.number}/"
    assert "东风镇" in text(home.get(page))
    home.post(TO, said())
    confirm(by=there(), move=Move.objects.get())
    after = text(home.get(page))
    assert "西关镇" in after and "东风镇" not in after and "您搬了家，转到新地方办" in after
    data = text(home.get("/my/data/"))
    assert "归乙县西关镇管" in data and "撤回，不搬了" not in data
    copy = json.loads(home.post("/my/data/copy/", {"form": "json"}).content)
    assert [move["state"] for move in copy["moves"]] == ["done"]


def test_only_who_said_it_takes_it_back(home: Client, jia: Person) -> None:
    mate = cast.new_person(2, with_household=False)
    cast.join(mate, cast.home_of(jia), "spouse")
    assert mate.name in text(home.get(TO))
    home.post(TO, said(along=[mate.pk]))
    move, other = Move.objects.get(), Client()
    other.force_login(account_of(person=mate).user)
    assert "撤回，不搬了" not in text(other.get("/my/data/")), "who goes along reads it"
    assert other.post(f"{PAGE}{move.pk}/withdraw/").status_code == 404
    assert home.post(f"{PAGE}{move.pk}/withdraw/").status_code == 302
    confirmed = Move.objects.get()
    assert confirmed.state == "withdrawn" and "在核实" not in text(home.get("/my/data/"))


def test_a_guardian_says_it_for_a_child_after_the_first_yes(home: Client, child: Person) -> None:
    home.post("/my/for/", {"person": child.pk})
    assert "先答应一次" in text(home.post(TO, said())) and not Move.objects.exists()
    kept = {"confirm-path": TO, "confirm-method": "POST"}
    assert "核实以后告诉您" in text(home.post("/my/child/", said() | kept, follow=True))
    assert Move.objects.get().person == child


def test_whose_place_is_protected_comes_to_the_office(home: Client, jia: Person) -> None:
    Person.objects.filter(pk=jia.pk).update(village_code=f"{cast.COUNTY[:6]}000000")
    page = text(home.get(TO))
    assert "住址受保护" in page and "id_town" not in page
    home.post(TO, said())
    assert not Move.objects.exists()
