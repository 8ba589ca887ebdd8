"""“不清楚” of the person stands beside the fact on the case and in the list of what to ask; the fact stays unknown."""

from __future__ import annotations

from tests import cast
from tongxing.applications import actions
from tongxing.applications.actions import Said
from tongxing.casework.tests.conftest import People, people
from tongxing.desk.casebook import page
from tongxing.desk.today import spoken_questions
from tongxing.policy.queries.questions import Question
from tongxing.registry.models import Status
from tongxing.residents.access import linked_actor
from tongxing.residents.actions import account_of

__all__ = ["people"]
CARE, FACT = "nursing_allowance", "needs_care"


def test_what_one_is_not_sure_of_is_read_beside_the_fact_which_stays_unknown(people: People) -> None:
    person = people.person
    by = linked_actor(person, account_of(person=person).user_id)
    actions.keep(by=by, person=person, service=CARE, said=Said("", {"unsure": [FACT]}))
    case = actions.send(by=by, person=person, service=CARE)
    assert not Status.objects.filter(fact=FACT).exists()
    row = next(row for row in page(people.worker, case)["checks"]["look"] if row["name"] == FACT)
    assert row["cells"][0] == ("不清楚", "申请时本人说") and row["state"] == "ask"
    assert any(said["what"] == "本人有说不清楚的" and said["more"] for said in page(people.worker, case)["history"])
    asked = [Question(FACT, 1, who, "", [], 1, 0) for who in (person, cast.new_person(78), None)]
    assert [each["unsure"] for each in spoken_questions(asked)] == [True, False, False]
    cast.tell(person, FACT, "true")
    rows = page(people.worker, case)["checks"]
    row = next(row for row in rows["look"] + rows["same"] if row["name"] == FACT)
    assert row["cells"][0][0] == "是", "told since then, the word counts"
