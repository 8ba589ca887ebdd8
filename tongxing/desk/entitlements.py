"""The entitlement panel of a person: one card per benefit, its condition tree, the one question that decides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from tongxing.accounts.access import Actor
from tongxing.content.instance import pack
from tongxing.desk import words
from tongxing.policy.models import Declined
from tongxing.policy.program import program
from tongxing.policy.queries.explanations import Explained, explain, sources
from tongxing.policy.queries.gaps import missed_by
from tongxing.policy.queries.runs import newest_run, policies_for
from tongxing.registry.lists import ListState, list_states
from tongxing.registry.models import Person, Status
from tongxing.registry.queries import household_of, statuses_of

TO_DO = ("missing", "wrong", "unknown")  # opened at once; the rest is one click away
ORDER = {"missing": 0, "wrong": 1, "unknown": 2, "declined": 3, "receiving": 4, "not_entitled": 5}


@dataclass(frozen=True)
class Ground:
    """What the cards of one person rest on: answers, the words of statuses, the lists that came, noes, last night."""

    found: Explained
    told: dict[str, Status]
    lists: dict[str, ListState]
    said_no: dict[str, Declined]
    missed: dict[str, dict[str, Any]]
    seen: int  # number of the newest status on the page: what an answer given on it rests on


def panel(actor: Actor, person: Person, today: date) -> dict[str, Any]:
    """Cards in the order of what needs doing, and how many there are of each state."""
    ground = _ground(person, today)
    shown = policies_for(actor)
    cards = [_card(ground, name) for name in ground.found.answers if name in shown]
    cards.sort(key=lambda card: (ORDER[card["state"]], -card["monthly_fen"], card["policy"].id))
    counts = [(state, sum(card["state"] == state for card in cards)) for state in ORDER]
    return {
        "cards": [card for card in cards if card["state"] != "not_entitled"],
        "others": [card for card in cards if card["state"] == "not_entitled"],
        "counts": [(state, count) for state, count in counts if count],
        "seen": ground.seen,
    }


def _ground(person: Person, today: date) -> Ground:
    run, statuses = newest_run(), statuses_of(person, household_of(person))
    return Ground(
        found=explain(person, today),
        told=sources(person, statuses),
        seen=max((status.pk for status in statuses), default=0),
        lists={state.fact: state for state in reversed(list_states(person.village_code, today))},
        said_no={d.policy: d for d in Declined.objects.filter(person=person, withdrawn_at=None)},
        missed=missed_by(run, person.pk) if run else {},
    )


def _card(ground: Ground, name: str) -> dict[str, Any]:
    found, no = ground.found, ground.said_no.get(name)
    policy, answer = pack(settings.PACK).policies[name], found.answers[name]
    state = _state(answer.eligible, found.receives[name], no is not None)
    return {
        "policy": policy,
        "state": state,
        "open": state in TO_DO,
        "amount": _amount(policy, answer.amount_fen),
        "monthly_fen": answer.amount_fen or 0,
        "illustrative": words.illustrative(name, found.as_of),
        "missed": _missed(ground, name) if state == "missing" else "",
        "tree": _tree(answer.tree.as_json(), ground),
        "questions": [_question(fact) for fact in sorted(answer.ask)] if state == "unknown" else [],
        "declined": no,
        "version": program(found.as_of).policies[name].from_date,
        "no_list": answer.eligible is True and found.receives[name] is None,
    }


def _missed(ground: Ground, name: str) -> str:
    """从 2025年8月 起够条件，从没领过. Nothing where last night did not list the person."""
    row = ground.missed.get(name)
    if row is None or row["since_date"].year <= 1900:
        return ""
    since = row["since_date"]
    return f"从 {since.year}年{since.month}月 起条件就都有了，{words.MISSING[row['reason']]}。"


def _state(eligible: bool | None, gets: bool | None, no: bool) -> str:
    if eligible is None or (eligible and gets is None):
        return "unknown"
    if eligible:
        return "receiving" if gets else "declined" if no else "missing"
    return "wrong" if gets else "not_entitled"


def _amount(policy: Any, fen: int | None) -> str:
    if policy.period == "none":
        return "减免或优待"
    return f"{words.PERIODS[policy.period]} {fen / 100:,.2f} 元".replace(".00 元", " 元") if fen is not None else ""


def _tree(node: dict[str, Any], ground: Ground) -> dict[str, Any]:
    """The answer's tree with each condition's state in words, the facts behind it, and their source and date."""
    items = node.get("all") or node.get("any")
    state = {True: "ok", False: "no", None: "ask"}[node["value"]]
    kind = "any" if "any" in node else "all"
    spoken = {"label": node.get("label"), "state": state if node.get("needed", True) else "skip", "kind": kind}
    if items:
        return spoken | {"items": [_tree(item, ground) for item in items]}
    facts = node.get("facts", {})
    said = [f"{words.fact_label(name)}：{words.fact_json(name, value)}" for name, value in facts.items()]
    return spoken | {"note": "；".join(said), "source": words.source_of(list(facts), ground.told, ground.lists)}


def _question(name: str) -> dict[str, Any]:
    """What to ask, and with which control: yes/no, a choice, an amount, a day; a department's list is not asked."""
    fact = pack(settings.PACK).facts[name]
    choices = pack(settings.PACK).codes.get(fact.codes, {}) if fact.type == "code" else {}
    return {
        "fact": fact,
        "askable": fact.origin == "status",
        "choices": [("true", "是"), ("false", "不是")] if fact.type == "bool" else list(choices.items()),
        "hint": {"money": "写元，比如 800 或 800.50", "int": "写整数", "date": "写 2025-8-1 这样"}.get(fact.type, ""),
    }
