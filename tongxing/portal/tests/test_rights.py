"""What one can get by what is held: told once and kept as told, asked for once, and nobody else's."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import cast
from tongxing.casework.models import Case
from tongxing.casework.tests.conftest import People
from tongxing.journal.models import Entry
from tongxing.registry.models import Person, Status

pytestmark = pytest.mark.django_db
RIGHTS, TELL, ASK = "/my/rights/", "/my/rights/tell/", "/my/rights/ask/"


@pytest.fixture(autouse=True)
def known(jia: Person) -> Person:
    """A holder of grade 2 (the cast made them so) of whom nobody asked whether somebody must care for them."""
    cast.lists_came("dibao", "dibao_single", "dibao_edge", "tekun", "injury_care", "orphan_allowance", "elder_assessed")
    cast.lists_came("receives_nursing_allowance", "receives_de_facto_orphan", "receives_living_allowance")
    return jia


def page(home: Client) -> str:
    return home.get(RIGHTS).content.decode()


def told(person: Person) -> list[tuple[str, str, str, str]]:
    found = Status.objects.filter(person=person, fact__in=("needs_care", "self_care", "income")).order_by("pk")
    return [(status.fact, status.answer, status.value, status.source) for status in found]


def asks(html: str) -> list[str]:
    return re.findall(r'name="fact" value="(\w+)"', html)


def test_a_missing_fact_is_told_in_place_and_decides_at_once(home: Client, jia: Person) -> None:
    before = page(home)
    assert 'id="c-nursing_allowance"' not in before
    assert "needs_care" in asks(before)
    for _ in range(2):
        answered = home.post(TELL, {"fact": "needs_care", "value": "true", "once": "k1"})
        assert answered["Location"] == RIGHTS
    assert told(jia) == [("needs_care", "known", "true", "本人说")]
    after = page(home)
    assert 'id="c-nursing_allowance"' in after
    assert "needs_care" not in asks(after), "asked twice"


def test_what_one_would_not_say_is_not_asked_again(home: Client, jia: Person) -> None:
    home.post(TELL, {"fact": "needs_care", "value": "refused"})
    assert told(jia) == [("needs_care", "refused", "", "本人说")]
    assert "needs_care" not in asks(page(home))


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [
        ("needs_care", "", "请先回答"),
        ("needs_care", "maybe", "请选“是”或“不是”"),
        ("income", "很多", "1234.50"),
        ("dibao", "true", "由部门名单更新"),
        ("nothing", "1", "由部门名单更新"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_changes(
    home: Client, jia: Person, fact: str, value: str, said: str
) -> None:
    answered = home.post(TELL, {"fact": fact, "value": value})
    assert answered.status_code == 422
    assert said in answered.content.decode()
    assert "<title>有错误：" in answered.content.decode()
    assert told(jia) == []


def test_a_right_is_asked_for_once_and_then_followed(home: Client, jia: Person) -> None:
    assert 'value="free_bus"' in page(home)
    first, second = (home.post(ASK, {"service": "free_bus"})["Location"] for _ in range(2))
    assert first == second
    case = Case.objects.get(person=jia, service="free_bus")
    assert first == f"/my/cases/{case.number}/"
    assert first in page(home)
    refused = home.post(ASK, {"service": "no_such"})
    assert refused.status_code == 422
    assert "没有服务 no_such" in refused.content.decode()


def test_only_whoever_came_in_sees_and_says(client: Client, jia: Person, people: People) -> None:
    for answered in (client.get(RIGHTS), client.post(TELL, {"fact": "needs_care", "value": "true"})):
        assert answered.status_code in (302, 401)
        assert b'id="c-' not in answered.content
    assert told(jia) == []


def test_the_words_and_the_day_of_each_fact_stand_beside_it(home: Client, jia: Person) -> None:
    cast.tell(jia, "needs_care", "true", source="上门看到")
    card = page(home).partition('aria-labelledby="c-nursing_allowance"')[2].partition("</article>")[0]
    assert "要长期照护：是" in card
    assert "上门看到 · " in card


def test_one_looking_at_their_own_rights_leaves_no_trace_but_the_telling(home: Client, jia: Person) -> None:
    before = Entry.objects.count()
    page(home)
    assert Entry.objects.count() == before
    home.post(TELL, {"fact": "needs_care", "value": "true"})
    assert Entry.objects.order_by("pk").last().verb == "registry.answered"  # type: ignore[union-attr]


def test_the_number_of_questions_to_the_database_does_not_grow(home: Client, jia: Person) -> None:
    page(home)
    with CaptureQueriesContext(connection) as few:
        page(home)
    for fact in ("needs_care", "rehab_need", "device_need", "self_care"):
        cast.tell(jia, fact, "none" if fact == "self_care" else "true")
    for service in ("free_bus", "telecom_discount"):
        home.post(ASK, {"service": service})
    page(home)
    with CaptureQueriesContext(connection) as many:
        page(home)
    assert len(many) <= len(few)
