"""Each verb wants its right; lists hold the rows of one's area and name those of one's purpose."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.payments import actions, queries
from tongxing.payments.models import Award, Entry, Run
from tongxing.payments.tests.conftest import FEN, Money, ago, reply
from tongxing.registry.queries import shown_people

Verb = Callable[[Money, Award, Run, Actor], object]

VERBS: dict[str, Verb] = {
    "grant": lambda m, a, r, by: actions.grant(by=by, terms=m.terms(a.person, policy="nursing_allowance")),
    "grant_once": lambda m, a, r, by: actions.grant_once(by=by, terms=m.terms(a.person, policy="wheelchair_fuel")),
    "change_rate": lambda m, a, r, by: actions.change_rate(
        by=by, award=a, from_month=m.month, monthly_fen=1, reason="x"
    ),
    "stop": lambda m, a, r, by: actions.stop(by=by, award=a, from_month=m.month, reason="x"),
    "restore": lambda m, a, r, by: actions.restore(by=by, award=a, reason="x"),
    "take_back": lambda m, a, r, by: actions.take_back(by=by, award=a),
    "take_over": lambda m, a, r, by: actions.take_over(by=by, rows=[]),
    "owe_arrears": lambda m, a, r, by: actions.owe_arrears(by=by, award=a, from_month=ago(1), to_month=ago(1)),
    "build": lambda m, a, r, by: actions.build(by=by, month=m.month),
    "approve": lambda m, a, r, by: actions.approve(by=by, run=r),
    "reopen": lambda m, a, r, by: actions.reopen(by=by, run=r, reason="x"),
    "bank_file": lambda m, a, r, by: actions.bank_file(by=by, run=r),
    "bank_returns": lambda m, a, r, by: actions.bank_returns(by=by, run=r, name="x.csv", content=reply(r)),
}
WITHOUT = {
    "grant": ("finance_city", "system_admin"),
    "build": ("finance_city", "federation_city", "civil_affairs_county", "township_officer"),
    "approve": ("civil_affairs_county", "federation_county", "township_officer", "finance_county"),
    "bank_file": ("civil_affairs_city", "federation_city", "township_officer", "audit_admin"),
}
LIKE = dict.fromkeys(("grant_once", "change_rate", "stop", "restore", "take_back", "take_over", "owe_arrears"), "grant")
LIKE |= {"reopen": "approve", "bank_returns": "bank_file"}
STRANGERS = [(verb, role) for verb in VERBS for role in WITHOUT[LIKE.get(verb, verb)]]


@pytest.mark.parametrize(("verb", "role"), STRANGERS)
def test_without_its_right_nobody_uses_a_verb(money: Money, verb: str, role: str) -> None:
    award = money.grant(money.person(1), month=ago(1))
    run = money.build()
    with pytest.raises(PermissionDenied, match="不能"):
        VERBS[verb](money, award, run, cast.an_officer(role, cast.CITY, 4))
    award.refresh_from_db()
    run.refresh_from_db()
    assert (award.until_month, award.rates.count(), run.state, run.built_by_id) == (None, 1, "built", 3)


@pytest.mark.parametrize("verb", ["approve", "reopen", "bank_file", "bank_returns"])
def test_the_system_itself_neither_approves_nor_sends(money: Money, verb: str) -> None:
    award = money.grant(money.person(1))
    run = money.sent()
    booked = Entry.objects.count()
    with pytest.raises(PermissionDenied):
        VERBS[verb](money, award, run, None)  # type: ignore[arg-type]
    assert Entry.objects.count() == booked


@pytest.fixture
def run(money: Money) -> Run:
    """Three in one county, one of them held, and one in the other."""
    for number, village in enumerate((cast.VILLAGE, cast.VILLAGE, cast.NEXT_VILLAGE, cast.FAR_VILLAGE), 1):
        money.grant(money.person(number, village, account=number != 3))
    return money.build()


def names(lines: object) -> set[int]:
    return {line.payment.person_id - 10**12 for line in lines}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("role", "division", "seen"),
    [
        ("federation_county", cast.COUNTY, {1, 2, 3}),
        ("federation_county", cast.OTHER_COUNTY, {4}),
        ("federation_city", cast.CITY, {1, 2, 3, 4}),
        ("village_worker", cast.VILLAGE, {1, 2}),
    ],
)
def test_a_list_holds_the_people_of_ones_area(run: Run, role: str, division: str, seen: set[int]) -> None:
    actor = cast.an_officer(role, division, 5)
    assert names(queries.lines_for(actor, run)) == seen
    assert {d.person_id - 10**12 for d in queries.differences_for(actor, run, "new")} == seen


def test_a_county_counts_its_own(run: Run) -> None:
    own = queries.by_county(cast.an_officer("federation_county", cast.COUNTY, 5), run)
    assert [(s.key, s.payments, s.total_fen, s.held) for s in own] == [("459921", 2, 2 * FEN, 1)]


def test_the_counties_together_are_the_run(run: Run) -> None:
    shares = queries.by_county(cast.an_officer("finance_city", cast.CITY, 8), run)
    assert (sum(s.payments for s in shares), sum(s.total_fen for s in shares)) == (run.payments, run.total_fen)
    assert [s.key for s in shares] == ["459921", "459922"]


def test_a_purpose_without_people_hides_the_names_and_keeps_the_rows(run: Run) -> None:
    treasurer = cast.an_officer("finance_city", cast.CITY, 8)
    lines, new = queries.lines_for(treasurer, run), queries.differences_for(treasurer, run, "new")
    assert (lines.count(), new.count()) == (4, 4)
    assert sum(n for kind, _, n in queries.difference_counts(treasurer, run) if kind == "new") == 4
    assert shown_people(treasurer, [line.payment.person_id for line in lines]) == {}


def test_a_purpose_for_some_people_names_those_only(run: Run) -> None:
    child = run.lines.get(number=2).payment.person
    child.birth_date = cast.today() - timedelta(days=3650)
    child.save()
    teacher = cast.an_officer("education_county", cast.COUNTY, 7)
    lines = queries.lines_for(teacher, run)
    assert (teacher.people, names(lines)) == ("minors", {1, 2, 3})
    assert shown_people(teacher, [line.payment.person_id for line in lines]).keys() == {child.pk}


def test_a_list_can_be_narrowed_to_what_is_held(run: Run) -> None:
    actor = cast.an_officer("federation_city", cast.CITY, 6)
    assert names(queries.lines_for(actor, run, "held")) == {3}


def test_a_list_never_carries_accounts(run: Run) -> None:
    line = queries.lines_for(cast.an_officer("federation_city", cast.CITY, 6), run)[0]
    assert "account_sealed" in line.get_deferred_fields()
