"""A committed list can be taken back as a whole, exactly, as long as nobody built on it."""

from __future__ import annotations

from datetime import date

import pytest

from tongxing.exchange.actions import commit, roll_back
from tongxing.exchange.lines import Refused
from tongxing.exchange.models import Batch
from tongxing.exchange.tests import cast
from tongxing.registry.models import Person, Status

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _city(city: None) -> None:
    pass


def put_in(rows: list[list[str]]) -> Batch:
    return commit(by=cast.officer("dibao"), batch=cast.send_dibao(rows), skip_bad=True)


def take_back(batch: Batch, reason: str = "传错了文件") -> Batch:
    return roll_back(by=cast.officer(batch.feed), batch=batch, reason=reason)


def test_everything_is_exactly_as_before_the_commit() -> None:
    for number in range(4):
        cast.new_person(number)
    for number in (0, 1, 2):
        cast.on_dibao(Person.objects.get(id=10**12 + number))
    before = cast.registry()
    batch = put_in([cast.dibao_row(1), cast.dibao_row(2, since="2025-03-01"), cast.dibao_row(3)])
    assert cast.registry() != before
    assert take_back(batch).state == Batch.State.ROLLED_BACK
    assert cast.registry() == before


def test_the_same_file_can_be_sent_again_after_a_roll_back() -> None:
    cast.new_person(1)
    take_back(put_in([cast.dibao_row(1)]))
    assert put_in([cast.dibao_row(1)]).counts["start"] == 1


def test_a_later_batch_of_the_same_area_is_in_the_way() -> None:
    cast.new_person(1)
    first, second = put_in([cast.dibao_row(1)]), put_in([cast.dibao_row(1), cast.dibao_row(2)])
    with pytest.raises(Refused, match=f"第 {second.pk} 批"):
        take_back(first)
    take_back(second)
    take_back(first)
    assert not Status.objects.exists()


def test_a_record_that_somebody_changed_since_is_not_overwritten() -> None:
    cast.new_person(1)
    batch = put_in([cast.dibao_row(1)])
    Status.objects.update(until_date=date(2026, 1, 1))
    before = cast.registry()
    with pytest.raises(Refused, match="1 条记录又被改过"):
        take_back(batch)
    assert cast.registry() == before
    batch.refresh_from_db()
    assert batch.state == Batch.State.COMMITTED


def test_a_reason_is_asked_for() -> None:
    cast.new_person(1)
    with pytest.raises(Refused, match="为什么"):
        take_back(put_in([cast.dibao_row(1)]), "  ")


def test_what_was_never_committed_cannot_be_taken_back() -> None:
    cast.new_person(1)
    with pytest.raises(Refused, match="等待确认"):
        take_back(cast.send_dibao([cast.dibao_row(1)]))


def test_taking_back_twice_is_refused() -> None:
    cast.new_person(1)
    batch = take_back(put_in([cast.dibao_row(1)]))
    with pytest.raises(Refused, match="已撤回"):
        take_back(batch)
