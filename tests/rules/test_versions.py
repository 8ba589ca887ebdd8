"""Law changes by adding: versions and parameters by date, what a simulation puts in place, and who excludes whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.rules.engines import judge
from tests.rules.homes import DAYS, crowd
from tests.rules.packs import policy, with_policies
from tongxing.content.pack import Pack
from tongxing.lib.place import PackErrors, Text
from tongxing.rules.compile import NOT_HIGHER, compile_program
from tongxing.rules.one import Answer, Explainer

DAY = date(2026, 3, 1)
CHILD = {
    "has_cert": True,
    "grade": 1,
    "category": "mental",
    "birth_date": date(2020, 1, 1),
    "tekun": False,
    "income": 0,
    "hukou": "urban",
}


def ask(
    source: Pack, name: str, person: dict[str, Any], on: date = DAY, changes: Any = None, home: Any = None
) -> Answer:
    return Explainer(compile_program(source, on, changes)).explain(0, [person], home or {}, [name])[name]


@pytest.mark.parametrize(
    ("day", "fen"), [(date(2016, 1, 1), 5000), (date(2025, 2, 28), 5000), (date(2025, 3, 1), 8050)], ids=str
)
def test_an_amount_is_the_one_in_force_on_the_day(source: Pack, day: date, fen: int) -> None:
    person = CHILD | {"cert_until": date(2030, 1, 1), "receives_discount": False}
    assert ask(source, "allowance", person, day, home={"dibao": True}).amount_fen == fen


def test_a_version_holds_from_its_first_day_until_the_day_before_the_last(source: Pack) -> None:
    inside = [day for day in (date(2019, 12, 31), date(2020, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
              if "rent_help" in compile_program(source, day).policies]  # fmt: skip
    assert inside == [date(2020, 1, 1), date(2025, 12, 31)]


def test_nobody_is_entitled_to_a_policy_that_is_not_in_force_but_may_receive_it(source: Pack) -> None:
    assert ask(source, "after_later", {"receives_later": False}).eligible is False
    assert ask(source, "after_later", {"receives_later": True}).eligible is True


def test_a_simulation_replaces_parameters_of_the_pack_and_of_a_policy(source: Pack) -> None:
    person = CHILD | {"cert_until": date(2030, 1, 1), "receives_discount": False, "category": "none"}
    assert (
        ask(source, "allowance", person, changes={"allowance.amount": 10_000}, home={"dibao": True}).amount_fen
        == 10_000
    )
    poor = person | {"income": 90_000}
    assert ask(source, "allowance", poor, home={"dibao": False, "edge": False}).eligible is False
    assert (
        ask(source, "allowance", poor, changes={"line": 90_001}, home={"dibao": False, "edge": False}).eligible is True
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"home_lime": 1}, "没有参数 home_lime；最接近的是 home_line"),
        ({"allowance.amunt": 1}, "没有参数 allowance.amunt；最接近的是 allowance.amount"),
        ({"home_line": True}, "参数 home_line 的值要是钱，不是 True"),
        ({"open_to_edge": 1}, "参数 open_to_edge 的值要是是非，不是 1"),
    ],
)
def test_a_simulation_with_a_wrong_parameter_is_refused(source: Pack, changes: Any, message: str) -> None:
    with pytest.raises(PackErrors, match=message):
        compile_program(source, DAY, changes)


def test_of_two_benefits_the_higher_is_paid(source: Pack) -> None:
    old = CHILD | {"birth_date": date(1950, 1, 1)}
    assert ask(source, "nursing", CHILD, home={"moved_in": date(2026, 3, 1)}).amount_fen == 20_000
    nursing, elder = (ask(source, name, old, home={"moved_in": date(2026, 3, 1)}) for name in ("nursing", "elder"))
    assert (nursing.eligible, elder.eligible, elder.amount_fen) == (False, True, 78_055)
    assert nursing.tree.items[-1].label == NOT_HIGHER


def test_of_equal_benefits_the_first_by_name_is_paid(source: Pack) -> None:
    more = {name: policy(source, name, "has_cert", amount="param.middle") for name in ("b", "a", "c")}
    more["b"] = replace(more["b"], higher_of=(Text("a"), Text("c")))
    pack = with_policies(source, more)
    assert {name: ask(pack, name, CHILD).eligible for name in more} == {"a": True, "b": False, "c": False}


def test_nobody_ever_gets_two_of_a_group(source: Pack) -> None:
    answers = judge(source, DAYS[4], crowd(source, DAYS[4], seed=5, homes=60), {})
    rows = zip(answers["nursing"], answers["elder"], answers["veteran"], strict=True)
    together = [sum(r.eligible is True for r in row) for row in rows]
    assert max(together) == 1
