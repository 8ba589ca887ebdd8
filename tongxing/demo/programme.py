"""The register of the plan in the synthetic city: money, results and papers, all through the real verbs."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from tongxing.accounts.access import Actor
from tongxing.content.programme import ProjectPlan
from tongxing.demo import drawings
from tongxing.demo.register import Staff, report_all, share, staff
from tongxing.demo.streams import stream
from tongxing.lib.calendar import CalendarEnds
from tongxing.programme import actions, catalogue
from tongxing.programme.actions.money import Bill, Grant
from tongxing.programme.actions.papers import Move, Told
from tongxing.programme.models import Document, Project
from tongxing.programme.refusal import Refused

YUAN = 100
PER_TARGET = 6_000  # yuan for one of those that the plan counts, invented
MANY, FEW = 60, 7  # how many a project without a number might reach: of people and homes, of places
SCALE = {"build": 2_400_000, "buy": 900_000, "serve": 600_000, "support": 500_000, "event": 150_000}  # yuan, invented
PAYEES = ("施工单位，工程进度款", "设备供应商，货款", "服务机构，季度结算", "评估机构，验收费")
STEPS = ("drafting", "consulting", "reviewing", "issued", "in_force")
SAID = ("开始写", "发给各单位看", "送去审查", "印发", "开始施行")
OWN = (("家庭无障碍改造", "户", 420), ("职业技能培训", "人", 260), ("基本康复服务覆盖", "%", 88))
HOW_ASKED = "打电话抽查"


def build(seed: int, today: date) -> None:
    """Tasks, projects and documents as they might stand; then what is overdue climbs."""
    actions.open_register(by=None)
    if not catalogue.known().clauses:
        return
    who = staff(today)
    report_all(who, seed)
    for number, project in enumerate(Project.objects.all()):
        _carry(project, who, number, stream(seed, f"project.{project.key}"))
    for number, document in enumerate(Document.objects.all()):
        _write(document, who, number)
    with suppress(CalendarEnds, Refused):  # a day beyond the calendar: nothing climbs, as at night
        actions.climb(today=today)


def _carry(project: Project, who: Staff, number: int, rng: np.random.Generator) -> None:
    """Money promised, half of it paid, results, answers and pictures; every seventh has nothing but its money."""
    plan, last = catalogue.plan_of(project), who.today - timedelta(days=20 + number)
    by = who.of(tuple(str(unit) for unit in plan.units))
    most = max(counted.target or 0 for counted in plan.counts)
    whole = round(max(SCALE[plan.kind], most * PER_TARGET) * share(rng, 0.8, 1.5))
    for source in plan.funds:
        budget = whole // len(plan.funds) * YUAN
        come = round(budget * share(rng, 0.5, 1.0))
        grant = Grant(source, "年初下达", last - timedelta(days=400), budget, come)
        actions.add_fund(by=by, project=project, grant=grant)
        if number % 7 != 6:
            _pay(project, by, Bill(source, come, last, ""), rng)
    if number % 7 != 6:
        _show(project, plan, by, last, rng)


def _pay(project: Project, by: Actor, come: Bill, rng: np.random.Generator) -> None:
    for times in range(2):
        fen = round(come.amount_fen * share(rng, 0.2, 0.45))
        day = come.paid_date - timedelta(days=200 - 90 * times)
        actions.pay(by=by, project=project, bill=Bill(come.source, fen, day, PAYEES[(times + fen) % len(PAYEES)]))


def _show(project: Project, plan: ProjectPlan, by: Actor, last: date, rng: np.random.Generator) -> None:
    picture = drawings.house if plan.kind == "build" else drawings.room
    piece = actions.add_evidence(by=by, of=project, name="现场照片", content=picture(int(rng.integers(0, 9))))
    for counted in plan.counts:
        usual = MANY if counted.unit[0] in "人户" else FEW
        count = int((counted.target or usual) * share(rng, 0.4, 0.95))
        if count:
            actions.add_result(by=by, project=project, unit=counted.unit, count=count, words="按台账数的", on=last)
    asked = int(rng.integers(30, 90))
    happy = round(asked * share(rng, 0.7, 0.97))
    actions.note_satisfaction(by=by, project=project, asked=asked, satisfied=happy, words=HOW_ASKED, on=last)
    milestones = list(project.milestones.all())
    for milestone in milestones[: max(1, len(milestones) - 1)]:
        reached = min(milestone.due_date + timedelta(days=int(rng.integers(-60, 90))), last)
        actions.reach_milestone(by=by, milestone=milestone, reached_date=reached, evidence=piece)


def _write(document: Document, who: Staff, number: int) -> None:
    """Most papers are out; every fourth is still on its way, and so is one county's plan."""
    plan = catalogue.paper_of(document)
    by, far = who.of((str(plan.unit),)), 4 if plan.kind == "report" else (4, 5, 5, 2)[number % 4]
    start = min(plan.due_date or who.today, who.today) - timedelta(days=150)
    for step in range(far):
        to, on = STEPS[step], start + timedelta(days=(25 + number % 3 * 12) * step)
        if to == "issued":
            actions.add_evidence(by=by, of=document, name="印发件", content=drawings.paper(number))
        number_of = f"{on.year}年第 {number + 3} 号" if to == "issued" else ""
        move = Move(to, min(on, who.today), SAID[step], number_of)
        document = actions.advance_document(by=by, document=document, move=move)
    if plan.kind == "county_plan":
        _indicators(document, by, who.today)


def _indicators(document: Document, by: Actor, today: date) -> None:
    for name, unit, target in OWN:
        known = None if unit == "%" else Decimal(target * 3 // 4)
        told = Told(name, unit, Decimal(target), known, None if known is None else today - timedelta(days=30))
        actions.set_indicator(by=by, document=document, told=told)
