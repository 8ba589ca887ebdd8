"""Every mistake of plan/*.yaml has its file, line and column; a pack without a plan has an empty programme."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tongxing.content.instance import pack
from tongxing.content.pack import Pack
from tongxing.content.plan import read_plan
from tongxing.content.programme import Programme, read_programme
from tongxing.lib.place import PackErrors

CITY = Path(__file__).resolve().parents[3] / "content" / "beihai"
CLAUSES = """t1.1:
  {title: 一, where: 处, kind: project, capability: plan, say: 做, due: 2024-01-31,
   units: [残联, 民政], links: ['project:shops']}
t1.2:
  {title: 二, where: 处, kind: regulation, capability: plan, say: 发, same_as: t1.1,
   units: [民政], links: ['document:rules']}
"""
ABOUT = "name: 规划\nstatus: 稿\nfrom: 2021-01-01\nuntil: 2025-12-31\n"
REGISTER = "climb_after: 7\n"
PROJECT = """shops:
  name: 店
  say: 帮店
  clauses: [t1.1]
  lead: 残联
  kind: support
  counts: [{unit: 家, target: 20}]
  milestones: [{id: first, name: 第一家, due: 2023-12-31}]
  funds: [levy]
"""
DOCUMENT = "rules:\n  {name: 办法, kind: regulation, clauses: [t1.1], unit: 残联, basis: 法}\n"


def city(folder: Path, **files: str) -> Pack:
    """The pack of the city with another plan."""
    texts = {"about": ABOUT, "register": REGISTER, "projects": PROJECT, "documents": DOCUMENT} | files
    (folder / "plan/clauses").mkdir(parents=True)
    (folder / "plan/clauses/t1.yaml").write_text(texts.pop("clauses", CLAUSES), encoding="utf-8")
    for name, text in texts.items():
        (folder / f"plan/{name}.yaml").write_text(text, encoding="utf-8")
    return replace(pack(CITY), folder=folder, policies={})


def read(made: Pack) -> Programme:
    return read_programme(made, read_plan(made))


def test_the_plan_of_the_city_reads(tmp_path: Path) -> None:
    made = read(city(tmp_path))
    assert made.original("t1.2") == "t1.1"
    assert [str(made.due_date(clause)) for clause in ("t1.1", "t1.2")] == ["2024-01-31", "2025-12-31"]
    assert made.projects["shops"].milestones[0].from_plan is False
    assert (made.documents["rules"].due_date, made.climb_after) == (None, 7)


def test_without_a_plan_there_is_nothing_to_do(tmp_path: Path) -> None:
    made = read(replace(pack(CITY), folder=tmp_path, policies={}))
    assert (dict(made.clauses), made.projects, made.documents) == ({}, {}, {})


@pytest.mark.parametrize(
    ("file", "old", "new", "at", "said"),
    [
        ("projects", "[t1.1]", "[t1.3]", "projects.yaml:4:13", "没有条目 t1.3；最接近的是 t1.2"),
        ("projects", "lead: 残联", "lead: 残聯", "projects.yaml:5:9", "没有单位 残聯"),
        ("projects", "[levy]", "[levi]", "projects.yaml:9:11", "没有资金来源 levi；最接近的是 levy"),
        ("projects", "kind: support", "kind: suport", "projects.yaml:6:9", "kind 只能是"),
        ("projects", "target: 20", "target: 0", "projects.yaml:7:12", "target 要大于 0"),
        ("projects", "due: 2023-12-31", "due: 年底", "projects.yaml:8:44", "日期要写成"),
        ("projects", "name: 店", "name: 店\n  place: '999999999999'", "projects.yaml:1:1", "没有 999999999999"),
        ("projects", "  say: 帮店\n", "", "projects.yaml:2:3", "缺少 say"),
        ("projects", "name: 店", "name: 店\n  nmae: 店", "projects.yaml:3:3", "没有 nmae 这一项；最接近的是 name"),
        ("documents", "kind: regulation", "kind: rule", "documents.yaml:2:20", "kind 只能是"),
        ("documents", "unit: 残联", "unit: 某局", "documents.yaml:2:55", "没有单位 某局"),
        ("register", "climb_after: 7", "climb_after: 半个月", "register.yaml:1:14", "要写整数"),
        ("clauses", "project:shops", "project:shop", "clauses/t1.yaml:3:30", "没有 project:shop；最接近的是 shops"),
        ("clauses", "document:rules", "document:rule", "clauses/t1.yaml:6:26", "没有 document:rule；最接近的是 rules"),
    ],
)
def test_a_mistake_says_where_and_what(tmp_path: Path, file: str, old: str, new: str, at: str, said: str) -> None:
    text = {"projects": PROJECT, "documents": DOCUMENT, "register": REGISTER, "clauses": CLAUSES}[file]
    with pytest.raises(PackErrors) as caught:
        read(city(tmp_path, **{file: text.replace(old, new)}))
    [line] = str(caught.value).splitlines()
    assert f"plan/{at}: " in line
    assert said in line
