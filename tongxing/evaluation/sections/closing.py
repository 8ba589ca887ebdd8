"""6 Gaps by county, 7 causes and measures, 9 findings about the draft, annex: every clause."""

from __future__ import annotations

from collections.abc import Sequence

from tongxing.evaluation import said
from tongxing.evaluation.inputs import ClauseLine, GapLine, Inputs
from tongxing.evaluation.sections.work import system_name
from tongxing.reports.document import Block, Section, Table, Words, Written

MOST = 20  # policies told one by one


def gaps(inputs: Inputs) -> Section:
    hidden = inputs.basis.is_public
    rows = [[line.place, *(_cell(n, hidden) for n in _counts(line))] for line in inputs.gaps]
    head = ["县区", "应享未享", "不够条件还在领", "要问一句", "本人不要"]
    blocks: list[Block] = [
        Words(_gaps_words(inputs.gaps), is_lead=True),
        Table(
            "各县区的四张名单（一个人漏了两项算两次）", head, rows, numeric=(1, 2, 3, 4), widths=(28, 18, 18, 18, 18)
        ),
    ]
    if inputs.policies:
        lines = [[each.name, f"{each.entitled:,}", f"{each.missing:,}"] for each in inputs.policies[:MOST]]
        blocks.append(
            Table("漏得最多的政策", ["政策", "够条件的", "应享未享"], lines, numeric=(1, 2), widths=(60, 20, 20))
        )
    blocks.append(Written("gaps", "为什么有人漏了？下一步怎么补？", inputs.prose.get("gaps", ())))
    return Section("gaps", 1, "各县区还差什么", blocks)


def _counts(line: GapLine) -> tuple[int | None, ...]:
    return line.missing, line.wrong, line.unknown, line.declined


def _cell(count: int | None, hidden: bool) -> str:
    return said.HIDDEN if count is None and hidden else said.number(count)


def _gaps_words(lines: Sequence[GapLine]) -> str:
    if not lines:
        return "还没有分县区的名单。"
    if any(line.missing is None for line in lines):
        return "有的格子人太少，不公布。"
    total = sum(line.missing or 0 for line in lines)
    return f"全市有 {total:,} 项待遇该享没享。" if total else "没有查出该享没享的。"


def measures(inputs: Inputs) -> Section:
    """Only officers' words; the units that wrote stand beside them."""
    blocks: list[Block] = [
        Words("这一章由各单位写。每一段写明是谁写的。"),
        Written("measures", "总的原因、措施和要上级支持的事。", inputs.prose.get("measures", ())),
    ]
    return Section("measures", 1, "原因和措施", blocks)


def findings(inputs: Inputs) -> Section:
    rows = [[each.where, each.what, each.ask] for each in inputs.findings]
    table = Table("规划文本要改的地方", ["在哪里", "什么问题", "请怎么改"], rows, widths=(24, 38, 38), is_dense=True)
    lead = (
        f"规划现在是{inputs.basis.plan_status}，有 {len(rows)} 处要起草的人再看看。" if rows else "没有发现要改的地方。"
    )
    return Section("findings", 1, "规划文本自己的问题", [Words(lead, is_lead=True), *([table] if rows else [])])


def annex(inputs: Inputs) -> list[Section]:
    live = sum(not clause.gap for clause in inputs.clauses)
    lead = f"规划的 {len(inputs.clauses)} 条都在这里：{live} 条有东西在办，其余写明缺什么。"
    systems: dict[str, list[ClauseLine]] = {}
    for clause in inputs.clauses:
        systems.setdefault(clause.system, []).append(clause)
    parts = [
        Section(f"annex.{system}", 2, system_name(inputs, system), [_clauses(inputs, system, lines)])
        for system, lines in systems.items()
    ]
    return [Section("annex", 1, "附录　逐条看落到了哪里", [Words(lead, is_lead=True)]), *parts]


def _clauses(inputs: Inputs, system: str, lines: Sequence[ClauseLine]) -> Table:
    rows = [[line.id, line.title, _carried(line, inputs.basis.is_public)] for line in lines]
    caption = f"{system_name(inputs, system)}：{len(lines)} 条"
    return Table(caption, ["条目", "说的是什么", "由什么办，或缺什么"], rows, widths=(9, 39, 52), is_dense=True)


def _carried(line: ClauseLine, is_public: bool) -> str:
    if line.gap:
        return f"还没有：{line.gap}"
    named = said.several(line.linked)
    if line.others > 0:
        named += f" 等 {line.others + len(line.linked)} 样" if named else f"{line.others} 样系统里的东西"
    return named if is_public else f"{named}（{line.records:,} 条记录）"
