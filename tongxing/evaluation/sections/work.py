"""4 Tasks by system, 5 projects and money, 8 documents and county plans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tongxing.evaluation import said
from tongxing.evaluation.inputs import DocumentLine, Inputs, ProjectLine, TaskLine
from tongxing.lib.money import spoken_yuan
from tongxing.reports.document import Block, Section, Table, Words, Written

STATES = {
    "done": "完成",
    "going": "在办",
    "waiting": "等核定",
    "blocked": "卡住了",
    "late": "晚了",
    "not_started": "还没动",
}
KINDS = {
    "county_plan": "县区规划",
    "department_plan": "部门方案",
    "regulation": "法规和规章",
    "scheme": "办法",
    "report": "报告",
}
MOST = 20  # late tasks that are told one by one; the rest is counted


def tasks(inputs: Inputs) -> Section:
    late = sorted(
        (task for task in inputs.tasks if task.state == "late"), key=lambda task: (-task.days_late, task.clause)
    )
    stuck = [task for task in inputs.tasks if task.state == "blocked"]
    blocks: list[Block] = [Words(_tasks_words(inputs.tasks), is_lead=True), _by_system(inputs)]
    blocks += _listed("晚得最久的任务", late, "全部晚了的任务在系统里能查到。")
    blocks += _listed("卡住的任务", stuck, "全部卡住的任务在系统里能查到。")
    blocks.append(Written("tasks", "为什么晚、卡在哪里，谁来解决？", inputs.prose.get("tasks", ())))
    return Section("tasks", 1, "任务办得怎么样", blocks)


def _tasks_words(tasks: Sequence[TaskLine]) -> str:
    if not tasks:
        return "还没有建任务。"
    states = Counter(task.state for task in tasks)
    told = "，".join(f"{states[word]} 件{name}" for word, name in STATES.items() if states[word])
    return f"一共 {len(tasks)} 件任务：{told}。"


def _by_system(inputs: Inputs) -> Table:
    systems: dict[str, Counter[str]] = {}
    for task in inputs.tasks:
        systems.setdefault(task.system, Counter())[task.state] += 1
    rows = [
        [system_name(inputs, system), str(counts.total()), *(str(counts[word]) for word in STATES)]
        for system, counts in systems.items()
    ]
    head = ["规划的部分", "共", *STATES.values()]
    widths = (34, 8, *([58 // len(STATES)] * len(STATES)))
    return Table("各部分的任务", head, rows, numeric=tuple(range(1, len(head))), widths=widths)


def system_name(inputs: Inputs, system: str) -> str:
    if system == "i":
        return "指标"
    return inputs.systems.get(system, system)


def _listed(caption: str, tasks: Sequence[TaskLine], more: str) -> list[Block]:
    if not tasks:
        return []
    rows = [
        [task.clause, task.title, task.unit, task.due_date.isoformat(), task.why or "没有报过进展"]
        for task in tasks[:MOST]
    ]
    head = ["条目", "要做什么", "谁牵头", "期限", "说了什么"]
    table = Table(caption, head, rows, widths=(10, 32, 14, 14, 30), is_dense=True)
    rest = len(tasks) - MOST
    return [table, Words(f"另外还有 {rest} 件。{more}")] if rest > 0 else [table]


def money(inputs: Inputs) -> Section:
    blocks: list[Block] = [Words(_money_words(inputs.projects), is_lead=True)]
    if inputs.projects:
        blocks += [_funds(inputs.projects), _worth(inputs.projects)]
    blocks.append(Written("money", "钱花得值不值？哪里要调？", inputs.prose.get("money", ())))
    return Section("money", 1, "项目和钱", blocks)


def _money_words(projects: Sequence[ProjectLine]) -> str:
    if not projects:
        return "还没有项目。"
    sums = [
        sum(getattr(each.figures, name) for each in projects) for name in ("budget_fen", "received_fen", "paid_fen")
    ]
    budget, received, paid = map(spoken_yuan, sums)
    late = sum(each.late_milestones > 0 for each in projects)
    tail = f"有 {late} 个项目的节点晚了。" if late else "没有项目的节点晚了。"
    return f"{len(projects)} 个项目，预算 {budget}，到账 {received}，付出 {paid}。{tail}"


def _funds(projects: Sequence[ProjectLine]) -> Table:
    """By source of money."""
    names: dict[str, str] = {}
    sums: dict[str, list[int]] = {}
    for project in projects:
        for line in project.figures.lines:
            names[line.source] = line.name
            found = sums.setdefault(line.source, [0, 0, 0])
            sums[line.source] = [
                a + b for a, b in zip(found, (line.budget_fen, line.received_fen, line.paid_fen), strict=True)
            ]
    rows = [[names[source], *map(spoken_yuan, found)] for source, found in sums.items()]
    return Table("钱从哪里来", ["来源", "预算", "到账", "付出"], rows, numeric=(1, 2, 3), widths=(31, 23, 23, 23))


def _worth(projects: Sequence[ProjectLine]) -> Table:
    head = ["项目", "付出", "办成", "办成一个花", "满意的"]
    rows = [
        [each.name, spoken_yuan(each.figures.paid_fen), _results(each), _cost(each), each.satisfied_said]
        for each in projects
    ]
    return Table("花的钱和满意不满意", head, rows, numeric=(1, 2, 3), widths=(26, 17, 19, 16, 22), is_dense=True)


def _results(project: ProjectLine) -> str:
    if not project.figures.outcomes:
        return said.NONE
    first = project.figures.outcomes[0]
    aim = f"（要 {first.target:,}）" if first.target is not None else ""
    return f"{first.count:,} {first.unit}{aim}"


def _cost(project: ProjectLine) -> str:
    cost = project.figures.cost_per_result_fen
    return "还算不出" if cost is None else spoken_yuan(cost)


def documents(inputs: Inputs) -> Section:
    blocks: list[Block] = [Words(_documents_words(inputs.documents), is_lead=True)]
    for kind, name in KINDS.items():
        lines = [line for line in inputs.documents if line.kind == kind]
        if lines:
            blocks.append(_papers(name, lines))
    return Section("documents", 1, "文件和县区规划", blocks)


def _documents_words(lines: Sequence[DocumentLine]) -> str:
    if not lines:
        return "规划没有要求出文件。"
    issued, late = sum(bool(line.number) for line in lines), sum(line.is_late for line in lines)
    return f"要出 {len(lines)} 份文件，印发了 {issued} 份，晚了 {late} 份。"


def _papers(name: str, lines: Sequence[DocumentLine]) -> Table:
    rows = [
        [
            line.name + (f"（{'；'.join(line.own)}）" if line.own else ""),
            line.unit,
            line.due_date.isoformat() if line.due_date else "规划没写",
            line.number or line.state,
            "晚了" if line.is_late else "—",
        ]
        for line in lines
    ]
    head = ["文件", "谁起草", "期限", "走到哪一步", "晚不晚"]
    return Table(name, head, rows, widths=(40, 16, 14, 20, 10), is_dense=True)
