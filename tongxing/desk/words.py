"""Facts, reasons and amounts as an officer says them. Names come from the pack; only the grammar stands here."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings

from tongxing.content.instance import pack
from tongxing.journal.models import Entry
from tongxing.journal.words import VERBS, about
from tongxing.lib.contact import mask_account, mask_phone
from tongxing.lib.identity import mask
from tongxing.lists.words import KINDS as KINDS
from tongxing.lists.words import MISSING as MISSING
from tongxing.lists.words import asked as asked
from tongxing.lists.words import disability as disability
from tongxing.lists.words import fact_label as fact_label
from tongxing.lists.words import reach as reach
from tongxing.lists.words import reason as reason
from tongxing.moves.models import Move
from tongxing.organisation import queries as divisions
from tongxing.policy.program import illustrative as illustrative
from tongxing.registry.lists import ListState
from tongxing.registry.models import Person, Status

KIND_ABOUT = {
    "missing": "够条件，没在领",
    "wrong": "按现有记录不够条件，名单里还在领",
    "unknown": "缺一个事实，说不清够不够",
    "declined": "够条件，本人说不要，原话记着",
}
PERIODS = {"month": "每月", "year": "每年", "once": "一次", "none": ""}
UNITS = {"person": "人", "household": "户", "employer": "家"}


def fact_value(name: str, value: Any) -> str:
    """A value as said: 是/不是, 3,200 元, 2025年8月1日, 肢体. Unknown is 不知道."""
    if value is None:
        return "不知道"
    fact = pack(settings.PACK).facts.get(name)
    kind = fact.type if fact else "text"
    if kind == "bool":
        return "是" if value else "不是"
    if kind == "money":
        return f"{value / 100:,.2f} 元".replace(".00 元", " 元")
    if kind == "date":
        return spoken(value)
    if kind == "code" and fact is not None and fact.codes:
        return str(pack(settings.PACK).codes[fact.codes].get(value, value))
    return str(value)


def spoken(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day.year > 1900 else "从没有过"


def age(birth: date | None, today: date) -> int | None:
    return None if birth is None else today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def masked(person: Person, field: str) -> str:
    """A sealed field as it may be shown: masked, or '' if we do not have it."""
    plain = person.opened(field)
    if plain is None:
        return ""
    if field == "id_number":
        return mask(plain)
    return mask_phone(plain) if field == "phone" else mask_account(plain) if field == "account" else f"{plain[:3]}……"


def fact_json(name: str, value: Any) -> str:
    """A value of an explanation tree, where days are ISO texts."""
    fact = pack(settings.PACK).facts.get(name)
    is_day = fact is not None and fact.type == "date" and isinstance(value, str)
    return fact_value(name, date.fromisoformat(value) if is_day else value)


def typed_value(name: str, typed: str) -> str:
    """An answer as it was typed, as people read it: a choice by its name, the rest as written."""
    if typed == "refused":
        return "不愿说"
    if typed in ("true", "false"):
        return fact_value(name, typed == "true")
    fact = pack(settings.PACK).facts.get(name)
    return fact_value(name, typed) if fact is not None and fact.type == "code" else typed


def source_of(facts: list[str], told: dict[str, Status], lists: dict[str, ListState]) -> str:
    """民政名单 · 11月23日: who says so and of which day; for a typed fact the register."""
    known = pack(settings.PACK).facts
    for name in facts:
        if name in lists:
            day = lists[name].as_of_date
            return f"{known[name].owner}名单 · {day.month}月{day.day}日"
        if name in told:
            day = told[name].received_date
            return f"{told[name].source} · {day.month}月{day.day}日"
    origins = {known[name].origin for name in facts if name in known}
    if "list" in origins:
        return "部门名单还没到"
    return "残疾人证和户籍登记" if "registry" in origins else "还没有人说过" if origins else ""


def spoken_status(status: Status, today: date) -> dict[str, Any]:
    fact = pack(settings.PACK).facts.get(status.fact)
    limit = fact.stale_days if fact else None
    return {
        "status": status,
        "label": fact_label(status.fact),
        "value": "不愿说" if status.answer == Status.Answer.REFUSED else fact_json(status.fact, _typed(status)),
        "now": status.until_date is None or status.until_date > today,
        "stale": bool(limit)
        and fact is not None
        and fact.origin == "status"
        and (today - status.received_date).days > (limit or 0),
        "whose": "全家" if status.household_id else "本人",
    }


def _typed(status: Status) -> Any:
    fact = pack(settings.PACK).facts.get(status.fact)
    if fact is None or fact.type in ("code", "date"):
        return status.value
    return status.value == "true" if fact.type == "bool" else int(status.value)


def timeline(person: Person, statuses: list[Status], moves: list[Move]) -> list[dict[str, Any]]:
    """What happened and when, newest first: certificates, lists entered and left, moves, death."""
    events = [
        (s.from_date, f"{fact_label(s.fact)}：{spoken_status(s, s.received_date)['value']}", s.source) for s in statuses
    ]
    events += [(s.until_date, f"{fact_label(s.fact)}：到这天为止", s.source) for s in statuses if s.until_date]
    for c in person.certificates.all():
        events.append((c.issued_date, f"发证：{c.get_category_display()}{c.get_grade_display()}", c.source))
    known = divisions.names() if moves else {}
    for move in moves:
        if move.state == move.State.DONE:
            ways = (divisions.path_name(code, known) for code in (move.from_code, move.to_code))
            events.append((move.from_date, "搬家：从{}到{}".format(*ways), move.answered_by_label))
    if person.death_date:
        events.append((person.death_date, "去世", "死亡名单"))
    if person.moved_out_date:
        events.append((person.moved_out_date, "户籍迁走", "公安"))
    return [
        {"day": day, "what": what, "source": source}
        for day, what, source in sorted(events, key=lambda e: e[0], reverse=True)
    ]


def spoken_entry(entry: Entry) -> dict[str, Any]:
    """A journal entry in human words."""
    purposes = pack(settings.PACK).purposes
    return {
        "entry": entry,
        "what": VERBS.get(entry.verb, entry.verb),
        "about": about(entry.subject),
        "purpose": purposes[entry.purpose].name if entry.purpose in purposes else "—",
        "detail": fact_label(entry.detail["fact"]) if "fact" in entry.detail else "",
    }


def policy_names() -> dict[str, str]:
    return {name: policy.name for name, policy in pack(settings.PACK).policies.items()}
