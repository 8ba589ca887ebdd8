"""Each slip of the pen is told with its place, and with the nearest word that would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tongxing.content.tests import packs

F, P, ROLES, FEED = "facts.yaml", "policies/allowance.yaml", "roles.yaml", "feeds/dibao.yaml"

LINE = packs.FACTS[packs.FACTS.index("line:") :]
UNTIL = packs.POLICY[: packs.POLICY.index("    amount: param.flat")]
AFTER_UNIT = packs.ROOMS[FEED][packs.ROOMS[FEED].index("unit:") :]

# What one writes by mistake, with ¦ where the complaint points
SLIPS = [
    # a key, a word, a name
    (F, "sensitivity: high", "¦sensitvity: high", "事实 income 里没有 sensitvity 这一项；最接近的是 sensitivity"),
    (F, "type: bool", "type: ¦boole", "type 只能是 bool、int、money、date、code，不是 boole；最接近的是 bool"),
    (F, "codes: category", "codes: ¦categry", "没有代码表 categry；最接近的是 category"),
    (F, "derived:", "¦drived:", "facts.yaml 里没有 drived 这一项；最接近的是 derived"),
    (F, "  income:", "  ¦Income:", "名字只用小写英文字母、数字和下划线，以字母开头"),
    (P, "dibao: true, c", "¦dibaoo: true, c", "没有事实 dibaoo；最接近的是 dibao"),
    (P, "dibao: true, category: limb}", "dibao: true, category: ¦lim}", "category 没有代码 lim；最接近的是 limb"),
    (P, "ask: [dibao]", "ask: [¦dibo]", "没有事实 dibo；最接近的是 dibao"),
    (P, "period: month", "period: ¦monthly", "period 只能是 month、year、once、none，不是 monthly；最接近的是 month"),
    (P, "plan: [a1]", "higher_of: [¦allowanc]", "没有政策 allowanc；最接近的是 allowance"),
    (P, "plan: [a1]", "receipt: ¦diba", "没有事实 diba；最接近的是 dibao"),
    (P, "plan: [a1]", "receipt: ¦dibao", "receipt 要是 bool，单位是 person"),
    (P, "id: allowance", "id: ¦allowances", "id 是 allowances，文件名是 allowance.yaml，两个要一样"),
    # a type
    (F, "yuan: 750.5,", "yuan: ¦750.555,", "钱数最多两位小数，不是 750.555"),
    (F, "yuan: 750.5,", "yuan: ¦7e2,", "钱数要写成 80 或 80.50，不是 7e2"),
    (F, "yuan: 750.5,", "yuan: '¦NaN',", "钱数要写成 80 或 80.50，不是 NaN"),
    (F, "yuan: 750.5,", "yuan: ¦{limb: 750},", "yuan 要是一个值，不是一组"),
    (F, "fen: 78000", "fen: ¦780.5", "要写整数，不是 780.5"),
    (F, "400 days", "¦400 weeks", "stale_after 要写成“45 days”，不是 400 weeks"),
    (
        F,
        "{from: 2024-01-01, yuan: 750.5, source: 示例,",
        "¦{from: 2024-01-01, yuan: 750.5,",
        "参数 line 的值缺少 source",
    ),
    (
        F,
        "{from: 2025-01-01, fen: 78000, source: 示例, status: illustrative}",
        "¦{from: 2025-01-01, fen: 78000, source: 示例}",
        "参数 line 的值缺少 status",
    ),
    (F, "yuan: 750.5,", "¦yaun: 750.5,", "参数 line 的值里没有 yaun 这一项；最接近的是 yuan"),
    (P, "dibao: true, c", "dibao: ¦yes, c", "要写 true 或 false，不是 yes"),
    (P, "members: [{income: 100}]", "members: [{¦dibao: true}]", "dibao 是户的事实，不能写在这里"),
    (P, "yuan: {limb: 80, visual: 100.05}", "yuan: ¦80", "yuan 要写成“名字: 内容”"),
    (
        P,
        "yuan: {limb: 80, visual: 100.05}",
        "yuan: {limb: ¦eighty, visual: 100.05}",
        "钱数要写成 80 或 80.50，不是 eighty",
    ),
    (P, "plan: [a1]", "plan: ¦a1", "plan 要是一列，每行以“- ”开头，或写在 [ ] 里"),
    (P, "{eligible: true, amount", "¦{eligible: false, amount", "只有 eligible: true 才有 amount"),
    # a date
    (F, "from: 2025-01-01", "from: ¦2025-02-30", "没有 2025-02-30 这一天"),
    (F, "from: 2025-01-01", "from: ¦2025/1/1", "日期要写成 2025-01-31 这样，不是 2025/1/1"),
    (
        F,
        LINE,
        LINE.replace("line:", "¦line:").replace("2024", "2026"),
        "参数 line 的日期要从早到晚，2025-01-01 在 2026-01-01 后面",
    ),
    (P, UNTIL, UNTIL.replace("allowance", "¦allowance").replace("2020", "2015"), "until 要晚于 from"),
    # what is missing, twice, or neither fish nor flesh
    (P, "id: allowance\nname: 补贴\n", "¦id: allowance\n", "政策缺少 name"),
    (P, "{label: 满六十岁, is: 'age >= 60'}", "¦{is: 'age >= 60'}", "条件要有 label 和 is，或者有 all、any"),
    (P, "- label: 年纪或收入\n", "- ¦label: 年纪或收入\n          is: dibao\n", "一个条件只能有 all、any、is 中的一个"),
    (
        P,
        UNTIL + "    amount: param.flat\n",
        UNTIL.replace("allowance", "¦allowance"),
        "period 是 month，每个版本都要写 amount",
    ),
    (F, "  income:", "  ¦birth_date:", "“birth_date”写了两遍"),
    (F, "  dibao:", "  ¦income:", "事实 income 在人里已经写过"),
    (F, "  age:", "  ¦dibao:", "dibao 已经是一个事实，推算的名字要换一个"),
    (F, "  dibao:", "  ¦receives_allowance:", "receives_allowance 是自动加上的，不用写"),
    # YAML itself
    (F, "  dibao:", "¦\tdibao:", "YAML 写得不对：这里有制表符（Tab），缩进请用空格"),
    (F, "income: {type: money", "income: {type: date¦: money", "YAML 写得不对：少了逗号或右括号"),
    (F, "age: {is: years_since(birth_date), label: 年龄}", "age: ¦&a {is: dibao}", "不能用 & 和 * 引用别处，请写全"),
    # the rooms around
    (ROLES, "purposes: [relief]", "purposes: [¦releif]", "没有目的 releif；最接近的是 relief"),
    (
        ROLES,
        "department: civil_affairs",
        "department: ¦civil_affair",
        "没有部门 civil_affair；最接近的是 civil_affairs",
    ),
    (
        ROLES,
        "level: county",
        "level: ¦country",
        "level 只能是 none、village、township、county、city，不是 country；最接近的是 county",
    ),
    ("purposes.yaml", "basis: 法定职责", "¦bases: 法定职责", "目的 relief 里没有 bases 这一项；最接近的是 basis"),
    (
        "divisions.csv",
        "459921000000,甲县,county,459900000000",
        "¦459921000000,甲县,county,459900000001",
        "上级 459900000001 还没有出现",
    ),
    ("divisions.csv", "code,name,level,parent", "¦code,name,level", "第一行要是 code,name,level,parent"),
    (
        "calendar.yaml",
        "[2026-01-01]}\nworkdays: {2026: [2026-01-04]}",
        "[¦2026-01-01]}\nworkdays: {2026: [2026-01-01]}",
        "2026-01-01 既放假又上班",
    ),
    (FEED, "fact: dibao", "fact: ¦diabo", "没有事实 diabo；最接近的是 dibao"),
    (FEED, "from: from_date", "from: ¦form_date", "没有这一列的 field form_date；最接近的是 from_date"),
    (FEED, "value: true", "value: ¦ja", "要写 true 或 false，不是 ja"),
    (
        FEED,
        AFTER_UNIT,
        AFTER_UNIT.replace("household", "person").replace("fact: ", "fact: ¦"),
        "事实 dibao 的单位是 household，名单写的是 person",
    ),
    (FEED, "name: 起始日期", "name: ¦身份证号码", "列名“身份证号码”写了两遍"),
    (FEED, "match_by: [id_number]", "match_by: [¦name]", "没有对人的办法 name"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), SLIPS, ids=range(len(SLIPS)))
def test_a_slip_is_told_at_its_place(tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    complaints, place = packs.broken(tmp_path, file, old, new)
    assert f"{place}: {said}" in complaints


def test_all_mistakes_are_told_at_once_in_order(tmp_path: Path) -> None:
    files = packs.FULL | {
        F: packs.FACTS.replace("bool", "boole").replace("2025-01-01", "2025-13-01"),
        P: packs.POLICY.replace("month", "monat"),
    }
    places = [line.split(": ")[0] for line in packs.mistakes(packs.write(tmp_path, files))]
    assert places == ["city/facts.yaml:6:17", "city/facts.yaml:15:16", "city/policies/allowance.yaml:5:9"]


def test_a_file_that_is_no_yaml_hides_what_follows_from_it(tmp_path: Path) -> None:
    files = packs.FULL | {F: packs.FACTS.replace("  dibao:", "\tdibao:"), ROLES: "officer: {name: 经办\n"}
    found = packs.mistakes(packs.write(tmp_path, files))
    assert [line.split(": ")[0] for line in found] == ["city/facts.yaml:6:1", "city/roles.yaml:2:1"]


def test_a_pack_without_facts_says_so(tmp_path: Path) -> None:
    files = {name: text for name, text in packs.SMALL.items() if name != F}
    assert "city/facts.yaml:1:1: 没有这个文件" in packs.mistakes(packs.write(tmp_path, files))


def test_a_pack_without_policies_says_so(tmp_path: Path) -> None:
    files = {F: packs.FACTS, "codes.yaml": packs.CODES}
    assert packs.mistakes(packs.write(tmp_path, files)) == ["city/policies:1:1: policies/ 里没有政策"]


def test_a_folder_that_is_not_there_says_so(tmp_path: Path) -> None:
    assert packs.mistakes(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'}:1:1: 没有这个规则包文件夹"]


def test_a_file_in_another_encoding_says_so(tmp_path: Path) -> None:
    files = packs.SMALL | {F: packs.FACTS.encode("gb18030")}
    assert "city/facts.yaml:2:1: 不是 UTF-8 文件，请另存为 UTF-8" in packs.mistakes(packs.write(tmp_path, files))


@pytest.mark.parametrize("text", ["", "# nothing\n", "- one\n- two\n", "just words\n"])
def test_a_file_that_is_no_mapping_says_so(tmp_path: Path, text: str) -> None:
    found = packs.mistakes(packs.write(tmp_path, packs.SMALL | {F: text}))
    assert "city/facts.yaml:1:1: 这个文件最外层要是“名字: 内容”" in found
