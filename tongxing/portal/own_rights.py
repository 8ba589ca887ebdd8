"""What one person can get by what is held of them, as cards; and the few facts that still decide something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from tongxing.casework.catalogue import by_policy
from tongxing.casework.grounds import facts_in
from tongxing.content.find import find
from tongxing.content.instance import pack
from tongxing.content.pack import Fact
from tongxing.content.provision import provision
from tongxing.letters.words import said_value
from tongxing.policy.guide import NEVER
from tongxing.policy.program import illustrative
from tongxing.policy.queries.asking import WORTH
from tongxing.policy.queries.explanations import Explained, explain, sources
from tongxing.portal import trees
from tongxing.portal.results import amount_words, days
from tongxing.registry.lists import ListState, list_states
from tongxing.registry.models import Person, Status
from tongxing.registry.queries import household_of, statuses_of
from tongxing.rules.one import Answer

AT_ONCE = 3  # questions on the page; the next ones come when these are answered
HINTS = {"money": "写元，比如 800 或 800.50", "int": "写整数", "date": "写 2025-8-1 这样"}


@dataclass(frozen=True)
class Ground:
    """Answers of the rules, who told what, and which lists of departments came. `cases`: numbers by policy."""

    found: Explained
    told: Mapping[str, Status]
    lists: Mapping[str, ListState]
    cases: Mapping[str, str]


def ground(person: Person, today: date, cases: Mapping[str, str]) -> Ground:
    lists = {state.fact: state for state in reversed(list_states(person.village_code, today))}
    told = sources(person, statuses_of(person, household_of(person)))
    return Ground(explain(person, today), told, lists, cases)


def shown(held: Ground) -> dict[str, Any]:
    """Numbers first, then the cards by group, what is asked, what somebody else must tell, and what is not."""
    of: dict[str, list[str]] = {state: [] for state in ("likely", "have", "ask", "wait", "no")}
    groups = find(settings.PACK).groups
    for name in (str(name) for group in groups for name in group.policies if name in held.found.answers):
        of[_state(held, name)].append(name)
    monthly = sum(held.found.answers[name].amount_fen or 0 for name in of["likely"] if _period(name) == "month")
    cards = {name: _card(held, name) for name in [*of["likely"], *of["no"]]}
    named = [(g, [cards[name] for name in g.policies if name in of["likely"]]) for g in groups]
    return {
        "likely": of["likely"],
        "monthly_fen": monthly,
        "groups": [{"name": g.name, "picture": g.picture, "cards": found} for g, found in named if found],
        "have": [pack(settings.PACK).policies[name] for name in of["have"]],
        "questions": _questions(held, of["ask"]),
        "asking": len(of["ask"]),
        "waiting": [_waits(held, name) for name in of["wait"]],
        "no": [cards[name] for name in of["no"]],
        "illustrative": any(cards[name]["illustrative"] for name in of["likely"]),
    }


def _period(name: str) -> str:
    return pack(settings.PACK).policies[name].period


def _state(held: Ground, name: str) -> str:
    """`ask`: something the person can say decides it; `wait`: a department or an office must say it."""
    if held.found.receives[name]:
        return "have"
    answer = held.found.answers[name]
    if answer.eligible is not None:
        return "likely" if answer.eligible else "no"
    return "ask" if all(_askable(held, fact) for fact in answer.ask) else "wait"


def _askable(held: Ground, name: str) -> bool:
    """Known one by one, and not refused before: nobody is asked twice."""
    told = held.told.get(name)
    refused = told is not None and told.answer == Status.Answer.REFUSED
    return pack(settings.PACK).facts[name].origin == "status" and not refused


def _card(held: Ground, name: str) -> dict[str, Any]:
    policy, answer = pack(settings.PACK).policies[name], held.found.answers[name]
    service = by_policy().get(name)
    return {
        "policy": policy,
        "amount": amount_words(policy.period, answer.amount_fen),
        "illustrative": bool(answer.amount_fen) and illustrative(name, held.found.as_of),
        "tree": trees.spoken(answer.tree, lambda facts: _say(held, facts)),
        "ticks": trees.reasons(answer.tree, lambda fact: _worth_saying(held, fact)) if answer.eligible else [],
        "failed": trees.failed(answer.tree),
        "days": days(name),
        "places": provision(settings.PACK).offer_for(name),
        "case": held.cases.get(name, ""),
        "service": service.id if service and "resident" in service.starts else "",
    }


def _worth_saying(held: Ground, fact: str) -> Any:
    """That somebody lives is no reason to read."""
    return None if fact in find(settings.PACK).given else held.found.facts.get(fact)


def _say(held: Ground, facts: Sequence[str]) -> tuple[str, str]:
    """The values behind a condition, and who says so."""
    known = pack(settings.PACK).facts
    values = [f"{known[name].label}：{said_value(name, _plain(held, name))}" for name in facts if name in known]
    return "；".join(values), _source(held, facts)


def _plain(held: Ground, name: str) -> Any:
    value = held.found.facts.get(name)
    return value.isoformat() if isinstance(value, date) else value


def _source(held: Ground, facts: Sequence[str]) -> str:
    """民政名单 · 11月23日; of a fact that is written in the register nothing more is to be said."""
    for name in facts:
        if name in held.told:
            return f"{held.told[name].source} · {_day(held.told[name].received_date, held.found.as_of)}"
        if name in held.lists:
            return f"{held.lists[name].owner}名单 · {_day(held.lists[name].as_of_date, held.found.as_of)}"
    return ""


def _day(day: date, today: date) -> str:
    """11月23日; of another year with the year."""
    year = "" if day.year == today.year else f"{day.year}年"
    return f"{year}{day.month}月{day.day}日"


def _questions(held: Ground, asking: Sequence[str]) -> list[dict[str, Any]]:
    """The facts that decide most, each with the benefits that wait for it."""
    waiting: dict[str, list[str]] = {}
    worth: dict[str, float] = {}
    for name in asking:
        answer: Answer = held.found.answers[name]
        for fact in sorted(answer.ask):
            waiting.setdefault(fact, []).append(name)
            worth[fact] = worth.get(fact, 0.0) + WORTH[_period(name)] / len(answer.ask)
    first = sorted(waiting, key=lambda fact: (-worth[fact], fact))[:AT_ONCE]
    policies = pack(settings.PACK).policies
    return [question(fact) | {"policies": [policies[name] for name in waiting[fact]]} for fact in first]


def question(name: str) -> dict[str, Any]:
    """What to ask and with which control. The words of find.yaml on how long ago are not for a day that is kept."""
    fact: Fact = pack(settings.PACK).facts[name]
    words = find(settings.PACK).words.get(name)
    said = words.hint if words else ""
    codes = pack(settings.PACK).codes.get(fact.codes, {}) if fact.type == "code" else {}
    return {
        "fact": fact,
        "choices": [("true", "是"), ("false", "不是")] if fact.type == "bool" else list(codes.items()),
        "hint": "。".join(part.rstrip("。") for part in (said, HINTS.get(fact.type, "")) if part),
    }


def _waits(held: Ground, name: str) -> dict[str, Any]:
    """Whose word is missing."""
    known = pack(settings.PACK).facts
    facts = sorted(fact for fact in held.found.answers[name].ask if not _askable(held, fact))
    return {"policy": pack(settings.PACK).policies[name], "facts": [known[fact] for fact in facts]}


def askable(held: Ground, policy: str) -> list[str]:
    """The facts that still decide this benefit and that the person can tell; empty where an answer stands."""
    answer = held.found.answers.get(policy)
    if answer is None or answer.eligible is not None:
        return []
    return [fact for fact in sorted(answer.ask) if _askable(held, fact)]


def _held_words(held: Ground, name: str) -> str:
    return "从没有过" if held.found.facts.get(name) == NEVER else said_value(name, _plain(held, name))


def behind(held: Ground, policy: str) -> list[tuple[str, str, str]]:
    """(name, value, source and day) of what is held and counts for this benefit."""
    known = pack(settings.PACK).facts
    used = facts_in(held.found.answers[policy].tree.as_json())
    names = [name for name, value in used.items() if value is not None and name in known]
    return [
        (known[name].label, _held_words(held, name), _source(held, [name]) or "登记")
        for name in names
        if name not in find(settings.PACK).given
    ]


def spoken(held: Ground, name: str, *, is_unsure: bool) -> tuple[str, str]:
    """(name, value) of one fact, as the person said it a moment ago."""
    told = held.told.get(name)
    refused = told is not None and told.answer == Status.Answer.REFUSED
    said = "不清楚" if is_unsure else "不想说" if refused else _held_words(held, name)
    return pack(settings.PACK).facts[name].label, said


def typed(held: Ground, name: str) -> str:
    """The value as a form types it; 'refused' if they would not say, '' where nothing is held."""
    told = held.told.get(name)
    if told is None:
        return ""
    return "refused" if told.answer == Status.Answer.REFUSED else told.value


def lines(held: Ground, policy: str) -> list[dict[str, Any]]:
    """What counts for this benefit, also what has grown too old for the rule; "" as value of what decides it and was
    never told."""
    known, given = pack(settings.PACK).facts, find(settings.PACK).given
    answer = held.found.answers.get(policy)
    used = facts_in(answer.tree.as_json()) if answer else {}
    rows = [
        {
            "fact": name,
            "label": known[name].label,
            "value": _held_words(held, name) if value is not None else _old_words(held, name),
            "source": _source(held, [name]) or "登记",
        }
        for name, value in used.items()
        if name in known and name not in given
    ]
    return [row for row in rows if row["value"] or (answer and row["fact"] in answer.ask)]


def _old_words(held: Ground, name: str) -> str:
    told = held.told.get(name)
    if told is None or told.answer == Status.Answer.REFUSED:
        return ""
    fact = pack(settings.PACK).facts[name]
    if fact.type in ("code", "date"):
        return said_value(name, told.value)
    return said_value(name, told.value == "true" if fact.type == "bool" else int(told.value))
