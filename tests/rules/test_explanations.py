"""What the explainer says of one person: the answer, the tree of conditions with their facts, what to ask."""

from __future__ import annotations

import json
from datetime import date

import pytest

from tests.rules.packs import policy, with_policies
from tongxing.content.pack import Pack
from tongxing.rules.compile import compile_program
from tongxing.rules.one import Explainer

DAY = date(2026, 3, 1)
ALAN = {
    "has_cert": True,
    "cert_until": date(2031, 5, 1),
    "income": 60_000,
    "category": "visual",
    "receives_discount": False,
}


@pytest.fixture(scope="module")
def explainer(source: Pack) -> Explainer:
    return Explainer(compile_program(source, DAY))


def test_the_tree_shows_each_condition_with_its_facts_and_what_was_not_needed(explainer: Explainer) -> None:
    answer = explainer.explain(0, [ALAN], {"dibao": True})["allowance"]
    assert (answer.eligible, answer.amount_fen, answer.ask) == (True, 9050, frozenset())
    assert answer.tree.as_json() == {
        "label": None,
        "value": True,
        "all": [
            {"label": "证有效", "value": True, "facts": {"has_cert": True, "cert_until": "2031-05-01"}},
            {
                "label": "困难",
                "value": True,
                "any": [
                    {"label": "低保", "value": True, "facts": {"dibao": True}},
                    {"label": "边缘户而且放宽了", "value": None, "facts": {"edge": None}, "needed": False},
                    {
                        "label": "收入不到保障线",
                        "value": None,
                        "facts": {"income": 60_000, "hukou": None},
                        "needed": False,
                    },
                ],
            },
            {"label": "没有领助残金", "value": True, "facts": {"receives_discount": False}},
        ],
    }


def test_a_tree_goes_into_json(explainer: Explainer) -> None:
    for answer in explainer.explain(0, [ALAN], {"moved_in": date(2020, 1, 1)}).values():
        json.dumps(answer.tree.as_json())


def test_where_one_condition_says_no_the_others_are_not_needed(explainer: Explainer) -> None:
    tree = explainer.explain(0, [ALAN | {"has_cert": False}], {})["allowance"].tree.as_json()
    assert [item.get("needed", True) for item in tree["all"]] == [True, False, False]


def test_only_what_could_still_change_the_answer_is_asked(explainer: Explainer) -> None:
    answer = explainer.explain(0, [ALAN], {"dibao": False, "edge": False})["allowance"]
    assert (answer.eligible, answer.amount_fen, answer.ask) == (None, None, {"hukou"})


def test_an_unknown_amount_is_asked_for_once_the_right_is_sure(explainer: Explainer) -> None:
    answer = explainer.explain(0, [ALAN | {"category": None}], {"dibao": True})["allowance"]
    assert (answer.eligible, answer.amount_fen, answer.ask) == (True, None, {"category"})


def test_days_may_come_as_dates_or_as_numbers_since_1970(explainer: Explainer) -> None:
    number = ALAN | {"cert_until": (date(2031, 5, 1) - date(1970, 1, 1)).days}
    assert (
        explainer.explain(0, [number], {})["allowance"].eligible
        == explainer.explain(0, [ALAN], {})["allowance"].eligible
    )


def test_every_member_gets_the_households_answer(explainer: Explainer) -> None:
    people = [{"income": 10_000, "working": False, "has_cert": True, "grade": 1}, {"income": 0, "working": False}]
    answers = [explainer.explain(who, people, {})["home_support"] for who in (0, 1)]
    assert [(a.eligible, a.amount_fen) for a in answers] == [(True, 146_000)] * 2


def test_an_employer_is_explained_alone(explainer: Explainer) -> None:
    found = explainer.explain_employer({"licensed": True, "staff": 100, "hired": 2, "wage": 300_000})
    assert {name: (a.eligible, a.amount_fen) for name, a in found.items()} == {"reward": (True, 903_000)}


def test_one_policy_can_be_asked_for(explainer: Explainer) -> None:
    assert list(explainer.explain(0, [ALAN], {}, ["nursing"])) == ["nursing"]


def test_a_right_without_money_is_worth_nothing_known(source: Pack) -> None:
    pack = with_policies(source, {"x": policy(source, "x", "has_cert")})
    answer = Explainer(compile_program(pack, DAY)).explain(0, [ALAN], {})["x"]
    assert (answer.eligible, answer.amount_fen) == (True, 0)


def test_words_of_a_pack_never_run_as_code(source: Pack) -> None:
    """A code with quotes and brackets in it is a value to compare with, nothing else."""
    evil = "x') or __import__"
    pack = with_policies(source, {"x": policy(source, "x", "category = param.best_category")})
    program = compile_program(pack, DAY, {"best_category": "visual"})
    assert Explainer(program).explain(0, [{"category": evil}], {})["x"].eligible is False
