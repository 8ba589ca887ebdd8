"""The cross-check: for each fact of the rule, what the person said, what we hold, what a department sent (D7)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings

from tongxing.applications.queries import unsure_in
from tongxing.casework.models import Case
from tongxing.content.instance import pack
from tongxing.desk import words
from tongxing.registry.lists import list_states
from tongxing.registry.models import Status
from tongxing.registry.queries import household_of, statuses_of

UNSURE = ("不清楚", "申请时本人说")
TOLD = ("本人说", "家属说", "上门看到", "材料")


def cross_check(case: Case, frozen: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """{"look": rows to look at, "same": rows where all agree}; a row is {label, cells, used, state}, its three
    cells are (value, source and date) or None. That the person is not sure is shown, and is no value."""
    statuses = [s for s in statuses_of(case.person, household_of(case.person)) if s.answer == Status.Answer.KNOWN]
    lists = {
        state.fact: state for state in reversed(list_states(case.village_code, date.fromisoformat(frozen["as_of"])))
    }
    known = pack(settings.PACK).facts
    facts = [(name, fact) for name, fact in frozen.get("facts", {}).items() if name in known]
    rows = [_row(name, fact, statuses, lists) for name, fact in facts]
    unsure = unsure_in(case)
    for row in rows:
        if row["name"] in unsure and row["cells"][0] is None:
            row["cells"][0] = UNSURE
    return {
        "look": [row for row in rows if row["state"] != "same"],
        "same": [row for row in rows if row["state"] == "same"],
    }


def _row(name: str, used: dict[str, Any], statuses: list[Status], lists: dict[str, Any]) -> dict[str, Any]:
    fact = pack(settings.PACK).facts[name]
    own = sorted((s for s in statuses if s.fact == name), key=lambda s: (s.received_date, s.pk), reverse=True)
    said = next((_cell(s) for s in own if s.source.startswith(TOLD)), None)
    sent = next((_cell(s) for s in own if not s.source.startswith(TOLD)), None)
    value = words.fact_json(name, used["value"])
    if sent is None and fact.origin == "list" and name in lists and used["value"] is not None:
        day = lists[name].as_of_date
        sent = (value, f"{fact.owner}名单 {day.month}月{day.day}日")
    held = (value, "登记") if fact.origin == "registry" else None
    shown = {cell[0] for cell in (said, held, sent) if cell is not None}
    state = "ask" if used["value"] is None else "differs" if len(shown) > 1 else "same"
    return {"name": name, "label": fact.label, "cells": [said, held, sent], "used": value, "state": state}


def _cell(status: Status) -> tuple[str, str]:
    day = status.received_date
    return str(words.spoken_status(status, day)["value"]), f"{status.source} {day.month}月{day.day}日"
