"""What `check_pack` finds in a pack that reads well: wrong expressions, wrong people, wrong references, loose ends."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tongxing.content.read import read_pack
from tongxing.content.tests import packs
from tongxing.policy.check import check_pack, examine

BEIHAI = Path(__file__).resolve().parents[3] / "content" / "beihai"
P = "policies/allowance.yaml"


def after(folder: Path, old: str, new: str, file: str = P) -> tuple[list[str], str]:
    """(Complaints of the check after one change, the place of the mark ¦ in `new`)."""
    pack, place = packs.changed(folder, file, old, new)
    return check_pack(pack), place


def test_a_sound_pack_has_no_complaint(tmp_path: Path) -> None:
    found = examine(packs.write(tmp_path, packs.FULL))
    assert ([str(wrong) for wrong in found.errors], found.warnings, found.policies, found.cases) == ([], [], 1, 2)


def test_the_city_of_this_repository_is_sound_and_quickly_checked() -> None:
    begin = time.perf_counter()
    assert check_pack(BEIHAI) == []
    assert time.perf_counter() - begin < 20


def test_reading_mistakes_come_first(tmp_path: Path) -> None:
    found, place = after(tmp_path, "period: month", "period: ¦monat")
    assert found == [f"{place}: period 只能是 month、year、once、none，不是 monat；最接近的是 month"]


SLIPS = [
    ("income < param.line", "income < ¦param.lin", "没有参数 lin；最接近的是 line"),
    ("'age >= 60'", "'¦ag >= 60'", "没有 ag 这个名字；最接近的是 age"),
    (
        "    until: 2020-01-01\n    who: {label: 吃低保, is: dibao}",
        "    who: {label: 吃低保, is: ¦dibbao}",
        "没有 dibbao 这个名字；最接近的是 dibao",
    ),
    ("plan: [a1]", "plan: [¦a3]", "没有规划条目 a3"),
]


@pytest.mark.parametrize(("old", "new", "said"), SLIPS)
def test_a_slip_is_told_at_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    found, place = after(tmp_path, old, new)
    assert f"{place}: {said}" in found


def test_what_cannot_be_parsed_is_told_in_its_line(tmp_path: Path) -> None:
    found, place = after(tmp_path, "is: income < param.line", "is: ¦income < < 5")
    assert len(found) == 1
    assert found[0].startswith(place.rpartition(":")[0] + ":")


CASE, OLD = "例子“有低保的老人”：", "name: 有低保的老人"
WRONG_CASES = [
    ("amount: 80.00", "amount: 80.01", "写的是 80.01 元，算出来 80 元"),
    ("dibao: true, category: limb}", "dibao: false, category: limb}", "写的是够条件，算出来不够条件（吃低保）"),
    ("dibao: true, category: limb}", "category: limb}", "写的是够条件，算出来说不清（不知道 [dibao]）"),
    ("{eligible: true, amount: 80.00}", "{eligible: false}", "写的是不够条件，算出来够条件"),
    ("dibao: true, category: limb}", "dibao: true, category: none}", "写的是 80 元，算出来 说不清"),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG_CASES)
def test_a_case_that_comes_out_differently_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    text = packs.POLICY.replace(old, new, 1)
    assert text != packs.POLICY
    before = text.partition(OLD)[0] + "name: "
    place = f"city/{P}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    assert check_pack(packs.write(tmp_path, packs.FULL | {P: text})) == [f"{place}: {CASE}{said}"]


def test_the_asked_facts_must_be_exactly_these(tmp_path: Path) -> None:
    found, _ = after(tmp_path, "ask: [dibao]", "ask: [dibao, income]")
    assert [line.split(": ", 1)[1] for line in found] == [
        "例子“不知道”：写的是要问 [dibao, income]，算出来要问 [dibao]"
    ]


def test_an_older_day_is_judged_by_its_own_version(tmp_path: Path) -> None:
    then = "as_of: 2018-05-05\n    given: {dibao: true}\n    expect: {eligible: true, amount: 50}\n"
    cases = packs.POLICY + f"  - name: 从前\n    {then}  - name: 空白的一年\n    {then.replace('2018', '2020')}"
    found = check_pack(packs.write(tmp_path, packs.FULL | {P: cases}))
    assert [line.split(": ", 1)[1] for line in found] == ["例子“空白的一年”：写的是够条件，算出来不够条件"]


def test_a_policy_needs_two_cases_and_one_unknown(tmp_path: Path) -> None:
    one = packs.POLICY.partition("  - name: 不知道")[0]
    found = check_pack(packs.write(tmp_path, packs.FULL | {P: one}))
    assert found == [
        f"city/{P}:1:5: 例子里要有一个 eligible: unknown",
        f"city/{P}:1:5: 至少要有 2 个例子，现在有 1 个",
    ]


def test_rights_and_places_of_roles_must_exist(tmp_path: Path) -> None:
    found, place = after(tmp_path, "rights: [see_person]", "rights: [¦see_persons]", "roles.yaml")
    assert found == [f"{place}: 没有 see_persons 这项权限；最接近的是 see_person"]
    found, place = after(tmp_path / "b", "'459921000000'", "'¦459922000000'", "roles.yaml")
    assert found == [f"{place}: divisions.csv 里没有 459922000000"]


def test_what_no_rule_reads_is_only_a_warning(tmp_path: Path) -> None:
    facts = packs.FACTS.replace("household:", "  idle: {type: bool, from: list}\nhousehold:").replace(
        "params:", "  lazy: {is: dibao}\nparams:"
    )
    facts += "  spare: {type: int, values: [{from: 2020-01-01, value: 1, source: 示例, status: illustrative}]}\n"
    found = examine(packs.write(tmp_path, packs.FULL | {"facts.yaml": facts}))
    assert found.errors == []
    assert [loose.message for loose in found.warnings] == [
        "没有规则用到事实 idle",
        "没有规则用到 lazy",
        "没有规则用到参数 spare",
    ]


def test_those_who_run_the_system_see_no_resident() -> None:
    roles = read_pack(BEIHAI).roles
    assert {name: set(roles[name].rights) for name in ("system_admin", "security_admin", "audit_admin")} == {
        "system_admin": {"run_nightly", "see_policies"},
        "security_admin": {"manage_users", "manage_local_users"},
        "audit_admin": {"see_journal"},
    }
