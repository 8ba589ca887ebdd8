"""The letter says what failed, on whose word, and what one can do."""

from __future__ import annotations

from tests import cast
from tongxing.casework import actions
from tongxing.casework.models import Case
from tongxing.casework.tests.conftest import People
from tongxing.letters import words as letters
from tongxing.registry.models import Certificate


def refused(people: People) -> Case:
    cast.lists_came("military_grade")
    Certificate.objects.filter(person=people.person).update(state="cancelled")
    case = people.at_county()
    actions.decide(by=people.county, case=case, result="refused", reason="残疾人证注销了")
    return case


def test_a_refusal_names_the_condition_the_fact_and_the_routes(people: People) -> None:
    case = refused(people)
    letter = letters.of_decision(case.decisions.get())
    assert letter.title == "这次不能给您免费坐市内公交"
    assert [(reason.label, reason.met) for reason in letter.reasons] == [("有证", False)]
    assert "残疾人证注销了" in letter.opening
    assert [short for short, _ in letter.routes] == ["找我们再看", "行政复议", "打官司", "请人帮"]
