"""From the first word to the step that decides: one queue at a time, one winner at each step, one missing item."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import cast
from tongxing.casework import actions, clocks, queries
from tongxing.casework.models import Case, Task
from tongxing.casework.refusal import Refused
from tongxing.casework.tests.conftest import People
from tongxing.journal.models import Entry
from tongxing.registry.models import Person


def test_an_application_stands_in_the_queue_of_its_first_step(people: People) -> None:
    case = people.applied()
    assert [found.number for found in queries.queue_for(people.town)] == [case.number]
    assert not queries.queue_for(people.county).exists()


def test_applying_twice_gives_the_case_that_is_open(people: People) -> None:
    first, second = people.applied(), people.applied()
    assert first.pk == second.pk
    assert Case.objects.count() == 1
    assert actions.open_case(by=people.town, person=people.person, service="utility_discount").number.endswith("00002")


def test_accepting_moves_it_to_exactly_one_other_queue(people: People) -> None:
    case = people.at_county()
    assert not queries.queue_for(people.town).exists()
    assert queries.queue_for(people.county).count() == queries.queue_for(people.colleague).count() == 1
    assert Task.objects.filter(case=case, done_at=None).count() == 1


def test_somebody_elsewhere_neither_sees_nor_touches_it(people: People) -> None:
    case = people.at_county()
    assert queries.case_for(people.far, case.number) is None
    with pytest.raises(PermissionDenied):
        actions.claim(by=people.far, case=case)
    with pytest.raises(PermissionDenied):
        actions.accept(by=people.civil, case=case)


def test_of_two_who_claim_one_wins_and_the_other_reads_who(people: People) -> None:
    case = people.at_county()
    actions.claim(by=people.county, case=case)
    actions.claim(by=people.county, case=case)
    with pytest.raises(Refused, match="小黎"):
        actions.claim(by=people.colleague, case=case)
    with pytest.raises(Refused, match="小黎"):
        actions.decide(by=people.colleague, case=case, result="granted")
    actions.release(by=people.county, case=case)
    actions.claim(by=people.colleague, case=case)


def test_a_missing_item_is_asked_once_and_the_clock_stands(people: People) -> None:
    case = people.at_county()
    task = actions.hand_back(by=people.county, case=case, item="phone", words="好通知您")
    assert task.paused_date == clocks.today() and task.role == "township_officer"
    with pytest.raises(Refused, match="在等材料"):
        actions.accept(by=people.town, case=case)
    actions.receive(by=people.town, case=case, item="phone")
    actions.accept(by=people.town, case=case)
    with pytest.raises(Refused, match="已经要过"):
        actions.hand_back(by=people.county, case=case, item="phone")
    with pytest.raises(Refused, match="要补什么"):
        actions.hand_back(by=people.county, case=case, item="no_such_paper")


def test_the_due_date_moves_by_the_working_days_of_the_pause(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    case = people.at_county()
    task = actions.hand_back(by=people.county, case=case, item="phone")
    before, start = task.due_date, clocks.today()
    monkeypatch.setattr(clocks, "today", lambda: start + timedelta(days=9))
    actions.receive(by=people.town, case=case, item="phone")
    task.refresh_from_db()
    known = clocks.calendar()
    assert known.workdays_between(before, task.due_date) == known.workdays_between(start, start + timedelta(days=9))


def test_beyond_the_calendar_no_date_is_guessed(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    ends = clocks.calendar().ends
    monkeypatch.setattr(clocks, "today", lambda: ends)
    with pytest.raises(Refused, match="工作日历只到"):
        people.applied()
    assert not Case.objects.exists()


def test_another_unit_looks_first_and_it_comes_back(people: People) -> None:
    case = people.at_county()
    actions.forward(by=people.county, case=case, role="civil_affairs_county", words="请看低保是否停了")
    assert queries.queue_for(people.civil).count() == 1
    with pytest.raises(Refused, match="由原来的单位决定"):
        actions.decide(by=people.civil, case=case, result="granted")
    back = actions.advise(by=people.civil, case=case, words="没停")
    assert (back.role, back.step, back.note) == ("federation_county", "county", "没停")


def test_a_step_can_be_taken_back_until_the_next_one_is_claimed(people: People) -> None:
    case = people.applied()
    actions.accept(by=people.town, case=case)
    actions.undo(by=people.town, case=case)
    case.refresh_from_db()
    assert case.role == "township_officer"
    actions.accept(by=people.town, case=case)
    actions.claim(by=people.county, case=case)
    with pytest.raises(Refused, match="已经领办"):
        actions.undo(by=people.town, case=case)


def test_after_ten_minutes_nothing_is_taken_back(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    case = people.applied()
    actions.accept(by=people.town, case=case)
    later = clocks.now() + timedelta(minutes=11)
    monkeypatch.setattr(clocks, "now", lambda: later)
    with pytest.raises(Refused, match="十分钟"):
        actions.undo(by=people.town, case=case)


def test_the_one_who_asked_may_withdraw_in_their_words(people: People) -> None:
    case = people.applied()
    with pytest.raises(Refused, match="原话"):
        actions.withdraw(by=people.town, case=case, words=" ")
    assert actions.withdraw(by=people.town, case=case, words="我不坐车").state == Case.State.WITHDRAWN
    assert not queries.queue_for(people.town).exists()
    with pytest.raises(Refused):
        actions.accept(by=people.town, case=case)


def test_nothing_is_opened_for_the_dead_or_for_a_service_that_is_not(people: People) -> None:
    with pytest.raises(Refused, match="没有服务"):
        people.applied("no_such_service")
    Person.objects.filter(pk=people.person.pk).update(death_date=cast.today())
    people.person.refresh_from_db()
    with pytest.raises(Refused, match="去世"):
        people.applied()
    assert not Case.objects.exists()


def test_each_step_leaves_one_line_in_the_journal(people: People) -> None:
    before = Entry.objects.count()
    case = people.at_county()
    verbs = list(Entry.objects.order_by("number").values_list("verb", flat=True))[before:]
    assert verbs == ["case.opened", "case.accepted"]
    assert [event.verb for event in queries.history_of(case)] == ["opened", "accepted"]


def test_a_look_or_a_delivery_is_not_passed_on(people: People) -> None:
    case = people.at_county()
    actions.forward(by=people.county, case=case, role="civil_affairs_county", words="请看一看")
    with pytest.raises(Refused, match="交回"):
        actions.accept(by=people.civil, case=case)
