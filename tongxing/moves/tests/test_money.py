"""Money goes on through a move: the same sum to the same account, no gap, nothing twice, counted in the new county."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db.models import Sum

from tests import cast
from tongxing.casework.models import Case
from tongxing.moves import actions
from tongxing.moves.models import Move
from tongxing.payments import actions as payments
from tongxing.payments.models import Award, Line
from tongxing.payments.queries import by_county
from tongxing.payments.tests.conftest import FEN, Money, ago, money, owed
from tongxing.policy.actions import run_night
from tongxing.policy.queries.runs import ask
from tongxing.registry.models import Member, Person
from tongxing.residents.access import resident_actor
from tongxing.residents.actions import account_of

__all__ = ["money"]
pytestmark = pytest.mark.django_db
THERE = "459922100000"


def said(person: Person) -> Move:
    own = resident_actor(account_of(person=person).user, person, cast.today())
    wish = actions.Wish(cast.FAR_VILLAGE, "二组 8 号", str(cast.today() - timedelta(days=40)))
    return actions.ask(by=own, person=person, wish=wish)


def moved(person: Person) -> Person:
    done = actions.confirm(by=cast.an_officer("township_officer", THERE, 1), move=said(person))
    assert done.state == Move.State.DONE
    person.refresh_from_db()
    return person


def counties(money: Money, month: date) -> dict[str, int]:
    run = money.build(month)
    return {share.key: share.total_fen for share in by_county(money.checker, run)}


def test_the_next_run_pays_the_same_to_the_same_account_and_counts_it_there(money: Money) -> None:
    person, other = money.person(1), money.person(2)
    last = ago(1)
    for each in (person, other):
        money.grant(each, month=last)
    before = money.settled(last)
    assert owed(before) == {person.pk: FEN, other.pk: FEN}
    account, awards = person.opened("account"), list(Award.objects.values("unit_id", "until_month"))
    moved(person)
    after = money.build()
    assert owed(after) == owed(before), "the same sum, nothing twice and nothing left out"
    assert not after.lines.filter(state=Line.State.HELD).exists()
    assert person.opened("account") == account and list(Award.objects.values("unit_id", "until_month")) == awards
    assert counties(money, money.month) == {cast.COUNTY[:6]: FEN, cast.OTHER_COUNTY[:6]: FEN}
    assert list(after.differences.all()) == [], "a move changes nothing of what is paid"
    assert before.lines.filter(village_code=cast.VILLAGE).count() == 2, "what was paid stays where it was"


def test_a_move_while_a_run_is_on_its_way_changes_nothing_of_it(money: Money) -> None:
    person = money.person(1)
    money.grant(person)
    run = money.approved()
    digest = run.digest
    moved(person)
    run.refresh_from_db()
    assert run.digest == digest and run.lines.aggregate(fen=Sum("amount_fen"))["fen"] == FEN
    assert money.build().digest == digest, "an approved run comes back as it is"


def test_what_was_paid_for_the_household_goes_on_and_somebody_looks_whose_it_is(money: Money) -> None:
    person, spouse = money.person(1), money.person(2, account=False)
    house = cast.home_of(person)
    Member.objects.filter(person=spouse).delete()
    cast.join(spouse, house, "spouse")
    terms = payments.Terms(person, house.pk, "utility_discount", FEN, money.month)
    award = payments.grant(by=money.worker, terms=terms)
    moved(person)
    award.refresh_from_db()
    assert (award.unit_id, award.until_month) == (house.pk, None) and owed(money.build()) == {person.pk: FEN}
    case = Case.objects.get(person=person, origin=Case.Origin.REVIEW)
    assert (case.cause, case.unit_id, case.village_code) == ("split", house.pk, cast.FAR_VILLAGE)


def test_the_night_reads_the_households_as_they_are_then(
    money: Money, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    person, host = money.person(1), money.person(2, cast.FAR_VILLAGE)
    old = cast.home_of(person)
    move = said(person)
    there = cast.an_officer("township_officer", THERE, 1)
    actions.confirm(by=there, move=move, host=actions.Host(host.pk, "sibling"))
    run = run_night(as_of=cast.today())
    assert run.persons == 2
    rows = ask(run, "SELECT unit_id, village_code FROM lists WHERE person_id > 0")
    assert rows and old.pk not in {row["unit_id"] for row in rows}, "where nobody lives nothing is missing"
    assert {row["village_code"] for row in rows} == {cast.FAR_VILLAGE}
