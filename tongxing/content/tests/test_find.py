"""find.yaml: read whole, and each slip told at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tongxing.content.find import Find, read_find
from tongxing.content.read import read_pack
from tongxing.content.tests import packs
from tongxing.lib.place import PackErrors

FIND = """\
most: 4
given: {category: limb}
presume: [dibao]
open: [age, help]
questions:
  age: {ask: 几岁？, label: 年龄, years: birth_date}
  help:
    ask: 有救助吗？
    label: 救助
    options:
      - {say: 低保, about: 全家, sets: {dibao: true}}
      - {say: 没有, sets: {dibao: false}}
words:
  income: {ask: 有多少钱？, never: 没有}
groups:
  - {name: 钱, picture: money, policies: [allowance]}
"""
SLIPS = [
    ("given: {category: limb}", "given: {category: ¦lim}", "category 没有代码 lim；最接近的是 limb"),
    ("presume: [dibao]", "presume: [¦income]", "presume 里只能是“是或不是”的事实，income 不是"),
    ("open: [age, help]", "open: [age, ¦helo]", "没有问题 helo；最接近的是 help"),
    ("years: birth_date", "years: ¦income", "years 要是一个日期，income 不是"),
    ("  help:", "  ¦income:", "income 是一个事实的名字，问题要叫别的"),
    ("sets: {dibao: true}", "sets: {¦dibo: true}", "没有事实 dibo；最接近的是 dibao"),
    ("sets: {dibao: true}", "sets: {dibao: ¦maybe}", "要写 true 或 false，不是 maybe"),
    ("{say: 没有, sets: {dibao: false}}", "¦{say: 没有}", "选项缺少 sets"),
    ("  income: {", "  ¦incom: {", "没有事实 incom；最接近的是 income"),
    ("policies: [allowance]", "policies: [allowance, ¦allowance]", "allowance 写了两遍"),
    (
        "groups:\n",
        "groups:\n  - {name: 别的, picture: card, policies: [¦alowance]}\n",
        "没有给人或家庭的政策 alowance；最接近的是 allowance",
    ),
    ("most: 4", "¦mots: 4", "find.yaml 里没有 mots 这一项；最接近的是 most"),
]


def read(folder: Path, text: str) -> Find:
    return read_find(read_pack(packs.write(folder, packs.FULL | {"find.yaml": text})))


def test_all_of_it_is_read(tmp_path: Path) -> None:
    found = read(tmp_path, FIND)
    assert (found.most, found.presume, found.open) == (4, ("dibao",), ("age", "help"))
    assert found.questions["age"].years == "birth_date"
    assert [(option.say, option.about, option.sets) for option in found.questions["help"].options] == [
        ("低保", "全家", {"dibao": True}),
        ("没有", "", {"dibao": False}),
    ]


def test_a_pack_without_it_asks_by_the_rules_alone(tmp_path: Path) -> None:
    assert read_find(read_pack(packs.write(tmp_path, packs.FULL))) == Find()


@pytest.mark.parametrize(("old", "new", "said"), SLIPS, ids=range(len(SLIPS)))
def test_a_slip_is_told_at_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert FIND.count(old) == 1
    marked = FIND.replace(old, new)
    before = marked.partition(packs.HERE)[0]
    place = f"city/find.yaml:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    with pytest.raises(PackErrors) as caught:
        read(tmp_path, marked.replace(packs.HERE, ""))
    assert f"{place}: {said}" in [str(error) for error in caught.value.errors]


def test_no_policy_for_people_is_forgotten(tmp_path: Path) -> None:
    with pytest.raises(PackErrors, match="groups 和 leave_out 里都没有 allowance"):
        read(tmp_path, FIND.replace("groups:\n  - {name: 钱, picture: money, policies: [allowance]}\n", ""))
