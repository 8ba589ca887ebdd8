"""A document goes from a draft into force, one way once it is issued, and never without number and file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests.cast import CITY, COUNTY, an_officer
from tongxing.accounts.access import Actor
from tongxing.journal.models import Entry
from tongxing.programme import actions, queries
from tongxing.programme.actions.papers import Move, Told
from tongxing.programme.models import Document
from tongxing.programme.refusal import Refused
from tongxing.programme.tests.conftest import photo

DAY = date(2025, 3, 3)


@pytest.fixture
def rules(register: None) -> Document:
    """Support for care providers, drafted by the federation."""
    return Document.objects.get(key="care_provider_rules")


@pytest.fixture
def county_plan(register: None) -> Document:
    """Of a county of the cast."""
    Document.objects.filter(key="county_plan_hepu").update(place_code=COUNTY)
    return Document.objects.get(key="county_plan_hepu")


def move(to: str, number: str = "", on: date = DAY) -> Move:
    return Move(to, on, "按程序走", number)


def test_from_a_draft_into_force(rules: Document, liang: Actor) -> None:
    for to in ("drafting", "consulting", "drafting", "reviewing"):
        rules = actions.advance_document(by=liang, document=rules, move=move(to))
    with pytest.raises(Refused, match="还没有文件"):
        actions.advance_document(by=liang, document=rules, move=move("issued", "某残发1号"))
    actions.add_evidence(by=liang, of=rules, name="印发稿", content=photo())
    with pytest.raises(Refused, match="文号"):
        actions.advance_document(by=liang, document=rules, move=move("issued"))
    with pytest.raises(Refused, match="先记印发"):
        actions.advance_document(by=liang, document=rules, move=move("in_force"))
    for _ in range(2):
        rules = actions.advance_document(by=liang, document=rules, move=move("issued", "某残发1号"))
    assert (rules.number, rules.issued_date, rules.steps.count()) == ("某残发1号", DAY, 5)
    with pytest.raises(Refused, match="不能退回去"):
        actions.advance_document(by=liang, document=rules, move=move("drafting"))
    with pytest.raises(Refused, match="早于印发"):
        actions.advance_document(by=liang, document=rules, move=move("in_force", on=date(2025, 1, 1)))
    assert actions.advance_document(by=liang, document=rules, move=move("in_force")).in_force_date == DAY


def test_only_its_unit_moves_it(rules: Document, stranger: Actor) -> None:
    for wrong in (stranger, an_officer("civil_affairs_city", CITY, 8), None):
        with pytest.raises(PermissionDenied):
            actions.advance_document(by=wrong, document=rules, move=move("drafting"))


@pytest.mark.parametrize(
    "wrong", [Move("no_such", DAY, "x"), Move("drafting", date(2999, 1, 1), "x"), Move("drafting", DAY, "")]
)
def test_a_step_is_a_known_one_with_words_and_a_day_that_was(rules: Document, liang: Actor, wrong: Move) -> None:
    with pytest.raises(Refused):
        actions.advance_document(by=liang, document=rules, move=wrong)


def test_a_county_sets_its_own_indicators_and_knows_what_it_does_not_know(county_plan: Document, pei: Actor) -> None:
    told = Told("家庭改造", "户", Decimal("400"))
    row = actions.set_indicator(by=pei, document=county_plan, told=told)
    assert row.value is None
    assert actions.set_indicator(by=pei, document=county_plan, told=told) == row
    later = Told("家庭改造", "户", Decimal("400"), Decimal("120"), DAY)
    assert actions.set_indicator(by=pei, document=county_plan, told=later).pk == row.pk
    assert Entry.objects.filter(verb="programme.indicator").count() == 2
    with pytest.raises(Refused, match="哪天的数"):
        actions.set_indicator(by=pei, document=county_plan, told=Told("低保", "%", None, Decimal("9")))


def test_documents_stand_by_their_kind(register: None) -> None:
    kinds = queries.documents_by_kind()
    assert [len(kinds[kind]) for kind in ("county_plan", "department_plan")] == [4, 9]
    assert [row.key for row in queries.documents_for("s4.6")] == [row.key for row in kinds["county_plan"]]
