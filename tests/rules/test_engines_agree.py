"""R11: judge, generated Python and planes agree about eligibility, amount, questions and every condition."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.rules.engines import World, differences, judge
from tests.rules.homes import DAYS, crowd, worlds
from tests.rules.packs import with_policies
from tests.rules.sentences import policies
from tongxing.content.pack import Pack
from tongxing.lib.place import PackErrors
from tongxing.rules.compile import compile_program

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
CLASSES = {(True, True), (True, False), (False, False), (None, False)}  # (eligible, amount known)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_all_agree_about_a_crowd(source: Pack, day: date) -> None:
    world = crowd(source, day, seed=day.toordinal(), homes=60)
    assert differences(source, day, world) == []


def test_the_crowd_meets_every_kind_of_answer(source: Pack) -> None:
    day = DAYS[2]
    answers = judge(source, day, crowd(source, day, seed=day.toordinal(), homes=60), {})
    found = {(r.eligible, r.amount is not None) for results in answers.values() for r in results}
    assert found == CLASSES
    assert all(len({r.eligible for r in results}) > 1 for results in answers.values())
    assert {leaf for results in answers.values() for r in results for leaf in r.leaves} == {True, False, None}


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_all_agree_about_any_household(source: Pack, data: st.DataObject) -> None:
    day = data.draw(st.sampled_from(DAYS))
    assert differences(source, day, data.draw(worlds(source, day))) == []


@settings(max_examples=60, deadline=None, suppress_health_check=SLOW)
@given(st.data())
def test_all_agree_about_any_sentence(source: Pack, data: st.DataObject) -> None:
    """A random policy on a small crowd; a sentence whose numbers could grow too large is refused and not compared."""
    day = data.draw(st.sampled_from(DAYS))
    pack = with_policies(source, {"sentence": data.draw(policies(source))})
    try:
        compile_program(pack, day)
    except PackErrors as refused:
        assert all("太大" in str(error) for error in refused.errors)
        return
    seed = data.draw(st.integers(0, 9))
    assert differences(pack, day, crowd(source, day, seed, homes=6)) == []


def test_all_agree_when_parameters_are_changed(source: Pack) -> None:
    changes = {
        "home_line": 60_000,
        "allowance.amount": 12_345,
        "line": 70_000,
        "open_to_edge": False,
        "best_category": "mental",
    }
    world = crowd(source, DAYS[3], seed=1, homes=40)
    assert differences(source, DAYS[3], world, changes) == []
    assert judge(source, DAYS[3], world, changes) != judge(source, DAYS[3], world, {})


def test_all_agree_about_nobody(source: Pack) -> None:
    assert differences(source, DAYS[0], World()) == []
