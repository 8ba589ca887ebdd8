"""Beginning an evaluation; what officers write is kept, and nobody's words are lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.evaluation import actions
from tongxing.evaluation.models import Evaluation, Prose
from tongxing.evaluation.queries.prose import standing_prose
from tongxing.evaluation.refusal import Overtaken, Refused
from tongxing.evaluation.tests.conftest import PERIOD
from tongxing.plan.models import Count


def test_begun_twice_it_is_one(evaluation: Evaluation, liang: Actor, pei: Actor) -> None:
    assert actions.begin(kind="mid_term", **PERIOD, by=pei) == evaluation


def test_a_stranger_begins_nothing(counted: Count) -> None:
    villager = cast.an_officer("village_worker", cast.VILLAGE, 1)
    with pytest.raises(PermissionDenied):
        actions.begin(kind="final", **PERIOD, by=villager)


def test_a_period_that_ends_before_it_begins_is_refused(counted: Count, liang: Actor) -> None:
    with pytest.raises(Refused, match="早于"):
        actions.begin(kind="final", from_date=date(2023, 1, 1), until_date=date(2022, 1, 1), by=liang)


def test_without_a_counting_there_is_nothing_to_evaluate(db: None, liang: Actor) -> None:
    with pytest.raises(Refused, match="还没有数过"):
        actions.begin(kind="final", **PERIOD, by=liang)


def test_a_period_before_the_first_counting_takes_the_first(counted: Count, liang: Actor) -> None:
    early = actions.begin(kind="final", from_date=date(2021, 1, 1), until_date=date(2022, 1, 1), by=liang)
    assert early.count == counted


def test_every_version_is_kept(evaluation: Evaluation, liang: Actor) -> None:
    first = actions.write(evaluation=evaluation, slot="measures", words="人手不够。", seen=0, by=liang)
    assert first is not None
    actions.write(evaluation=evaluation, slot="measures", words="人手不够，明年补。", seen=1, by=liang)
    assert list(Prose.objects.values_list("words", "version")) == [("人手不够。", 1), ("人手不够，明年补。", 2)]


def test_the_same_words_again_are_no_version(evaluation: Evaluation, liang: Actor) -> None:
    for _ in range(2):
        actions.write(evaluation=evaluation, slot="measures", words="人手不够。", seen=0, by=liang)
    assert Prose.objects.count() == 1


def test_who_comes_second_sees_the_others_words_and_loses_none(evaluation: Evaluation, liang: Actor) -> None:
    colleague = replace(liang, user_id=77, name="小郑")
    actions.write(evaluation=evaluation, slot="measures", words="人手不够。", seen=0, by=liang)
    with pytest.raises(Overtaken) as late:
        actions.write(evaluation=evaluation, slot="measures", words="钱没到。", seen=0, by=colleague)
    assert late.value.newest.words == "人手不够。"
    actions.write(evaluation=evaluation, slot="measures", words="人手不够，钱没到。", seen=1, by=colleague)
    assert Prose.objects.count() == 2


def test_two_units_write_side_by_side(evaluation: Evaluation, liang: Actor, pei: Actor) -> None:
    for number, by in enumerate((liang, pei)):
        actions.write(evaluation=evaluation, slot="measures", words=f"第 {number} 个原因。", seen=0, by=by)
    assert [prose.unit for prose in standing_prose(evaluation)["measures"]] == sorted([liang.role_name, pei.role_name])


def test_empty_words_take_it_back_and_the_old_ones_stay_on_record(evaluation: Evaluation, liang: Actor) -> None:
    actions.write(evaluation=evaluation, slot="measures", words="人手不够。", seen=0, by=liang)
    actions.write(evaluation=evaluation, slot="measures", words="", seen=1, by=liang)
    assert standing_prose(evaluation) == {}
    assert Prose.objects.count() == 2


@pytest.mark.parametrize(("words", "why"), [("他的号码是 459921198001011234。", "号码"), ("长" * 3001, "太长")])
def test_what_does_not_belong_in_a_report_is_refused(
    words: str, why: str, evaluation: Evaluation, liang: Actor
) -> None:
    with pytest.raises(Refused, match=why):
        actions.write(evaluation=evaluation, slot="measures", words=words, seen=0, by=liang)
