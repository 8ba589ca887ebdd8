"""What each sentence of the language comes to, by judge and engines; the traps of the spike are among them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.rules.cases import cases
from tests.rules.engines import ENGINES, Home, World, judge
from tests.rules.packs import policy, with_policies
from tongxing.content.pack import Pack

DAY = date(2026, 3, 1)
CASES = cases("values")
SAID = {True: True, False: False, "unknown": None}


def home(source: Pack, case: dict[str, Any]) -> Home:
    given = case.get("given", {})
    household = {name: value for name, value in given.items() if source.facts[name].unit == "household"}
    person = {name: value for name, value in given.items() if name not in household}
    return Home([person, *case.get("members", [])], household)


RUNS = {"judge": judge, **dict(ENGINES)}


@pytest.mark.parametrize("case", CASES, ids=[case["is"] for case in CASES])
@pytest.mark.parametrize("engine", RUNS)
def test_a_sentence_comes_to_what_it_says(source: Pack, engine: str, case: dict[str, Any]) -> None:
    pack = with_policies(source, {"sentence": policy(source, "sentence", case["is"])})
    found = RUNS[engine](pack, case.get("as_of", DAY), World([home(source, case)]), {})["sentence"][0]
    assert found.eligible is SAID[case["gives"]]
    assert found.ask == frozenset(case.get("ask", ()))


@pytest.mark.parametrize("engine", [name for name, _ in ENGINES])
def test_a_policy_may_have_more_conditions_than_a_machine_word_has_bits(source: Pack, engine: str) -> None:
    """Trap 9: the spike's bit masks ended at 31."""
    who = " AND ".join(f"grade <> {number}" for number in range(10, 110))
    world = World([Home([{"grade": 1}, {}])])
    found = dict(ENGINES)[engine](with_policies(source, {"long": policy(source, "long", who)}), DAY, world, {})["long"]
    assert [result.eligible for result in found] == [True, None]
