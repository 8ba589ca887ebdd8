"""1 How the report was made, 2 the plan at a glance."""

from __future__ import annotations

from collections import Counter

from tongxing.evaluation import said
from tongxing.evaluation.inputs import Basis, Inputs
from tongxing.lib.dates import spoken_date
from tongxing.reports.document import Points, Section, Table, Words, Written

GOOD = ("on_track", "reached")
SLOW = ("behind", "far_behind", "missed")


def method(inputs: Inputs) -> Section:
    basis = inputs.basis
    days = f"{spoken_date(basis.from_date)}到{spoken_date(basis.until_date)}"
    return Section(
        "method",
        1,
        "怎么评、用了哪些数",
        [
            Words(f"本报告评的是{days}。所有的数都截到{spoken_date(basis.as_of)}。", is_lead=True),
            Points(_ways(basis)),
            Table(
                "数从哪里来",
                ["指标", "来源", "几天更新", "数据截到"],
                [
                    [
                        each.name,
                        each.source,
                        f"{each.rhythm_days}",
                        inputs.figures.indicators[id_]["as_of"],
                    ]
                    for id_, each in inputs.known.items()
                    if each.is_headline
                ],
                numeric=(2,),
                widths=(31, 40, 12, 17),
                is_dense=True,
            ),
        ],
    )


def _ways(basis: Basis) -> list[str]:
    lines = [
        f"登记里有 {basis.persons:,} 人，其中持证 {basis.holders:,} 人。",
        "每个数都是一张名单的长度，能一个一个查到人。",
        "说不清的人单列，不当作“是”，也不当作“否”。",
        "没有人该算进来的，不写百分比。",
        f"同一天的数再算一遍，结果一样。数据指纹 {basis.cells[:16]}，规则指纹 {basis.rules[:16]}。",
    ]
    if not (basis.from_date <= basis.as_of <= basis.until_date):
        lines.append("评的那段时间里没有数过，用的是离得最近的一次。")
    if basis.is_public:
        lines.append(f"数字和第 {basis.release} 期公布的一样。少于 10 人的格子和能倒推它的格子不公布。")
    else:
        lines.append("这一份只给内部看：小的数没有藏起来，不能外传。")
    if basis.is_synthetic:
        lines.append("演示数据都是编的，不能当真。")
    return lines


def glance(inputs: Inputs) -> Section:
    return Section(
        "glance",
        1,
        "规划落实得怎么样",
        [
            Words(_verdict(inputs), is_lead=True),
            Table(
                "各项指标一览",
                ["指标", "名称", "性质", "现在", "目标", "怎么样"],
                _rows(inputs),
                widths=(8, 40, 12, 14, 14, 12),
            ),
            Words(_boxes(inputs)),
            Written("glance", "总的判断：这几年最要紧的变化是什么？", inputs.prose.get("glance", ())),
        ],
    )


def _verdict(inputs: Inputs) -> str:
    lines = [inputs.figures.indicators[id_] for id_, each in inputs.known.items() if each.is_headline]
    states = Counter(line["state"] for line in lines)
    good, slow = sum(states[word] for word in GOOD), sum(states[word] for word in SLOW)
    rest = len(lines) - good - slow
    other = f"{rest} 项还说不出来" if rest else "没有说不出来的"
    return f"{len(lines)} 项指标里，{good} 项达到或赶得上，{slow} 项慢了或没有达到，{other}。"


def _rows(inputs: Inputs) -> list[list[str]]:
    natures = {"binding": "约束性", "expected": "预期性"}
    return [
        [
            id_.removeprefix("i").lstrip("0"),
            each.name,
            natures[each.nature],
            said.now(each, inputs.figures.indicators[id_]),
            said.target(each, inputs.figures.indicators[id_]),
            said.state(inputs.figures.indicators[id_]["state"]),
        ]
        for id_, each in inputs.known.items()
        if each.is_headline
    ]


def _boxes(inputs: Inputs) -> str:
    live = sum(not clause.gap for clause in inputs.clauses)
    whole = len(inputs.clauses)
    return f"规划一共 {whole} 条，{live} 条有东西在办，{whole - live} 条还没有。每一条都列在附录里。"
