"""A sound pack of two files and its rooms, written to a folder, and one change at a time to break it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tongxing.content.read import read_pack
from tongxing.lib.place import PackErrors

FACTS = """\
person:
  birth_date: {type: date, label: 出生日期, ask: 哪天出生？, from: registry}
  category: {type: code, codes: category, label: 类别, from: registry}
  income: {type: money, label: 收入, from: status, stale_after: 400 days, sensitivity: high}
household:
  dibao: {type: bool, label: 低保, from: list, owner: 民政, stale_after: 60 days}
derived:
  age: {is: years_since(birth_date), label: 年龄}
params:
  line:
    type: money
    label: 低保线
    values:
      - {from: 2024-01-01, yuan: 750.5, source: 示例, status: illustrative}
      - {from: 2025-01-01, fen: 78000, source: 示例, status: illustrative}
"""
POLICY = """\
id: allowance
name: 补贴
unit: person
plan: [a1]
period: month
params:
  flat: {type: money, values: [{from: 2016-01-01, yuan: 50, source: 示例, status: illustrative}]}
  amount:
    type: money
    by: category
    values: [{from: 2021-01-01, yuan: {limb: 80, visual: 100.05}, source: 示例, status: illustrative}]
versions:
  - from: 2016-01-01
    until: 2020-01-01
    who: {label: 吃低保, is: dibao}
    amount: param.flat
  - from: 2021-01-01
    who:
      all:
        - {label: 吃低保, is: dibao}
        - label: 年纪或收入
          any:
            - {label: 满六十岁, is: 'age >= 60'}
            - {label: 收入低, is: income < param.line}
    amount: param.amount
tests:
  - name: 有低保的老人
    given: {birth_date: 1950-01-01, dibao: true, category: limb}
    members: [{income: 100}]
    expect: {eligible: true, amount: 80.00}
  - name: 不知道
    as_of: 2026-01-01
    given: {birth_date: 1950-01-01, category: limb, income: null}
    expect: {eligible: unknown, ask: [dibao]}
"""
CODES = "category: {none: 无, limb: 肢体, visual: 视力}\n"
ROOMS = {
    "departments.yaml": "civil_affairs: {name: 民政, county: '{place}民政局'}\n",
    "purposes.yaml": "relief: {name: 救助审核, people: all, basis: 法定职责}\n",
    "roles.yaml": """\
officer:
  {name: 经办, department: civil_affairs, level: county, purposes: [relief], rights: [see_person],
   demo: {name: 周姐, hint: 交名单, division: '459921000000'}}
""",
    "divisions.csv": """\
code,name,level,parent
459900000000,示例市,city,450000000000
459921000000,甲县,county,459900000000
""",
    "calendar.yaml": "ends: 2026-12-31\nholidays: {2026: [2026-01-01]}\nworkdays: {2026: [2026-01-04]}\n",
    "glossary.yaml": "dibao: {term: 低保, english: subsistence allowance, plain: 每月补到线上。}\n",
    "feeds/dibao.yaml": """\
id: dibao
name: 低保名单
department: civil_affairs
unit: household
columns:
  - {name: 身份证号, aliases: [身份证号码], field: id_number, type: id_number, required: true}
  - {name: 起始日期, field: from_date, type: date}
match_by: [id_number]
sets: {fact: dibao, value: true, from: from_date}
complete: true
""",
    "plan/clauses/a.yaml": """\
a1: {title: 补贴, where: 一, kind: duty, units: [民政], capability: pay, say: 发钱。, links: [policy:allowance]}
a2: {title: 名单, where: 二, kind: data, units: [民政], capability: exchange, say: 交名单。, links: [feed:dibao]}
""",
}
SMALL = {"facts.yaml": FACTS, "codes.yaml": CODES, "policies/allowance.yaml": POLICY}
FULL = SMALL | ROOMS


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """The pack `city` in `folder`."""
    pack = folder / "city"
    for name, text in files.items():
        path = pack / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return pack


def mistakes(pack: Path) -> list[str]:
    """What reading the pack complains of."""
    with pytest.raises(PackErrors) as caught:
        read_pack(pack)
    return [str(error) for error in caught.value.errors]


HERE = "¦"


def changed(folder: Path, name: str, old: str, new: str) -> tuple[Path, str]:
    """(The full pack after one change in one file, `file:line:column` of the mark ¦ in `new`)."""
    files = dict(FULL)
    assert files[name].count(old) == 1, f"{old!r} is not there once"
    marked = files[name].replace(old, new)
    before = marked.partition(HERE)[0]
    files[name] = marked.replace(HERE, "")
    return write(folder, files), f"city/{name}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def broken(folder: Path, name: str, old: str, new: str) -> tuple[list[str], str]:
    """(What reading complains of after one change, the place of the mark)."""
    pack, place = changed(folder, name, old, new)
    return mistakes(pack), place
