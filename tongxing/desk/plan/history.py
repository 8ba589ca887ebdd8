"""What happened to a thing of the register, newest first, in human words."""

from __future__ import annotations

from typing import Any

from tongxing.journal.models import Entry
from tongxing.journal.queries import looks_at
from tongxing.journal.words import VERBS as JOURNAL
from tongxing.programme.catalogue import subject_of
from tongxing.programme.models import Document, PlanTask, Source
from tongxing.programme.permission import Thing
from tongxing.ui.spoken import yuan

SILENT = ("programme.looked", "programme.opened")
VERBS = {verb: said for verb, said in JOURNAL.items() if verb.startswith("programme.") and verb not in SILENT}
MOST = 60


def history(thing: Thing) -> list[dict[str, Any]]:
    """From the chained journal, without the looks; words of reports and claims beside their entry."""
    entries = list(looks_at(subject_of(thing)).filter(verb__in=VERBS)[:MOST])
    return [{"entry": entry, "what": VERBS[entry.verb], "more": _more(entry, thing)} for entry in entries]


def last_postponed(task: PlanTask) -> dict[str, Any] | None:
    """The entry that gave the deadline of now, with its day and its reason; None while it is the first one."""
    entry = looks_at(subject_of(task)).filter(verb="programme.postponed").first()
    return {"entry": entry, "until": entry.detail["until"], "words": entry.detail["words"]} if entry else None


def _more(entry: Entry, thing: Thing) -> str:
    detail = entry.detail
    if "report" in detail or "claim" in detail:
        return _words(entry, thing)
    if entry.verb == "programme.postponed":
        return f"到 {detail['until']}，因为：{detail['words']}"
    if entry.verb == "programme.climbed":
        return f"期限是 {detail['due']}"
    if entry.verb == "programme.moved":
        return f"{Document.State(detail['before']).label} → {Document.State(detail['to']).label}"
    return _amount(detail)


def _amount(detail: dict[str, Any]) -> str:
    source = f"{Source(detail['source']).label}，" if "source" in detail else ""
    if "fen" in detail:
        return source + yuan(detail["fen"])
    if "budget_fen" in detail:
        said = [("预算", detail["budget_fen"]), ("到位", detail["received_fen"])]
        return source + "，".join(f"{name} {yuan(fen)}" for name, fen in said if fen)
    if "count" in detail:
        return f"{detail['count']}{detail['unit']}"
    return f"问 {detail['asked']} 人，{detail['satisfied']} 人满意" if "asked" in detail else ""


def _words(entry: Entry, thing: Thing) -> str:
    """What was written stands in the row that the entry names, not in the journal."""
    if not isinstance(thing, PlanTask):
        return ""
    if "report" in entry.detail:
        said = next((row for row in thing.reports.all() if row.pk == entry.detail["report"]), None)
        return "　卡在：".join(words for words in (said.comment, said.blocker) if words) if said else ""
    claim = next((row for row in thing.confirmations.all() if row.pk == entry.detail.get("claim")), None)
    if claim is None:
        return ""
    return claim.words if entry.verb == "programme.claimed" else claim.second_words
