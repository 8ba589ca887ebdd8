"""A person decides: with the rule alone, against it with a second person; an appeal goes to somebody else."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tongxing.casework import actions, queries
from tongxing.casework.models import Decision
from tongxing.casework.refusal import Refused
from tongxing.casework.tests.conftest import People
from tongxing.registry.models import Certificate


def test_granting_what_the_rule_grants_is_in_force_at_once(people: People) -> None:
    case = people.at_county()
    decision = actions.decide(by=people.county, case=case, result="granted")
    case.refresh_from_db()
    assert (decision.state, decision.advice, case.state) == ("in_force", True, "decided")
    assert not queries.queue_for(people.county).exists()


def test_the_decision_keeps_facts_rule_version_and_explanation(people: People) -> None:
    frozen = actions.decide(by=people.county, case=people.at_county(), result="granted").frozen
    assert frozen["eligible"] is True and frozen["tree"]["value"] is True
    assert frozen["facts"]["has_cert"] == {"value": True}
    assert {"as_of", "policy", "pack", "version"} <= frozen.keys()
    assert people.person.name not in str(frozen)


def test_refusing_against_the_rule_needs_a_reason_and_a_second_person(people: People) -> None:
    case = people.at_county()
    with pytest.raises(Refused, match="理由"):
        actions.decide(by=people.county, case=case, result="refused")
    decision = actions.decide(by=people.county, case=case, result="refused", reason="证是借来的")
    case.refresh_from_db()
    assert (decision.state, case.state) == ("waiting", "open")
    with pytest.raises(PermissionDenied):
        actions.confirm(by=people.county, decision=decision, agrees=True)
    with pytest.raises(PermissionDenied):
        actions.confirm(by=people.civil, decision=decision, agrees=True)
    actions.confirm(by=people.colleague, decision=decision, agrees=True)
    case.refresh_from_db()
    assert case.state == "decided"


def test_where_the_second_person_does_not_agree_the_case_goes_on(people: People) -> None:
    case = people.at_county()
    decision = actions.decide(by=people.county, case=case, result="refused", reason="证是借来的")
    actions.confirm(by=people.colleague, decision=decision, agrees=False)
    assert actions.decide(by=people.colleague, case=case, result="granted").state == "in_force"


def test_unknown_is_not_no_so_refusing_it_needs_a_second_person(people: People) -> None:
    Certificate.objects.filter(person=people.person).delete()
    case = people.at_county()
    decision = actions.decide(by=people.county, case=case, result="refused", reason="没有证")
    assert (decision.advice, decision.state) == (None, "waiting")


def test_a_closed_case_is_not_decided_again(people: People) -> None:
    case = people.at_county()
    actions.decide(by=people.county, case=case, result="granted")
    with pytest.raises(Refused, match="已决定"):
        actions.decide(by=people.colleague, case=case, result="refused", reason="x")
    assert Decision.objects.count() == 1


def test_the_maker_may_undo_a_decision_for_ten_minutes(people: People) -> None:
    case = people.at_county()
    actions.decide(by=people.county, case=case, result="granted")
    with pytest.raises(Refused, match="不是您做的"):
        actions.undo(by=people.colleague, case=case)
    actions.undo(by=people.county, case=case)
    case.refresh_from_db()
    assert case.state == "open"
    assert actions.decide(by=people.county, case=case, result="granted").state == "in_force"


def test_a_thing_is_handed_over_before_the_case_is_closed(people: People) -> None:
    case = people.at_county("device_subsidy")
    decision = actions.decide(by=people.county, case=case, result="granted", reason="评估过了")
    if decision.state == "waiting":
        actions.confirm(by=people.colleague, decision=decision, agrees=True)
    case.refresh_from_db()
    assert (case.state, case.role) == ("open", "federation_county")
    actions.delivered(by=people.county, case=case, words="轮椅一辆，本人收")
    case.refresh_from_db()
    assert case.state == "closed"
