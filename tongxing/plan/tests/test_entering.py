"""Numbers that people enter count only when a second person has confirmed them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.journal.models import Entry
from tongxing.plan import actions
from tongxing.plan.models import Statistic, Target
from tongxing.plan.queries.entered import confirmed_statistics, confirmed_targets, entered_row, waiting
from tongxing.plan.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> Actor:
    cast.sign_up()
    return cast.an_officer("planner", cast.CITY, 6)


@pytest.fixture
def second() -> Actor:
    return cast.an_officer("committee_city", cast.CITY, 4)


def growth(by: Actor, value: str = "5.2", source: str = "统计公报第 3 页") -> Statistic:
    return actions.enter_statistic(series="gdp_growth", year=2024, value=Decimal(value), source=source, by=by)


def test_a_number_counts_once_another_person_confirmed_it(keeper: Actor, second: Actor) -> None:
    made = growth(keeper)
    assert confirmed_statistics() == {}
    assert waiting() == [made]
    actions.confirm(entered=made, by=second)
    assert confirmed_statistics()["gdp_growth"].values == {2024: Decimal("5.2")}
    assert waiting() == []
    assert [entry.verb for entry in Entry.objects.order_by("number")] == ["plan.entered", "plan.confirmed"]


def test_nobody_confirms_their_own_number(keeper: Actor) -> None:
    with pytest.raises(Refused, match="另一位同事"):
        actions.confirm(entered=growth(keeper), by=keeper)
    assert confirmed_statistics() == {}


def test_a_stranger_enters_and_confirms_nothing(keeper: Actor) -> None:
    stranger = cast.an_officer("federation_city", cast.CITY, 7)
    made = growth(keeper)
    with pytest.raises(PermissionDenied):
        growth(stranger)
    for verb in (actions.confirm, lambda **said: actions.refuse(words="不对", **said)):
        with pytest.raises(PermissionDenied):
            verb(entered=made, by=stranger)


def test_twice_is_once(keeper: Actor, second: Actor) -> None:
    assert growth(keeper).pk == growth(keeper).pk
    made = growth(keeper)
    first = actions.confirm(entered=made, by=second)
    assert actions.confirm(entered=made, by=second).confirmed_at == first.confirmed_at
    assert Entry.objects.filter(verb="plan.confirmed").count() == 1


def test_a_newer_number_takes_the_place_of_the_older(keeper: Actor, second: Actor) -> None:
    old = actions.confirm(entered=growth(keeper), by=second)
    actions.confirm(entered=growth(keeper, "5.0", "修订公报"), by=second)
    assert confirmed_statistics()["gdp_growth"].values == {2024: Decimal(5)}
    old.refresh_from_db()
    assert old.withdrawn_at is not None
    with pytest.raises(Refused, match="作废"):
        actions.confirm(entered=old, by=second)


def test_a_refused_number_says_why_and_never_counts(keeper: Actor, second: Actor) -> None:
    made = growth(keeper)
    with pytest.raises(Refused, match="为什么"):
        actions.refuse(entered=made, words=" ", by=second)
    actions.refuse(entered=made, words="公报写的是 5.3", by=second)
    with pytest.raises(Refused, match="作废"):
        actions.confirm(entered=made, by=second)
    kept = actions.confirm(entered=growth(keeper, "5.3"), by=second)
    with pytest.raises(Refused, match="替换"):
        actions.refuse(entered=kept, words="想想不对", by=second)


WRONG = [
    ({"series": "gdp"}, "没有统计数"),
    ({"year": 24}, "四位数"),
    ({"source": " "}, "出处"),
    ({"value": Decimal("NaN")}, "不是数"),
]


@pytest.mark.parametrize(("change", "words"), WRONG)
def test_what_cannot_be_is_refused(keeper: Actor, change: dict[str, object], words: str) -> None:
    said = {"series": "gdp_growth", "year": 2024, "value": Decimal(5), "source": "公报"} | change
    with pytest.raises(Refused, match=words):
        actions.enter_statistic(by=keeper, **said)  # type: ignore[arg-type]
    assert not Statistic.objects.exists()


def test_targets_follow_the_same_rule(keeper: Actor, second: Actor) -> None:
    made = actions.enter_target(indicator="i02", year=2025, value=Decimal(400), source="桂残字", by=keeper)
    assert confirmed_targets() == {}
    actions.confirm(entered=made, by=second)
    assert confirmed_targets()["i02"].values == {2025: Decimal(400)}
    assert entered_row(made.key) == Target.objects.get()
    with pytest.raises(Refused, match="没有指标"):
        actions.enter_target(indicator="i99", year=2025, value=Decimal(400), source="桂残字", by=keeper)


def test_an_address_names_one_number_or_none() -> None:
    assert [entered_row(key) for key in ("statistic-1", "target-9", "other-1", "statistic-", "target-x", "")] == [
        None
    ] * 6
