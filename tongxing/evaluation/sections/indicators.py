"""3 One section for each indicator: figure, trend, counties, who is not reached, formula."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tongxing.content.indicators import COUNTED_KINDS, Indicator
from tongxing.evaluation import said
from tongxing.evaluation.inputs import Inputs, Row, Rows
from tongxing.reports.chart import Column, columns
from tongxing.reports.document import Block, Chart, Points, Section, Table, Words, Written

FEWEST, MOST = 2, 8  # points of a trend
PARTS = ("whole", "counted", "rest")
GROUPS = {"category": "残疾类别", "grade": "残疾等级", "age_band": "年龄", "sex": "性别"}


def indicators(inputs: Inputs) -> list[Section]:
    head = Section("indicators", 1, "逐项指标", [Words("先说现在多少、目标多少，再说哪里慢、谁还没有。")])
    return [head, *(_one(inputs, id_, each) for id_, each in inputs.known.items() if each.is_headline)]


def boxes(inputs: Inputs) -> Section:
    """What the boxes of the plan promise in numbers: one table."""
    rows = [
        [
            each.name,
            said.now(each, line := inputs.figures.indicators[id_]),
            said.target(each, line),
            said.state(line["state"]),
        ]
        for id_, each in inputs.known.items()
        if not each.is_headline
    ]
    table = Table("专栏里的数", ["要做的", "现在", "目标", "怎么样"], rows, numeric=(1, 2), widths=(46, 18, 20, 16))
    return Section("indicators.boxes", 2, "专栏里写了数的项目", [Words("专栏里能数的，都在这里。"), table])


def _one(inputs: Inputs, id_: str, known: Indicator) -> Section:
    row, figures = inputs.figures.indicators[id_], inputs.figures
    blocks: list[Block] = [Words(_lead(known, row), is_lead=True), Words(known.plain), _facts(known, row)]
    counties = [each for each in figures.areas.get(id_, ()) if each["level"] == "county"]
    blocks += _picture(known, figures.trend.get(id_, ()), row) or _counties(known, counties)
    blocks += _areas(known, counties)
    blocks += _missing(known, figures.groups.get(id_, ()))
    blocks.append(Points(_formula(known, inputs.definitions[id_])))
    slot = f"indicators.{id_}"
    blocks.append(Written(slot, "原因是什么，下一步怎么办？", inputs.prose.get(slot, ())))
    return Section(slot, 2, f"指标 {id_.removeprefix('i').lstrip('0')}　{known.name}", blocks)


def _lead(known: Indicator, row: Row) -> str:
    """The figure as one would say it."""
    return f"{_now(known, row)}{_aim(known, row)}"


def _now(known: Indicator, row: Row) -> str:
    if row["state"] == "hidden":
        return "人太少，这个数不公布。"
    if row["value"] is None:
        return "没有人该算进来，所以没有比例。" if row["denominator"] == 0 else "还没有数，说不出现在怎么样。"
    if known.kind == "rate":
        unit = said.unit(known)
        return f"该算的 {row['denominator']:,} {unit}里，{row['numerator']:,} {unit}做到了，占 {row['value']:,}%。"
    if known.kind == "growth" and row.get("numerator") is not None:
        return f"上一年是 {row['denominator']:,}，这一年是 {row['numerator']:,}，增长 {row['value']:,}%。"
    return f"现在是 {said.value(known, row['value'])}。"


def _aim(known: Indicator, row: Row) -> str:
    if row["target"] is None:
        return "目标还没有定。"
    if row["state"] == "hidden" or row["value"] is None:
        return f"目标是{said.target(known, row)}。"
    return f"目标是{said.target(known, row)}，{said.state(row['state'])}。"


def _facts(known: Indicator, row: Row) -> Table:
    unit = said.unit(known)
    pairs = [
        ("现在", said.now(known, row)),
        ("目标", said.target(known, row)),
        ("到这一天应该到", said.value(known, row["expected"], said.NONE)),
        ("怎么样", said.state(row["state"])),
        ("说不清的", _counted(row["unknown"], unit)),
        ("不算在内的", _counted(row.get("excluded"), unit)),
        ("数据截到", said.day(row["as_of"])),
        ("谁负责", f"{known.owner}（{known.contact.name}）"),
    ]
    if known.measure and row.get("measure"):
        pairs.insert(1, (known.measure.label, f"{row['measure']:,} {known.measure.unit}"))
    if row.get("why"):
        pairs.insert(2, ("为什么没有目标", row["why"]))
    return Table("要点", ["项目", "内容"], [list(pair) for pair in pairs], widths=(28, 72), is_dense=True)


def _counted(found: int | None, unit: str) -> str:
    return said.NONE if found is None else f"{found:,} {unit}"


def _picture(known: Indicator, trend: Rows, row: Row) -> list[Block]:
    """The trend as columns, and the same in words; nothing without two points."""
    points = [point for point in trend if point["value"] is not None][-MOST:]
    if len(points) < FEWEST:
        return []
    shown = [Column(_short(each["as_of"]), each["value"], said.value(known, each["value"])) for each in points]
    aim = row["target"]
    svg = columns(shown, aim, f"目标 {said.target(known, row)}") if aim is not None else columns(shown)
    return [Chart(f"{known.name}：一次次数下来", _trend_words(known, points), svg)]


def _counties(known: Indicator, counties: Rows) -> list[Block]:
    """While there is no trend: the counties side by side, in the order of their codes."""
    words = Words("目前还没有两次的数，看不出变化。")
    key = "rate" if known.kind == "rate" else "whole"
    told = [row for row in counties if row[key] is not None]
    if len(told) < FEWEST or known.kind not in COUNTED_KINDS:
        return [words]
    shown = [Column(row["name"], row[key], said.value(known, row[key])) for row in told]
    says = "，".join(f"{row['name']} {said.value(known, row[key])}" for row in told)
    return [words, Chart(f"{known.name}：各县区", f"{says}。", columns(shown))]


def _short(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{year}.{int(month)}.{int(day)}"


def _trend_words(known: Indicator, points: Rows) -> str:
    first, last = points[0], points[-1]
    change = round(last["value"] - first["value"], 1)
    how = "没有变" if change == 0 else f"{'多了' if change > 0 else '少了'} {_amount(known, abs(change))}"
    span = f"{said.day(first['as_of'])}是 {said.value(known, first['value'])}"
    return f"{span}，{said.day(last['as_of'])}是 {said.value(known, last['value'])}，{how}。"


def _amount(known: Indicator, change: float) -> str:
    change = int(change) if change == int(change) else change
    return f"{change:,} 个百分点" if known.result == "%" else f"{change:,} {known.result}"


def _areas(known: Indicator, counties: Rows) -> list[Block]:
    if not counties or known.kind not in COUNTED_KINDS:
        return [Words("这个数只有全市的，没有分到县区。")]
    if known.kind == "rate":
        rows = [[r["name"], *(said.part(r[key], r) for key in PARTS), said.rate(r)] for r in counties]
        head = ["县区", f"该算的（{said.unit(known)}）", "做到了", "还没有", "占多少"]
        return [Table("各县区（分母不同，不排名次）", head, rows, numeric=(1, 2, 3, 4), widths=(28, 18, 18, 18, 18))]
    rows = [[r["name"], said.part(r["whole"], r)] for r in counties]
    return [Table("各县区", ["县区", f"多少（{known.result}）"], rows, numeric=(1,), widths=(60, 40))]


def _missing(known: Indicator, groups: Rows) -> list[Block]:
    """Of whom most are not reached; only where somebody is counted as not reached."""
    if known.kind != "rate":
        return []
    rows = [row for row in groups if row["rest"] or row["hidden"]]
    if not rows:
        return []
    table = [
        [GROUPS[row["group"]], row["name"], *(said.part(row[key], row) for key in ("whole", "rest")), said.rate(row)]
        for row in rows
    ]
    head = ["按什么分", "哪些人", "该算的", "还没有", "做到的占"]
    says = _most(rows)
    return [Words(says), Table("谁还没有", head, table, numeric=(2, 3, 4), widths=(20, 32, 16, 16, 16), is_dense=True)]


def _most(rows: Rows) -> str:
    known = [row for row in rows if row["group"] == "category" and row["rest"]]
    if not known:
        return "还没有的人按类别、等级、年龄和性别分，看下表。"
    most = max(known, key=lambda row: (row["rest"], row["name"]))
    return f"还没有的人里，{most['name']}最多，有 {most['rest']:,} 人。"


def _formula(known: Indicator, definition: Mapping[str, Any] | None) -> list[str]:
    """Whom it counts, in words; each condition once."""
    if definition is None:
        return [f"怎么算：{known.note}"]
    lines = [f"该算的：{_tree(definition['population'])}。", f"做到了：{_tree(definition['counted'])}。"]
    left = [_tree(each) for each in definition["excluded"]]
    lines.append(f"不算在内：{'；'.join(left)}。" if left else f"不算在内：{definition['nobody']}。")
    return [*lines, f"说明：{known.note}"]


def _tree(node: Mapping[str, Any]) -> str:
    if "items" not in node:
        return str(node["label"])
    joined = ("，并且" if node["kind"] == "all" else "，或者").join(_tree(each) for each in node["items"])
    return f"{node['label']}（{joined}）" if node["label"] else joined
