"""A list of deaths sets the day, once; impossible days are named."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tongxing.exchange import queries
from tongxing.exchange.actions import commit, roll_back
from tongxing.exchange.models import Batch
from tongxing.exchange.tests import cast
from tongxing.registry.models import ListReceived, Person

pytestmark = pytest.mark.django_db
DIED = "2026-02-03"


@pytest.fixture(autouse=True)
def _city(city: None) -> None:
    pass


def send(*rows: list[Any]) -> Batch:
    header = cast.header_of("deaths", "name", "id_number", "death_date")
    return cast.send("deaths", cast.csv_bytes(header, rows))


def row(number: int, died: str = DIED) -> list[str]:
    return [cast.a_name(number), cast.id_number(number), died]


def put_in(batch: Batch) -> Batch:
    return commit(by=cast.officer("deaths"), batch=batch, skip_bad=False)


def test_the_day_is_set_and_can_be_taken_back() -> None:
    person = cast.new_person(1)
    before = cast.registry()
    batch = put_in(send(row(1)))
    person.refresh_from_db()
    assert person.death_date == date(2026, 2, 3)
    assert not ListReceived.objects.exists()
    roll_back(by=cast.officer("deaths"), batch=batch, reason="同名")
    assert cast.registry() == before


def test_the_same_day_again_changes_nothing_and_another_day_is_shown_with_the_old_one() -> None:
    cast.new_person(1)
    put_in(send(row(1)))
    assert send(row(1)).counts["unchanged"] == 1
    changed = send(row(1, "2026-02-04"))
    assert changed.counts["change"] == 1
    assert "2026年2月3日" in queries.differences(changed).rows[0].note


@pytest.mark.parametrize(
    ("died", "reason"),
    [
        ("1979-12-31", "早于出生日期"),
        ((cast.today() + timedelta(days=1)).isoformat(), "之后"),
        ("", "必须填"),
        ("2026-2", "缺哪一日"),
    ],
)
def test_an_impossible_day_is_named_with_row_and_column(died: str, reason: str) -> None:
    cast.new_person(1)
    (problem,) = queries.all_problems(send(row(1, died), row(2)))
    assert (problem.row, problem.column) == (2, cast.header_of("deaths", "death_date")[0])
    assert reason in problem.message


def test_nobody_dies_by_a_name_that_does_not_fit_the_number() -> None:
    person = cast.new_person(1)
    batch = send([cast.a_name(2), *row(1)[1:]], row(3))
    assert [one.column for one in queries.all_problems(batch)] == cast.header_of("deaths", "name")
    commit(by=cast.officer("deaths"), batch=batch, skip_bad=True)
    assert Person.objects.get(pk=person.pk).death_date is None
