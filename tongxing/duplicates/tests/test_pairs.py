"""Which pairs are found, who sees them, and what is said of them once."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests.cast import FAR_VILLAGE, new_person
from tongxing.duplicates import actions, queries
from tongxing.duplicates.models import Pair
from tongxing.duplicates.refusal import Refused
from tongxing.duplicates.tests.cast import CLERK, SECOND, STRANGER, TOWN, WHY, filed_twice, found
from tongxing.registry.models import Person


def test_the_night_finds_a_pair_once_and_says_why() -> None:
    first, second = filed_twice()
    new_person(3)
    pair = found(first, second)
    assert pair.why == "姓名和出生日期都一样；证件号码只差一位"
    assert actions.find_pairs() == 0
    assert Pair.objects.count() == 1


def test_a_pair_that_is_no_longer_alike_goes_unless_somebody_spoke() -> None:
    first, second = filed_twice()
    found(first, second)
    Person.objects.filter(pk=second.pk).update(name="莫阿水", birth_date=date(1990, 1, 1))
    actions.find_pairs()
    assert not Pair.objects.exists()


def test_a_pair_is_seen_only_where_both_files_are() -> None:
    first, second = filed_twice()
    second.village_code = FAR_VILLAGE
    second.save()
    pair = found(first, second)
    assert [queries.pair_for(actor, pair.pk) for actor in (CLERK, TOWN, STRANGER)] == [None, None, None]
    assert queries.pair_for(SECOND, pair.pk) == pair


def test_two_people_are_not_asked_about_again_until_somebody_looks_again() -> None:
    pair = found(*filed_twice())
    with pytest.raises(Refused, match="至少四个字"):
        actions.say_different(by=TOWN, pair=pair, words="不")
    actions.say_different(by=TOWN, pair=pair, words="是双胞胎兄弟")
    assert actions.say_different(by=CLERK, pair=pair, words="别的说法").words == "是双胞胎兄弟"
    actions.find_pairs()
    assert not queries.open_pairs(CLERK).exists()
    actions.look_again(by=TOWN, pair=pair)
    assert queries.open_pairs(CLERK).get() == pair


def test_a_stranger_says_nothing() -> None:
    pair = found(*filed_twice())
    for attempt in (
        lambda: actions.say_different(by=STRANGER, pair=pair, words=WHY),
        lambda: actions.ask(by=STRANGER, pair=pair, kept=pair.one, words=WHY),
        lambda: actions.confirm(by=STRANGER, pair=pair),
        lambda: actions.undo(by=STRANGER, pair=pair),
        lambda: actions.refuse(by=None, pair=pair),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


def test_who_asked_may_take_it_back_and_another_of_the_town_may_not_decide() -> None:
    pair = found(*filed_twice())
    asked = actions.ask(by=CLERK, pair=pair, kept=pair.one, words=WHY)
    assert actions.ask(by=TOWN, pair=pair, kept=pair.other, words=WHY) == asked
    with pytest.raises(PermissionDenied):
        actions.refuse(by=TOWN, pair=pair)
    with pytest.raises(Refused, match="第二个人"):
        actions.say_different(by=TOWN, pair=pair, words=WHY)
    actions.refuse(by=CLERK, pair=pair)
    assert queries.open_pairs(CLERK).get() == pair
