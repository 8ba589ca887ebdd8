"""The public notice: names masked, its days kept, a neighbour's word looked into before the case goes on."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tongxing.casework import actions, clocks, queries
from tongxing.casework.models import Case, Objection
from tongxing.casework.refusal import Refused
from tongxing.casework.tests.conftest import People


@pytest.fixture
def on_notice(people: People) -> Case:
    """阿甲's application for dibao as a single person, put up by the township."""
    case = people.applied("dibao_single_person")
    actions.accept(by=people.worker, case=case)
    actions.accept(by=people.town, case=case)
    case.refresh_from_db()
    return case


def after_the_notice(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    due = case.tasks.get(done_at=None).due_date
    monkeypatch.setattr(clocks, "today", lambda: due + timedelta(days=1))


def test_it_stands_there_until_its_days_are_over(
    people: People, on_notice: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [task.case.number for task in queries.on_notice()] == [on_notice.number]
    with pytest.raises(Refused, match="才满"):
        actions.accept(by=people.town, case=on_notice)
    after_the_notice(on_notice, monkeypatch)
    actions.accept(by=people.town, case=on_notice)
    assert not queries.on_notice().exists()


def test_a_word_against_it_is_looked_into_first(
    people: People, on_notice: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = actions.object_to(case=on_notice, words="他家去年盖了新楼")
    assert actions.object_to(case=on_notice, words="他家去年盖了新楼 ").pk == said.pk
    after_the_notice(on_notice, monkeypatch)
    with pytest.raises(Refused, match="还没有核实"):
        actions.accept(by=people.town, case=on_notice)
    actions.answer_objection(by=people.town, objection=said, answer="上门看过，楼是他哥哥的")
    with pytest.raises(Refused, match="核实过"):
        actions.answer_objection(by=people.town, objection=said, answer="再说一遍")
    actions.accept(by=people.town, case=on_notice)


def test_nobody_objects_to_what_is_not_on_notice(people: People) -> None:
    case = people.applied("free_bus")
    with pytest.raises(Refused, match="不在公示期"):
        actions.object_to(case=case, words="我觉得不对")
    assert not Objection.objects.exists()


def test_too_few_words_are_refused(on_notice: Case) -> None:
    with pytest.raises(Refused, match="写清楚"):
        actions.object_to(case=on_notice, words=" 不对 ")
