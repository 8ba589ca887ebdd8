"""Every mistake of the plan has its file, line and column, and the nearest word that would have been right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tongxing.content.plan import read_plan
from tongxing.content.read import read_pack
from tongxing.content.tests import packs
from tongxing.lib.place import PackErrors

INDICATOR = """\
id: i1
clause: a1
name: 覆盖
plain: 有多少人领到了。
nature: binding
kind: rate
result: '%'
owner: 民政
contact: {name: 科室, phone: '1'}
source: 名单
rhythm_days: 31
target: {value: 100, source: 表}
path: [{year: 2024, value: 90, status: illustrative}]
note: 注
versions:
  - from: 2021-01-01
    change: 第一版
    population: {label: 该领的, is: entitled(allowance)}
    counted: {label: 在领, is: receives(allowance)}
    nobody: 都算
"""
FILES = {
    "plan/about.yaml": "name: 规划\nstatus: 稿\nfrom: 2021-01-01\nuntil: 2025-12-31\norder: [b, a]\n",
    "plan/units.yaml": "民政: {department: civil_affairs}\n残联: {}\n",
    "plan/series.yaml": "gdp: {name: 增长, unit: '%', ask: 多少？, owner: 民政}\n",
    "plan/sections.yaml": "t1: {name: 保障, plain: 有人托底。, easy: [{icon: money, say: 没有钱，有人帮。}]}\n",
    "plan/findings.yaml": "- {id: f01, where: 表, what: 空着, ask: 请定}\n",
    "plan/clauses/b.yaml": "b1: {title: 三, where: 三, kind: duty, units: [残联], capability: x, say: 做, gap: 没有}\n",
    "plan/indicators/i1.yaml": INDICATOR,
}
WHOLE = packs.FULL | FILES


def errors(folder: Path, name: str, old: str, new: str) -> tuple[list[str], str]:
    """(What reading the plan complains of after one change, the place of the mark ¦ in `new`)."""
    files = dict(WHOLE)
    assert files[name].count(old) == 1, f"{old!r} is not there once"
    marked = files[name].replace(old, new)
    before = marked.partition("¦")[0]
    files[name] = marked.replace("¦", "")
    with pytest.raises(PackErrors) as caught:
        read_plan(read_pack(packs.write(folder, files)))
    place = f"city/{name}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    return [str(error) for error in caught.value.errors], place


def test_a_sound_plan_is_read_in_the_order_it_asks_for(tmp_path: Path) -> None:
    plan = read_plan(read_pack(packs.write(tmp_path, WHOLE)))
    assert list(plan.clauses) == ["b1", "a1", "a2"]
    assert plan.headline == {}
    assert plan.indicators["i1"].path[0].value == 90
    assert plan.findings[0].ask == "请定"
    assert plan.units["民政"].department == "civil_affairs"
    assert plan.clauses["b1"].section == "b1"


def test_a_pack_without_a_plan_has_an_empty_one(tmp_path: Path) -> None:
    bare = {name: text for name, text in packs.FULL.items() if not name.startswith("plan/")}
    files = bare | {"policies/allowance.yaml": packs.POLICY.replace("plan: [a1]", "plan: []")}
    plan = read_plan(read_pack(packs.write(tmp_path, files)))
    assert (plan.clauses, plan.indicators, plan.about.name) == ({}, {}, "")


CLAUSE = "plan/clauses/a.yaml"
ONE = "plan/indicators/i1.yaml"
SLIPS = [
    (CLAUSE, "links: [policy:allowance]", "links: [¦policy:alowance]", "没有 policy:alowance；最接近的是 allowance"),
    (CLAUSE, "links: [feed:dibao]", "links: [¦fed:dibao]", "links 要写成“类别:名字”"),
    (CLAUSE, "links: [feed:dibao]", "links: [¦clause:a2]", "不能连到自己"),
    (CLAUSE, "links: [feed:dibao]", "links: [¦indicator:i2]", "没有 indicator:i2"),
    (CLAUSE, ", links: [feed:dibao]", "", "条目 a2 要么有 links，要么用 gap"),
    (CLAUSE, "links: [feed:dibao]", "links: [feed:dibao], gap: 没有", "条目 a2 要么有 links，要么用 gap"),
    (CLAUSE, "kind: data, units: [民政]", "kind: data, units: [¦民证]", "没有单位 民证"),
    (CLAUSE, "links: [feed:dibao]", "links: [feed:dibao], same_as: ¦a9", "没有条目 a9"),
    (CLAUSE, "links: [feed:dibao]", "links: [feed:dibao], covers: [¦a9]", "没有条目 a9"),
    ("plan/units.yaml", "department: civil_affairs", "department: ¦civil_affair", "没有部门 civil_affair；最接近的是"),
    (ONE, "clause: a1", "clause: ¦a7", "没有条目 a7"),
    (ONE, "owner: 民政", "owner: ¦民证", "没有单位 民证"),
    (ONE, "kind: rate", "kind: ¦ratio", "kind 只能是"),
    (ONE, "value: 100, source", "value: ¦viel, source", "要写一个数，不是 viel"),
    (ONE, "{value: 100, source: 表}", "¦{source: 表}", "target 要么有 value"),
    (ONE, "    nobody: 都算\n", "", "要么列出 excluded，要么用 nobody"),
    (ONE, "note: 注\n", "", "指标缺少 note"),
    (ONE, "id: i1", "id: ¦i2", "文件名是 i1.yaml"),
    (ONE, "note: 注\n", "note: 注\nseries: ¦gpd\n", "没有统计数 gpd；最接近的是 gdp"),
    (ONE, "note: 注\n", "note: 注\nmeasure: {label: 次, fact: ¦nix, unit: 次}\n", "没有事实 nix"),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), SLIPS)
def test_a_slip_is_told_at_its_place(tmp_path: Path, name: str, old: str, new: str, said: str) -> None:
    found, place = errors(tmp_path, name, old, new)
    told = [error for error in found if said in error]
    assert told, found
    assert "¦" not in new or told[0].startswith(f"{place}: "), (told, place)
