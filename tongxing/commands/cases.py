"""`tongxing cases [--service ID] [--division CODE] [--state STATE] [--overdue] [--json]`."""

from __future__ import annotations

import argparse
from typing import Any

from tongxing.casework import catalogue, clocks
from tongxing.casework.models import Case, Task
from tongxing.commands.answers import print_json, print_table, sorry
from tongxing.lib.divisions import subtree_prefix
from tongxing.registry.queries import within


def run(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tongxing cases")
    parser.add_argument("--service")
    parser.add_argument("--division", default="")
    parser.add_argument("--state", choices=[state.value for state in Case.State])
    parser.add_argument("--overdue", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(args)
    if options.service and options.service not in catalogue.known():
        return sorry(f"没有服务 {options.service}。")
    prefix = subtree_prefix(options.division) if options.division else ""
    rows = cases(prefix, options.service, options.state, options.overdue)
    if options.json:
        print_json({"as_of": clocks.today().isoformat(), "cases": rows, "queues": queues(rows)})
    else:
        keys = ["number", "service", "state", "step", "role", "division", "due_date"]
        print_table(
            ["编号", "服务", "状态", "步骤", "角色", "辖区", "期限"], [[row[k] or "" for k in keys] for row in rows]
        )
    return 0


def cases(prefix: str, service: str | None, state: str | None, overdue: bool) -> list[dict[str, Any]]:
    """One row a case, oldest first; people by serial, never by name."""
    found = Case.objects.filter(within(prefix)) if prefix else Case.objects.all()
    wanted = {key: value for key, value in (("service", service), ("state", state)) if value}
    found = found.filter(**wanted).order_by("number")
    tasks = {task.case_id: task for task in Task.objects.filter(done_at=None)}
    rows = [_row(case, tasks.get(case.pk)) for case in found]
    return [row for row in rows if row["overdue"]] if overdue else rows


def _row(case: Case, task: Task | None) -> dict[str, Any]:
    late = task is not None and task.paused_date is None and task.due_date < clocks.today()
    return {
        "number": case.number,
        "person": case.person_id,
        "service": case.service,
        "policy": case.policy,
        "state": case.state,
        "origin": case.origin,
        "step": task.step if task else None,
        "role": case.role or None,
        "division": case.division_code or None,
        "due_date": task.due_date.isoformat() if task else None,
        "overdue": late,
        "opened_at": case.opened_at.isoformat(),
    }


def queues(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Open and overdue cases of each role in each division."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        if row["role"]:
            key = (row["role"], row["division"])
            queue = found.setdefault(key, {"role": key[0], "division": key[1], "open": 0, "overdue": 0})
            queue["open"] += 1
            queue["overdue"] += row["overdue"]
    return [found[key] for key in sorted(found)]
