"""The result of a talk as cards: what is likely, what waits for one answer, what is not, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings

from tongxing.content.provision import provision
from tongxing.content.services import services
from tongxing.policy.program import illustrative
from tongxing.policy.queries.asking import Standing, Talk
from tongxing.portal import trees
from tongxing.portal.guest import WHO, Form

PERIODS = {"month": "每月", "year": "每年", "once": "一次"}
AT_ONCE = 3  # questions that can be answered on the result page; more would make it long


def shown(form: Form) -> dict[str, Any]:
    """Numbers first, then the cards, then what was said."""
    talk = form.talk
    of = {state: [s for s in talk.standings.values() if s.state == state] for state in ("likely", "have", "ask", "not")}
    asking = sorted(of["ask"], key=lambda s: (len(s.missing) != 1, -_worth(talk, s)))
    monthly = sum(s.amount_fen or 0 for s in of["likely"] if _period(talk, s) == "month")
    return {
        "monthly_fen": monthly,
        "likely": of["likely"],
        "groups": _groups(talk, of["likely"]),
        "have": [_card(talk, s) for s in of["have"]],
        "inline": _inline(talk, asking),
        "asking": [_card(talk, s) for s in asking if s.missing],
        "unsure": [_card(talk, s) for s in asking if not s.missing],
        "no": [_card(talk, s) for s in of["not"]],
        "told": told(form),
        "granted": _granted(talk),
        "more": talk.next_question() is not None,
        "most": talk.guide.find.most,
        "illustrative": any(illustrative(s.policy, talk.guide.as_of) for s in of["likely"] if s.amount_fen),
        "no_certificate": talk.said.get("has_cert") is False,
    }


def _period(talk: Talk, standing: Standing) -> str:
    return talk.guide.program.policies[standing.policy].period


def _worth(talk: Talk, standing: Standing) -> float:
    return {"month": 3.0, "year": 2.0, "once": 2.0}.get(_period(talk, standing), 1.0)


def _groups(talk: Talk, standings: list[Standing]) -> list[dict[str, Any]]:
    """The groups of find.yaml that hold one of these."""
    found = {standing.policy: standing for standing in standings}
    groups = [
        {
            "name": group.name,
            "picture": group.picture,
            "cards": [_card(talk, found[name]) for name in group.policies if name in found],
        }
        for group in talk.guide.find.groups
    ]
    return [group for group in groups if group["cards"]]


def _card(talk: Talk, standing: Standing) -> dict[str, Any]:
    guide, name = talk.guide, standing.policy
    policy = guide.pack.policies[name]
    tree = standing.answer.tree
    return {
        "policy": policy,
        "amount": amount_words(policy.period, standing.amount_fen),
        "illustrative": bool(standing.amount_fen) and illustrative(name, guide.as_of),
        "tree": trees.spoken(tree, _say(talk)),
        "ticks": trees.reasons(tree, talk.said.get) if standing.state == "likely" else [],
        "missing": [guide.questions[id_] for id_ in standing.missing],
        "granted": [guide.questions[fact] for fact in standing.rests_on],
        "failed": trees.failed(tree),
        "change": _changes(talk, standing) if standing.state == "not" else [],
        "days": days(name),
        "places": provision(settings.PACK).offer_for(name),
        "is_family": policy.unit == "household",
    }


def amount_words(period: str, fen: int | None) -> str:
    """每月 80 元; 免费或优惠 for a right without money; '' where the sum rests on the family."""
    if period == "none":
        return "免费或优先"
    return f"{PERIODS[period]} {fen / 100:,.2f} 元".replace(".00 元", " 元") if fen else ""


def days(policy: str) -> int:
    """Working days from the first word to the decision; 0 where no service carries it yet."""
    found = next((service for service in services(settings.PACK).values() if service.policy == policy), None)
    return sum(step.working_days for step in found.steps) if found else 0


def _say(talk: Talk) -> trees.Say:
    """The answers behind some facts; whatever was taken for granted is said to be so."""

    def say(facts: Sequence[str]) -> tuple[str, str]:
        told = [
            f"{talk.guide.questions[id_].label}：{choice.say}"
            for id_, choice in talk.answers.items()
            if choice and set(choice.sets) & set(facts)
        ]
        presumed = any(fact in talk.guide.presumed and fact not in talk.said for fact in facts)
        return "；".join([*told, *(["先当作没有"] if presumed else [])]), ""

    return say


def _changes(talk: Talk, standing: Standing) -> list[Any]:
    """The answered questions behind the conditions that failed."""
    facts = trees.deciding(standing.answer.tree)
    found = [id_ for id_, choice in talk.answers.items() if choice and set(choice.sets) & facts]
    return [talk.guide.questions[id_] for id_ in found]


def _inline(talk: Talk, asking: list[Standing]) -> list[dict[str, Any]]:
    """The first questions that alone decide a benefit, each once, with all the benefits that wait for it alone."""
    waiting: dict[str, list[Any]] = {}
    for standing in asking:
        if len(standing.missing) == 1:
            waiting.setdefault(standing.missing[0], []).append(talk.guide.pack.policies[standing.policy])
    first = sorted(waiting, key=lambda id_: -len(waiting[id_]))[:AT_ONCE]
    return [{"question": talk.guide.questions[id_], "policies": waiting[id_]} for id_ in first]


def told(form: Form) -> list[dict[str, Any]]:
    """For whom, then every answer with the question it can be changed in."""
    guide = form.talk.guide
    rows = [
        {"id": id_, "label": guide.questions[id_].label, "said": choice.say if choice else "不清楚"}
        for id_, choice in form.talk.answers.items()
    ]
    return [{"id": "", "label": "给谁问", "said": WHO[form.who]}, *rows]


def _granted(talk: Talk) -> list[Any]:
    """What was taken for granted for any of the results, as questions."""
    facts = {fact for standing in talk.standings.values() for fact in standing.rests_on}
    return [talk.guide.questions[fact] for fact in sorted(facts)]
