"""Every mistake is reported at its place, in words that help, and all of them at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.rules.cases import cases
from tests.rules.packs import AT, policy, with_derived, with_policies
from tongxing.content.pack import Pack
from tongxing.content.read import read_pack
from tongxing.lib.place import PackErrors
from tongxing.rules.compile import compile_program

DAY = date(2026, 3, 1)
CASES = cases("errors")


def mistakes(source: Pack) -> list[str]:
    with pytest.raises(PackErrors) as caught:
        compile_program(source, DAY)
    return [str(error) for error in caught.value.errors]


@pytest.mark.parametrize("case", CASES, ids=[case["is"] for case in CASES])
def test_a_mistake_is_reported_at_its_token(source: Pack, case: dict[str, Any]) -> None:
    text = case["is"]
    found = mistakes(with_policies(source, {"x": policy(source, "x", text, case.get("unit", "person"))}))
    offset = (text.rindex if case.get("last") else text.index)(case["at"]) + case.get("off", 0)
    place, message = found[0].split(": ", 1)
    assert place == f"x.yaml:10:{AT.column + offset}"
    assert case["says"] in message
    assert len(found) == 1


def test_all_mistakes_of_a_pack_are_reported_at_once(source: Pack) -> None:
    pack = with_derived(source, wrong="years_since(grade) + nobody")
    more = {
        "x": policy(source, "x", "gradee = 1 AND catagory = 'visual' AND wrong > 1"),
        "y": policy(source, "y", "has_cert", amount="incom"),
    }
    places = [line.split(": ")[0] for line in mistakes(with_policies(pack, more))]
    assert places == ["facts.yaml:10:5", "facts.yaml:10:26", "x.yaml:10:20", "x.yaml:10:20", "x.yaml:10:35"]


def test_names_that_use_each_other_in_a_circle_are_named(source: Pack) -> None:
    found = mistakes(with_derived(source, one="two + 1", two="three * 2", three="one"))
    assert found == ["facts.yaml:12:5: 这些名字互相用，绕成了圈：one、two、three、one"]


def test_policies_that_wait_for_each_other_in_a_circle_are_named(source: Pack) -> None:
    more = {"x": policy(source, "x", "entitled(y)"), "y": policy(source, "y", "has_cert AND entitled(x)")}
    found = mistakes(with_policies(source, more))
    assert found == ["x.yaml:10:33: 这些政策互相看对方够不够条件，绕成了圈：x、y、x"]


def test_an_amount_must_be_money(source: Pack) -> None:
    found = mistakes(with_policies(source, {"x": policy(source, "x", "has_cert", amount="grade * 2")}))
    assert found == ["x.yaml:10:20: amount 要算出钱，不是整数"]


def test_an_expression_in_a_file_is_reported_with_its_file_line_and_column(tmp_path: Path, source: Pack) -> None:
    folder = tmp_path / "town"
    (folder / "policies").mkdir(parents=True)
    (folder / "facts.yaml").write_text(
        "person:\n  income: {type: money, label: 收入, ask: 多少？, from: status}\n"
        "derived:\n  low: {is: income < param.line, label: 低}\n",
        encoding="utf-8",
    )
    (folder / "policies" / "help.yaml").write_text(
        "id: help\nname: 补助\nunit: person\nperiod: none\nversions:\n  - from: 2020-01-01\n    who:\n      all:\n"
        "        - {label: 低, is: 'low AND incme > 0'}\n",
        encoding="utf-8",
    )
    assert mistakes(read_pack(folder)) == [
        "town/facts.yaml:4:22: 没有参数 line",
        "town/policies/help.yaml:9:35: 没有 incme 这个名字；最接近的是 income",
    ]
