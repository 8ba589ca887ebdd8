"""A list is sent by its own department, for its own area, by somebody with the right; everybody else is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied

from tongxing.accounts.access import Actor
from tongxing.exchange import queries
from tongxing.exchange.actions import commit, discard, roll_back
from tongxing.exchange.models import Batch
from tongxing.exchange.tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _city(city: None) -> None:
    cast.new_person(1)


def strangers() -> list[Actor | None]:
    own = cast.officer("dibao")
    return [
        None,
        replace(own, rights=frozenset()),
        replace(own, department="somebody_else"),
        cast.officer("dibao", cast.OTHER_COUNTY),
        cast.officer("dibao", cast.VILLAGE),
    ]


@pytest.mark.parametrize("at", range(5))
def test_a_stranger_can_neither_send_nor_commit_nor_take_back(at: int) -> None:
    stranger = strangers()[at]
    batch = cast.send_dibao([cast.dibao_row(1)])
    calls: list[Callable[[], object]] = [
        lambda: cast.send_dibao([cast.dibao_row(1)], by=stranger),
        lambda: commit(by=stranger, batch=batch, skip_bad=True),
        lambda: roll_back(by=stranger, batch=batch, reason="想"),
        lambda: discard(by=stranger, batch=batch),
    ]
    for call in calls:
        with pytest.raises(PermissionDenied):
            call()
    assert Batch.objects.get().state == Batch.State.PREVIEWED
    assert queries.batches_for(stranger) == []


def test_the_city_may_send_for_a_county_and_sees_its_batches() -> None:
    city = cast.officer("dibao", cast.CITY)
    batch = cast.send_dibao([cast.dibao_row(1)], by=city)
    assert queries.batches_for(city) == [batch] == queries.batches_for(cast.officer("dibao"))
