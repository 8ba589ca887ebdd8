"""From the decision to the money: an award, arrears from the month it was asked for, and what the night follows up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests import cast
from tongxing.casework import actions, clocks
from tongxing.casework.models import Case
from tongxing.casework.refusal import Refused
from tongxing.casework.tests.conftest import POLICY, People
from tongxing.payments import actions as payments
from tongxing.payments.models import Award, Payment, Rate
from tongxing.policy.actions import run_night
from tongxing.policy.queries.explanations import explain
from tongxing.registry.models import Person, Status
from tongxing.reviews import actions as reviews


def test_granting_money_makes_an_award_that_the_rules_see_at_once(poor: People) -> None:
    actions.decide(by=poor.civil, case=poor.at_county(POLICY), result="granted")
    award = Award.objects.get()
    assert (award.person_id, award.from_month) == (poor.person.pk, timezone.localdate().replace(day=1))
    assert explain(poor.person, timezone.localdate(), [POLICY]).receives[POLICY] is True


def test_a_decision_on_money_is_undone_with_its_award(poor: People) -> None:
    case = poor.at_county(POLICY)
    actions.decide(by=poor.civil, case=case, result="granted")
    actions.undo(by=poor.civil, case=case)
    assert not Award.objects.filter(until_month=None).exists()
    assert explain(poor.person, timezone.localdate(), [POLICY]).receives[POLICY] is False
    actions.decide(by=poor.civil, case=case, result="granted")
    assert Award.objects.filter(until_month=None).count() == 1


def test_once_a_run_is_approved_the_decision_is_not_undone(poor: People) -> None:
    case = poor.at_county(POLICY)
    actions.decide(by=poor.civil, case=case, result="granted")
    account(poor.person)
    run = payments.build(month=timezone.localdate())
    payments.approve(by=cast.an_officer("civil_affairs_city", cast.CITY, 8), run=run)
    with pytest.raises(Refused, match="锁定"):
        actions.undo(by=poor.civil, case=case)


def account(person: Person) -> None:
    person.refresh_from_db()
    payments_to = cast.ring().seal("6222000000000000001", place=f"person.account.{person.id}")
    Person.objects.filter(pk=person.pk).update(account_sealed=payments_to)


def test_nobody_dead_is_granted_money(poor: People) -> None:
    case = poor.at_county(POLICY)
    Person.objects.filter(pk=poor.person.pk).update(death_date=timezone.localdate())
    with pytest.raises(Refused):
        actions.decide(by=poor.civil, case=Case.objects.get(pk=case.pk), result="granted", reason="照常")
    assert not Award.objects.exists() and not case.decisions.exists()


def test_an_overturned_refusal_is_owed_from_the_month_it_was_asked_for(poor: People) -> None:
    case = poor.at_county(POLICY)
    ago = timezone.now() - timedelta(days=70)
    Case.objects.filter(pk=case.pk).update(opened_at=ago)
    decision = actions.decide(by=poor.civil, case=case, result="refused", reason="以为不在低保")
    actions.confirm(by=poor.civil_colleague, decision=decision, agrees=True)
    appeal = reviews.appeal(by=poor.town, case=Case.objects.get(pk=case.pk), words="我家一直在低保")
    third = cast.an_officer("civil_affairs_county", cast.COUNTY, 9)
    actions.decide(by=third, case=appeal, result="granted")
    first = timezone.localdate(ago).replace(day=1)
    months = sorted(Payment.objects.values_list("month", flat=True))
    assert Award.objects.get().from_month == first == months[0]
    assert len(months) == clocks.months_between(first, timezone.localdate())


def granted(people: People) -> Award:
    actions.decide(by=people.civil, case=people.at_county(POLICY), result="granted")
    return Award.objects.get()


def test_the_night_stops_what_death_has_ended_and_says_so(poor: People) -> None:
    award = granted(poor)
    Person.objects.filter(pk=poor.person.pk).update(death_date=timezone.localdate())
    assert reviews.follow_up(run=run_night(as_of=timezone.localdate())).stopped == 1
    award.refresh_from_db()
    assert award.stop_reason == "died"
    Person.objects.filter(pk=poor.person.pk).update(death_date=None)
    payments.restore(by=poor.civil, award=award, reason="认错了人")
    award.refresh_from_db()
    assert award.until_month is None


def test_the_night_opens_one_review_for_whoever_is_entitled_no_more(poor: People) -> None:
    award = granted(poor)
    Status.objects.filter(fact="dibao").update(until_date=timezone.localdate())
    run = run_night(as_of=timezone.localdate())
    assert reviews.follow_up(run=run).reviews == 1
    assert reviews.follow_up(run=run).reviews == 0
    review = Case.objects.get(origin="review")
    assert (review.cause, review.role) == ("not_entitled", "civil_affairs_county")
    decision = actions.decide(by=poor.civil, case=review, result="stopped", reason="九月起不在低保")
    assert decision.state == "in_force"
    award.refresh_from_db()
    assert award.until_month == clocks.next_month()


def test_the_night_raises_what_the_rule_raises_and_lowers_nothing(poor: People) -> None:
    award = granted(poor)
    Rate.objects.filter(award=award).update(monthly_fen=10)
    run = run_night(as_of=timezone.localdate())
    assert reviews.follow_up(run=run).raised == 1
    assert award.rates.order_by("-id")[0].monthly_fen > 10
    Rate.objects.create(
        award=award, from_month=date(2020, 1, 1), monthly_fen=1, reason="旧", by_label="x", at=timezone.now()
    )
    Rate.objects.filter(award=award).update(monthly_fen=10**6)
    assert reviews.follow_up(run=run).reviews == 1
    assert not award.rates.exclude(monthly_fen=10**6).exists()


def test_returned_money_asks_for_an_account_near_the_person(poor: People) -> None:
    granted(poor)
    account(poor.person)
    run = payments.build(month=timezone.localdate())
    for user in (8, 9):
        run = payments.approve(by=cast.an_officer("civil_affairs_city", cast.CITY, user), run=run)
    finance = cast.an_officer("finance_city", cast.CITY, 7)
    payments.bank_file(by=finance, run=run)
    amount = f"{run.total_fen // 100}.{run.total_fen % 100:02d}"
    reply = f"流水号,金额,结果,原因\n{run.month:%Y%m}-00001,{amount},失败,账号已销户\n".encode()
    payments.bank_returns(by=finance, run=run, name="回单.csv", content=reply)
    assert reviews.ask_for_accounts(by=None) == 1
    assert reviews.ask_for_accounts(by=None) == 0
    case = Case.objects.get(cause="account")
    assert case.role == "village_worker"
    with pytest.raises(Refused, match="16 到 19 位"):
        reviews.give_account(by=poor.worker, case=case, number="12")
    reviews.give_account(by=poor.worker, case=case, number="6222000000000000002")
    case.refresh_from_db()
    assert case.state == "closed"
