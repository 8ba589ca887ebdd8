"""S29: no verb decides about somebody under guardianship before they were heard."""

from __future__ import annotations

import pytest

from tests import cast
from tongxing.casework import actions
from tongxing.casework.models import Case, Decision
from tongxing.casework.refusal import Refused
from tongxing.casework.tests.conftest import People, heard, put_under_guardianship
from tongxing.registry.models import Person

NOT_YET = "本人自己怎么说"


@pytest.mark.parametrize("result", ["granted", "refused"])
def test_a_decision_waits_until_the_person_was_heard(people: People, result: str) -> None:
    put_under_guardianship(people.person)
    case = people.at_county()
    with pytest.raises(Refused, match=NOT_YET):
        actions.decide(by=people.county, case=case, result=result, reason="核对过")
    assert not Decision.objects.exists()
    heard(people, case)
    actions.decide(by=people.county, case=case, result=result, reason="核对过")
    assert Decision.objects.get().case_id == case.pk


def test_what_was_said_in_one_case_is_not_heard_in_another(people: People) -> None:
    put_under_guardianship(people.person)
    heard(people, people.applied("venue_companion"))
    with pytest.raises(Refused, match=NOT_YET):
        actions.decide(by=people.county, case=people.at_county(), result="granted")


def test_the_second_person_waits_too_where_a_guardian_came_since(people: People) -> None:
    case = people.at_county()
    decision = actions.decide(by=people.county, case=case, result="refused", reason="证是借来的")
    put_under_guardianship(people.person)
    with pytest.raises(Refused, match=NOT_YET):
        actions.confirm(by=people.colleague, decision=decision, agrees=True)
    decision.refresh_from_db()
    assert decision.state == "waiting"
    heard(people, case)
    assert actions.confirm(by=people.colleague, decision=decision, agrees=True).state == "in_force"


def test_to_send_it_back_nobody_needs_to_be_heard(people: People) -> None:
    decision = actions.decide(by=people.county, case=people.at_county(), result="refused", reason="证是借来的")
    put_under_guardianship(people.person)
    assert actions.confirm(by=people.colleague, decision=decision, agrees=False).state == "rejected"


def test_the_dead_are_not_asked(people: People) -> None:
    put_under_guardianship(people.person)
    case = people.at_county()
    Person.objects.filter(pk=people.person.pk).update(death_date=cast.today())
    decided = actions.decide(by=people.county, case=Case.objects.get(pk=case.pk), result="refused", reason="已去世")
    assert decided.case_id == case.pk
