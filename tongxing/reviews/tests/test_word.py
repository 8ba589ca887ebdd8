"""J11: what is still so ends the review where the rule knows again; else the word stands with the office."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.casework import actions
from tongxing.casework.models import Case, Event, Task
from tongxing.casework.refusal import Refused
from tongxing.casework.tests.conftest import People
from tongxing.outbox.models import Message
from tongxing.payments.models import Award, Rate
from tongxing.registry.models import Guardian, Person, Status
from tongxing.residents.access import resident_actor
from tongxing.residents.actions import account_of
from tongxing.residents.models import Request
from tongxing.reviews import actions as reviews
from tongxing.reviews.queries import waiting_for_word

POLICY, FACT, SOURCE = "nursing_allowance", "needs_care", "本人说"


def as_self(person: Person) -> Actor:
    return resident_actor(account_of(person=person).user, person, timezone.localdate())


def reviewed(people: People, cause: str = "due") -> Case:
    """In payment for long; that care is needed was said too long ago, and the night asks."""
    cast.tell(people.person, FACT, "true")
    cast.lists_came("tekun", "injury_care", f"receives_{POLICY}")
    actions.decide(by=people.civil, case=people.at_county(POLICY), result="granted")
    old = timezone.localdate() - timedelta(days=900)
    Status.objects.filter(fact=FACT).update(received_date=old, from_date=old)
    case = reviews.review(by=None, award=Award.objects.get(), cause=cause, words="到了复核的时候。")
    assert case is not None
    return case


def test_all_still_so_closes_the_review_and_the_money_goes_on(people: People) -> None:
    case = reviewed(people)
    assert waiting_for_word([case]) == [case]
    for _ in range(2):
        case = reviews.still_so(by=as_self(people.person), case=case, source=SOURCE)
    assert (case.state, waiting_for_word([case])) == ("closed", [])
    assert Status.objects.filter(fact=FACT, received_date=timezone.localdate(), value="true").count() == 1
    assert Award.objects.get().until_month is None
    assert not Task.objects.filter(case=case, done_at=None).exists()
    assert Event.objects.filter(case=case, verb="same").count() == 1


def test_a_guardian_alone_does_not_end_the_review_before_the_person_was_heard(people: People) -> None:
    case = reviewed(people)
    mother = cast.new_person(2)
    Guardian.objects.create(
        ward=people.person, guardian=mother, kind="parent", proof="监护协议", from_date=date(2020, 1, 1)
    )
    user = account_of(person=mother).user
    guardian = resident_actor(user, mother, timezone.localdate(), people.person.pk)
    case = reviews.still_so(by=guardian, case=case, source=SOURCE)
    assert case.waits and Award.objects.get().until_month is None


def test_with_the_words_of_the_ward_the_guardians_yes_is_enough(people: People) -> None:
    case = reviewed(people)
    mother = cast.new_person(2)
    Guardian.objects.create(
        ward=people.person, guardian=mother, kind="parent", proof="监护协议", from_date=date(2020, 1, 1)
    )
    guardian = resident_actor(account_of(person=mother).user, mother, timezone.localdate(), people.person.pk)
    with pytest.raises(ValidationError):
        reviews.still_so(by=guardian, case=case, source=SOURCE, word=("said", ""))
    case = reviews.still_so(by=guardian, case=case, source=SOURCE, word=("said", "还是一样，还要人帮"))
    assert case.state == "closed"


def test_the_person_hears_that_it_is_time_and_not_of_what(people: People) -> None:
    case = reviewed(people)
    told = Message.objects.get(kind="check")
    assert case.number in told.words and "护理" not in told.words
    assert told.person == people.person


def test_where_the_rule_would_pay_another_amount_the_office_looks(people: People) -> None:
    case = reviewed(people, "amount")
    Rate.objects.update(monthly_fen=1)
    case = reviews.still_so(by=as_self(people.person), case=case, source=SOURCE)
    assert case.waits and waiting_for_word([case]) == []
    assert Task.objects.get(case=case, done_at=None).note.startswith("本人说：都还是这样。")


def test_one_line_that_changed_goes_to_its_department_and_stays_as_a_doubt(people: People) -> None:
    case, me = reviewed(people), as_self(people.person)
    with pytest.raises(ValidationError, match="请写一句"):
        reviews.has_changed(by=me, case=case, fact=FACT, words=" ")
    for _ in range(2):
        reviews.has_changed(by=me, case=case, fact=FACT, words="现在好多了")
    assert Request.objects.get().fact == FACT
    assert Task.objects.get(case=case, done_at=None).note.count("本人说变了") == 1
    assert waiting_for_word([case]) == []
    assert reviews.still_so(by=me, case=case, source=SOURCE).waits, "after a doubt nothing closes by itself"


def test_a_stranger_an_officer_and_another_review_are_refused(people: People) -> None:
    case = reviewed(people)
    with pytest.raises(PermissionDenied):
        reviews.still_so(by=as_self(cast.new_person(77)), case=case, source=SOURCE)
    with pytest.raises(PermissionDenied):
        reviews.still_so(by=people.civil, case=case, source=SOURCE)
    Case.objects.filter(pk=case.pk).update(cause="moved")
    with pytest.raises(Refused):
        reviews.still_so(by=as_self(people.person), case=case, source=SOURCE)
    assert not Event.objects.filter(case=case, verb="same").exists()
