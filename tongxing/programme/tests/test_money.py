"""Sums are what the entries say, to the fen; nothing is ever changed, and too much is said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import CITY, an_officer
from tongxing.accounts.access import Actor
from tongxing.content.programme import Counted, ProjectPlan
from tongxing.journal.models import Entry
from tongxing.lib.place import Text
from tongxing.programme import actions, queries
from tongxing.programme.actions.money import Bill, Grant
from tongxing.programme.figures import Line, Outcome, ProjectFigures
from tongxing.programme.models import Project, ProjectPayment
from tongxing.programme.refusal import Refused
from tongxing.programme.tests.conftest import photo

DAY = date(2025, 3, 3)
PLAN = ProjectPlan(Text("p"), "项目", "说", (), (), "", "support", (Counted("家", 20),), (), ("levy",))


def bill(fen: int, source: str = "levy") -> Bill:
    return Bill(source, fen, DAY, "某机构，设备款")


def grant(budget: int = 0, received: int = 0, source: str = "levy") -> Grant:
    return Grant(source, "下达", DAY, budget, received)


def figures(project: Project) -> ProjectFigures:
    return queries.project_figures(queries.projects().get(pk=project.pk))


def test_money_results_and_satisfaction_add_up(project: Project, liang: Actor) -> None:
    actions.add_fund(by=liang, project=project, grant=grant(1_000_001, 500_000))
    actions.add_fund(by=liang, project=project, grant=grant(200_000, 0, "lottery"))
    for fen in (100_001, 200_000):
        actions.pay(by=liang, project=project, bill=bill(fen))
    actions.add_result(by=liang, project=project, unit="个机构", count=4, words="新扶持", on=DAY)
    actions.add_result(by=liang, project=project, unit="个机构", count=-1, words="多记了一个", on=DAY)
    actions.note_satisfaction(by=liang, project=project, asked=10, satisfied=8, words="打电话", on=DAY)
    found = figures(project)
    assert (found.budget_fen, found.received_fen, found.paid_fen, found.left_fen) == (
        1_200_001,
        500_000,
        300_001,
        199_999,
    )
    assert found.outcomes == [Outcome("个机构", 3, 20), Outcome("人", 0, 200)]
    assert (found.cost_per_result_fen, found.satisfaction) == (100_000, 0.8)


def test_more_than_the_budget_is_written_down_and_said(project: Project, liang: Actor) -> None:
    actions.add_fund(by=liang, project=project, grant=grant(100_000, 100_000))
    actions.add_fund(by=liang, project=project, grant=grant(900_000, 900_000, "lottery"))
    actions.pay(by=liang, project=project, bill=bill(150_000))
    found = figures(project)
    assert (found.overspent_fen, found.ahead_fen) == (50_000, 50_000)


def test_without_results_or_answers_nothing_is_divided(project: Project, liang: Actor) -> None:
    actions.pay(by=liang, project=project, bill=bill(1))
    found = figures(project)
    assert (found.cost_per_result_fen, found.satisfaction) == (None, None)


@given(st.lists(st.tuples(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(0, 10**12)), max_size=4))
def test_the_whole_is_the_sum_of_its_sources(amounts: list[tuple[int, int, int]]) -> None:
    made = ProjectFigures([Line("levy", "金", *each) for each in amounts], [], 0, 0)
    assert made.left_fen == sum(line.left_fen for line in made.lines)
    assert made.overspent_fen >= made.paid_fen - made.budget_fen


@pytest.mark.parametrize("fen", [0, -5, 10**13])
def test_a_payment_is_a_sensible_amount(project: Project, liang: Actor, fen: int) -> None:
    with pytest.raises(Refused, match="金额"):
        actions.pay(by=liang, project=project, bill=bill(fen))


@pytest.mark.parametrize("wrong", [grant(), grant(-1), grant(1, -1), grant(5, 0, "donation")])
def test_a_fund_never_falls_below_zero_or_comes_from_nowhere(project: Project, liang: Actor, wrong: Grant) -> None:
    with pytest.raises(Refused):
        actions.add_fund(by=liang, project=project, grant=wrong)


@pytest.mark.parametrize("wrong", [{"unit": "头牛"}, {"count": 0}, {"count": -1}])
def test_a_result_counts_what_the_project_counts(project: Project, liang: Actor, wrong: dict[str, Any]) -> None:
    told = {"unit": "个机构", "count": 1} | wrong
    with pytest.raises(Refused):
        actions.add_result(by=liang, project=project, words="数过", on=DAY, **told)


@pytest.mark.parametrize(("asked", "satisfied"), [(0, 0), (3, 4), (3, -1)])
def test_nobody_is_content_who_was_not_asked(project: Project, liang: Actor, asked: int, satisfied: int) -> None:
    with pytest.raises(Refused):
        actions.note_satisfaction(by=liang, project=project, asked=asked, satisfied=satisfied, words="问", on=DAY)


def test_a_mistake_gets_an_entry_against_it_once(project: Project, liang: Actor) -> None:
    paid = actions.pay(by=liang, project=project, bill=bill(70_000))
    for _ in range(2):
        back = actions.correct_payment(by=liang, payment=paid, words="记重了")
    assert (back.amount_fen, figures(project).paid_fen, ProjectPayment.objects.count()) == (-70_000, 0, 2)
    with pytest.raises(Refused, match="本身就是更正"):
        actions.correct_payment(by=liang, payment=back, words="再改")
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        ProjectPayment.objects.filter(pk=back.pk).delete()


def test_a_bill_is_shown_by_evidence_of_its_own_project(project: Project, liang: Actor) -> None:
    other = Project.objects.get(key="massage_shops")
    piece = actions.add_evidence(by=liang, of=other, name="发票", content=photo())
    with pytest.raises(Refused, match="别处"):
        actions.pay(by=liang, project=project, bill=Bill("levy", 5, DAY, "某机构", piece))


def test_a_partner_keeps_a_project_of_its_own_area_and_no_stranger_does(
    register: None, stranger: Actor, liang: Actor
) -> None:
    centre = Project.objects.get(key="hepu_centre")
    Project.objects.filter(pk=centre.pk).update(place_code=stranger.division_code)
    centre.refresh_from_db()
    assert actions.pay(by=stranger, project=centre, bill=bill(5, "budget")).amount_fen == 5
    elsewhere = an_officer("federation_county", "459922000000", 5)
    for wrong in (elsewhere, an_officer("civil_affairs_city", CITY, 8), None):
        with pytest.raises(PermissionDenied):
            actions.pay(by=wrong, project=centre, bill=bill(5, "budget"))


def test_a_milestone_is_reached_once_with_evidence_of_its_own(project: Project, liang: Actor) -> None:
    first = project.milestones.all()[0]
    piece = actions.add_evidence(by=liang, of=project, name="名单", content=photo())
    other = actions.add_evidence(by=liang, of=Project.objects.get(key="fukang"), name="照片", content=photo(5))
    with pytest.raises(Refused, match="别处"):
        actions.reach_milestone(by=liang, milestone=first, reached_date=DAY, evidence=other)
    for _ in range(2):
        reached = actions.reach_milestone(by=liang, milestone=first, reached_date=DAY, evidence=piece)
    assert (reached.reached_date, reached.evidence_id) == (DAY, piece.pk)
    with pytest.raises(Refused, match="已经记过"):
        actions.reach_milestone(by=liang, milestone=first, reached_date=date(2025, 4, 4))
    assert Entry.objects.filter(verb="programme.reached").count() == 1


def test_records_behind_a_link_are_counted_by_their_day(project: Project, liang: Actor) -> None:
    actions.pay(by=liang, project=project, bill=bill(5))
    actions.add_result(by=liang, project=project, unit="人", count=2, words="数过", on=date(2024, 1, 1))
    whole, year = queries.records_by_link(), queries.records_by_link(since=date(2025, 1, 1), until=date(2025, 12, 31))
    assert (whole["project:supported_work"], year["project:supported_work"]) == (2, 1)
    assert whole["project:fukang"] == 0
    assert "document:county_plan_hepu" in whole
