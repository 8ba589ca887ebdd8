"""What was paid too much comes back in small parts, never below the floor, and two people may forgive it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Sum

from tests import cast
from tongxing.payments import actions
from tongxing.payments.keeping import Plan
from tongxing.payments.models import Entry, Recovery, Run
from tongxing.payments.months import before, this_month
from tongxing.payments.refusal import Refused
from tongxing.payments.tests import people
from tongxing.registry.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    """Gets 80 yuan a month since last month."""
    cast.build_divisions()
    person = people.with_account(1)
    cast.on_dibao(person)
    people.granted(person, before(this_month()))
    return person


def keep(person: Person, total: int = 5000, monthly: int = 3000, floor: int = 6000) -> Recovery:
    plan = actions.Instalments(total, monthly, floor, before(this_month()))
    return actions.recover(by=people.builder(), person=person, policy=people.POLICY, plan=plan, reason="多发两个月")


def amounts(run: Run) -> list[tuple[int, int]]:
    return [(line.amount_fen, line.kept_fen) for line in run.lines.all()]


@pytest.mark.parametrize(
    ("plan", "fen", "kept"),
    [
        (Plan(1, 3000, 6000, 9000), 8000, 2000),
        (Plan(1, 1000, 6000, 9000), 8000, 1000),
        (Plan(1, 3000, 2000, 500), 8000, 500),
        (Plan(1, 3000, 9000, 9000), 8000, 0),
    ],
)
def test_a_plan_keeps_what_it_says_what_is_left_and_what_the_floor_allows(plan: Plan, fen: int, kept: int) -> None:
    assert plan.keep(fen) == kept


def test_instalments_stop_when_all_is_back_and_the_ledger_says_so(person: Person) -> None:
    recovery = keep(person, total=2500)
    first = people.sent(before(this_month()))
    second = people.sent(this_month())
    assert amounts(first) == [(6000, 2000)]
    assert amounts(second) == [(7500, 500)]
    recovery.refresh_from_db()
    assert recovery.state == Recovery.State.DONE
    assert Entry.objects.filter(book="recovered").aggregate(fen=Sum("amount_fen"))["fen"] == 2500
    sums = Entry.objects.values("movement").annotate(fen=Sum("amount_fen")).order_by()
    assert {row["fen"] for row in sums} == {0}


def test_what_is_kept_stands_among_the_differences(person: Person) -> None:
    people.sent(before(this_month()))
    keep(person)
    run = actions.build(month=this_month())
    assert list(run.differences.values_list("kind", "before_fen", "after_fen", "reason")) == [
        ("changed", 8000, 6000, "抵扣以前多发的钱")
    ]
    assert (run.total_fen, run.changed) == (6000, 1)


def test_a_part_kept_from_a_line_that_came_back_is_not_kept_twice(person: Person) -> None:
    keep(person, monthly=1000)
    first = people.sent(before(this_month()))
    people.answer(first, {1: "失败,账号已销户"})
    officer = cast.an_officer("civil_affairs_county", cast.COUNTY, 5)
    people.change_account(by=officer, person=person, number=people.OTHER_ACCOUNT)
    second = actions.build(month=this_month())
    assert sorted(amounts(second)) == [(7000, 0), (7000, 1000)]
    assert sorted(amounts(actions.build(month=this_month()))) == [(7000, 0), (7000, 1000)]


def test_two_months_in_one_run_keep_no_more_than_is_left(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(account_sealed=None)
    keep(person, total=3000)
    assert actions.build(month=before(this_month())).held == 1
    officer = cast.an_officer("civil_affairs_county", cast.COUNTY, 5)
    people.change_account(by=officer, person=person, number=people.ACCOUNT)
    assert sorted(amounts(actions.build(month=this_month()))) == [(6000, 2000), (7000, 1000)]


def test_a_second_plan_and_one_that_leaves_nothing_are_refused(person: Person) -> None:
    with pytest.raises(Refused, match="大于 0"):
        keep(person, floor=0)
    keep(person)
    with pytest.raises(Refused, match="已经在按月抵扣"):
        keep(person)


def test_forgiving_needs_another_person_than_the_one_who_asked(person: Person) -> None:
    recovery = keep(person, total=5000)
    people.sent(before(this_month()))
    with pytest.raises(Refused, match="没有人提出"):
        actions.agree_waiver(by=people.builder(), recovery=recovery)
    actions.ask_waiver(by=people.builder(), recovery=recovery, reason="住院，家里断了收入")
    with pytest.raises(Refused, match="由别人同意"):
        actions.agree_waiver(by=people.builder(), recovery=recovery)
    waived = actions.agree_waiver(by=people.checker(), recovery=recovery)
    assert (waived.state, waived.waived_fen) == (Recovery.State.WAIVED, 3000)
    assert amounts(actions.build(month=this_month())) == [(8000, 0)]
    with pytest.raises(IntegrityError):
        Recovery.objects.filter(pk=waived.pk).update(agreed_by_id=waived.asked_by_id)


def test_a_county_officer_and_one_who_cannot_see_the_person_make_no_plan(person: Person) -> None:
    plan = actions.Instalments(5000, 1000, 6000, date(2026, 1, 1))
    for by in (
        cast.an_officer("civil_affairs_county", cast.COUNTY, 5),
        cast.an_officer("provider", cast.CITY, 6),
        None,
    ):
        with pytest.raises(PermissionDenied):
            actions.recover(by=by, person=person, policy=people.POLICY, plan=plan, reason="多发")
    elsewhere = replace(people.builder(), division_code=cast.OTHER_COUNTY)
    with pytest.raises(PermissionDenied, match="不归"):
        actions.recover(by=elsewhere, person=person, policy=people.POLICY, plan=plan, reason="多发")
