"""What the person says to a proposal: their yes grants what an officer looked at; their no keeps their words."""

from __future__ import annotations

import pytest

from tests import cast
from tongxing.casework import clocks
from tongxing.casework.models import Batch, Case
from tongxing.casework.refusal import Refused
from tongxing.casework.tests.conftest import POLICY, People, heard, put_under_guardianship
from tongxing.payments.models import Award
from tongxing.policy.models import Declined
from tongxing.proposals import actions as proposals
from tongxing.registry.models import Status
from tongxing.residents.access import resident_actor
from tongxing.residents.actions import account_of


def proposed(people: People) -> Case:
    """A proposal that 周姐 sent after looking at the list."""
    case = people.applied(POLICY)
    batch = Batch.objects.create(
        policy=POLICY, prefix="4599", run=1, count=1, grants=True, by_user_id=3, by_label="周姐 · 民政", at=clocks.now()
    )
    Case.objects.filter(pk=case.pk).update(state="proposed", origin="gap", batch=batch)
    case.refresh_from_db()
    return case


def test_the_yes_of_the_person_is_enough_where_the_officer_looked_before(poor: People) -> None:
    case = proposals.agree(by=poor.worker, case=proposed(poor), words="要")
    decision = case.decisions.get()
    assert (decision.by_label, decision.state, Award.objects.count()) == ("周姐 · 民政", "in_force", 1)


def test_where_the_rule_says_yes_no_more_the_yes_only_moves_it_on(poor: People) -> None:
    case = proposed(poor)
    Status.objects.filter(fact="dibao").delete()
    proposals.agree(by=poor.worker, case=case)
    case.refresh_from_db()
    assert (case.state, Award.objects.count()) == ("open", 0)


def test_a_no_keeps_the_words_and_is_never_a_refusal(poor: People) -> None:
    case = proposed(poor)
    with pytest.raises(Refused, match="原话"):
        proposals.turn_down(by=poor.worker, case=case, words="")
    proposals.turn_down(by=poor.worker, case=case, words="我有儿子养")
    assert Declined.objects.get().words == "我有儿子养"
    assert not case.decisions.exists()


def test_a_yes_of_somebody_else_grants_nothing_before_the_person_was_heard(poor: People) -> None:
    put_under_guardianship(poor.person)
    case = proposals.agree(by=poor.worker, case=proposed(poor))
    assert (case.state, Award.objects.count()) == ("open", 0)


def test_it_does_once_they_were_heard(poor: People) -> None:
    put_under_guardianship(poor.person)
    case = proposed(poor)
    heard(poor, case)
    proposals.agree(by=poor.worker, case=case)
    assert Award.objects.count() == 1


def test_their_own_yes_is_their_own_word(poor: People) -> None:
    put_under_guardianship(poor.person)
    own = resident_actor(account_of(person=poor.person).user, poor.person, cast.today())
    proposals.agree(by=own, case=proposed(poor))
    assert Award.objects.count() == 1
