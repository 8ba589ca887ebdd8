"""Promises and projects as they stand on a day, for everybody. Money and results are sums of the register."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from tongxing.content.plan import plan
from tongxing.lib.disclosure import small
from tongxing.lib.text import has_personal_number
from tongxing.plan.models import Count
from tongxing.plan.queries.coverage import coverage
from tongxing.programme.catalogue import known
from tongxing.programme.queries import late_tasks, project_figures, projects
from tongxing.programme.states import days_late, last_report
from tongxing.releases.datasets import Value

Row = dict[str, Value]
PUBLIC_KINDS = ("policy", "service", "indicator", "project", "document", "feed")


def promise_rows(count: Count | None, today: date) -> list[Row]:
    """Every clause, in the order of the plan."""
    return [
        {
            "promise": id_,
            "section": covered.clause.section,
            "title": covered.clause.title,
            "say": covered.clause.say,
            "lead": str(covered.clause.units[0]) if covered.clause.units else "",
            "linked": "、".join(each.name for each in covered.linked if each.link.partition(":")[0] in PUBLIC_KINDS),
            "gap": covered.gap,
        }
        for id_, covered in coverage(count, today).items()
    ]


def late_rows(today: date) -> list[Row]:
    """Tasks that should be done by this day, the latest first. A reason with a number of a person is left out."""
    clauses = plan(settings.PACK).clauses
    rows: list[Row] = []
    for task in late_tasks("", today):
        report = last_report(task, today)
        why = (report.blocker or report.comment) if report else ""
        rows.append(
            {
                "promise": task.clause,
                "title": clauses[task.clause].title if task.clause in clauses else task.clause,
                "unit": task.unit,
                "due": task.due_date.isoformat(),
                "days_late": days_late(task.due_date, today),
                "why": "" if has_personal_number(why) else why,
            }
        )
    return rows


def project_rows() -> list[Row]:
    """Money to the fen, in yuan. Satisfaction of fewer than ten asked, or of one to nine on either side, is hidden."""
    rows: list[Row] = []
    for project in projects():
        plan, figures = known().projects[project.key], project_figures(project)
        first = figures.outcomes[0] if figures.outcomes else None
        is_hidden = small(figures.asked) or small(figures.satisfied) or small(figures.asked - figures.satisfied)
        rows.append(
            {
                "project": project.key,
                "name": plan.name,
                "unit": first.unit if first else "",
                "result": first.count if first else None,
                "target": first.target if first else None,
                "budget_yuan": yuan(figures.budget_fen),
                "received_yuan": yuan(figures.received_fen),
                "paid_yuan": yuan(figures.paid_fen),
                "cost_yuan": yuan(figures.cost_per_result_fen),
                "asked": None if small(figures.asked) else figures.asked,
                "satisfied": None if is_hidden else figures.satisfied,
            }
        )
    return rows


def yuan(fen: int | None) -> int | float | None:
    if fen is None:
        return None
    return fen // 100 if fen % 100 == 0 else fen / 100
