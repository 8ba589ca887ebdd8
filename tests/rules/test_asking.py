"""“What can I get?” answered truthfully by random people: no question is idle, and the end is what the rules say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.homes import liked
from tests.rules.judge import Judge
from tongxing.content.find import find
from tongxing.content.instance import pack
from tongxing.policy.guide import NEVER, Choice, Guide, Question
from tongxing.policy.queries.asking import Standing, Talk

PACK = Path(__file__).resolve().parents[2] / "content" / "beihai"
DAYS = [date(2026, 3, 31), date(2028, 2, 29)]
ENOUGH = 400  # people looked for in whom an answer makes a difference
Facts = dict[str, Any]


@lru_cache
def guide(as_of: date) -> Guide:
    return Guide(pack(PACK), find(PACK), as_of)


class Somebody:
    """All facts of one person who answers truthfully. What an option sets holds together, the rest is drawn."""

    def __init__(self, guide: Guide, seed: int, fixed: Mapping[str, Any] | None = None) -> None:
        random = Random(seed)
        self.guide = guide
        self.facts: Facts = {str(name): random.choice(drawn(guide, str(name))) for name in guide.pack.facts}
        for asked in reversed(guide.find.questions.values()):  # whoever has no certificate has no grade either
            if asked.options:
                self.facts |= random.choice(asked.options).sets
        self.facts |= {str(name): random.random() < 0.1 for name in guide.presumed}
        self.facts |= dict(guide.find.given) | dict(fixed or {})

    def answer(self, question: Question) -> Choice | None:
        """The answer that is true of them; None (not sure) where none is."""
        if question.typed:
            birth, today = self.facts[question.typed], self.guide.as_of
            age = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
            return question.choice(str(age))
        if question.id not in self.guide.pack.facts:
            true = [c for c in question.choices if all(self.facts[name] == value for name, value in c.sets.items())]
            return true[0] if true else None
        return self._side(question, self.facts[question.id])

    def _side(self, question: Question, value: Any) -> Choice:
        """A code or a yes as it is; a number or a day by the range it lies in."""
        type_ = self.guide.pack.facts[question.id].type
        if type_ in ("bool", "code"):
            return next(choice for choice in question.choices if choice.sets[question.id] == value)
        ranges = {c.sets[question.id]: c for c in question.choices if c.sets[question.id] != NEVER}
        if value == NEVER and len(ranges) < len(question.choices):
            return next(choice for choice in question.choices if choice.sets[question.id] == NEVER)
        below = [low for low in ranges if low <= value]
        return ranges[max(below) if below else min(ranges)]

    def due(self) -> dict[str, bool | None]:
        """What the slow judge says of every benefit of one who lives alone."""
        judge = Judge(self.guide.pack, self.guide.as_of, [self.unit("person")], self.unit("household"))
        return {
            name: judge.eligible(name, 0 if p.unit == "person" else None) for name, p in self.guide.policies.items()
        }

    def amount(self, policy: str) -> int | None:
        judge = Judge(self.guide.pack, self.guide.as_of, [self.unit("person")], self.unit("household"))
        return judge.amount(policy, 0 if self.guide.policies[policy].unit == "person" else None)

    def unit(self, unit: str) -> Facts:
        return {name: value for name, value in self.facts.items() if self.guide.pack.facts[name].unit == unit}


def drawn(guide: Guide, name: str) -> list[Any]:
    """Values at which rules turn; for a birthday only what a living person can have."""
    fact = guide.pack.facts[name]
    if name == "birth_date":
        years = (*range(0, 20), 54, 55, 58, 59, 60, 61, 90)
        return [guide.as_of - timedelta(round(365.25 * year) + shift) for year in years for shift in (0, 1, 200)]
    days = (
        [day for day in liked(fact, guide.as_of) if day <= guide.as_of + timedelta(400)] if fact.type == "date" else []
    )
    return [*days, NEVER] if fact.type == "date" else liked(fact, guide.as_of)


def walked(somebody: Somebody, most: int = 200) -> list[tuple[Talk, Question]]:
    """Each talk with the question that it led to; the last one after the last answer is in `talk_after`."""
    talk, steps = Talk(somebody.guide, {}), []
    while len(steps) < most and (question := talk.next_question()):
        steps.append((talk, question))
        talk = talk.with_answer(question.id, somebody.answer(question))
    assert len(steps) < 200
    return steps


def talk_after(steps: list[tuple[Talk, Question]], somebody: Somebody) -> Talk:
    talk, question = steps[-1]
    return talk.with_answer(question.id, somebody.answer(question))


@pytest.mark.parametrize("as_of", DAYS)
@settings(max_examples=20)
@given(seed=st.integers(0, 10**6))
def test_who_answers_everything_truthfully_learns_what_the_rules_say(as_of: date, seed: int) -> None:
    somebody = Somebody(guide(as_of), seed)
    due = somebody.due()
    talk = talk_after(walked(somebody), somebody)
    wrong = [s for s in talk.standings.values() if not agrees(s, due[s.policy], somebody)]
    assert wrong == []


def agrees(standing: Standing, due: bool | None, somebody: Somebody) -> bool:
    if standing.state == "have":
        return somebody.facts[somebody.guide.policies[standing.policy].receipt] is True
    if standing.state == "likely" and standing.policy in somebody.guide.fixed:
        return due is True and standing.amount_fen == somebody.amount(standing.policy)
    return standing.state == {True: "likely", False: "not", None: "ask"}[due]


@settings(max_examples=20)
@given(seed=st.integers(0, 10**6))
def test_what_six_answers_settle_stays_settled(seed: int) -> None:
    """Of whom what is taken for granted is true."""
    there = guide(DAYS[0])
    somebody = Somebody(there, seed, there.presumed)
    due = somebody.due()
    talk = talk_after(walked(somebody, there.find.most), somebody)
    assert len(talk.answers) <= there.find.most
    settled = {s.policy: s.state == "likely" for s in talk.standings.values() if s.state in ("likely", "not")}
    assert settled == {name: due[name] for name in settled}


@pytest.mark.parametrize("seed", range(12))
def test_no_question_is_put_that_cannot_change_a_result(seed: int) -> None:
    """For each question two people are found who differ in its answer alone, and in a benefit."""
    there = guide(DAYS[0])
    somebody = Somebody(there, seed)
    idle = [q.id for talk, q in walked(somebody) if not can_change(talk, q, seed)]
    assert idle == []


def can_change(talk: Talk, question: Question, seed: int) -> bool:
    there = talk.guide
    for other in range(ENOUGH):
        facts = Somebody(there, seed * ENOUGH + other, talk.said).facts
        ends = {end(there, facts | dict(choice.sets)) for choice in question.choices}
        if len(ends) > 1:
            return True
    return False


def end(guide: Guide, facts: Facts) -> tuple[object, ...]:
    """Everything due and how much, for one of whom all is known; who receives already needs nothing more."""
    units: dict[str, Facts] = {"person": {}, "household": {}, "employer": {}}
    for name, value in facts.items():
        units[guide.pack.facts[name].unit][name] = value
    found = guide.explainer.explain(0, [units["person"]], units["household"], guide.policies)
    return tuple(
        facts[guide.policies[name].receipt] is True or (answer.eligible, answer.amount_fen)
        for name, answer in found.items()
    )


@pytest.mark.parametrize("seed", range(8))
def test_not_sure_never_blocks_and_is_not_asked_again(seed: int) -> None:
    there = guide(DAYS[0])
    random, somebody = Random(seed), Somebody(there, seed)
    talk, put = Talk(there, {}), []
    unsure: set[str] = set()
    while question := talk.next_question():
        assert not question.facts <= unsure, question.id
        put.append(question.id)
        choice = None if random.random() < 0.5 else somebody.answer(question)
        unsure |= question.facts - talk.said.keys() if choice is None else set()
        talk = talk.with_answer(question.id, choice)
    assert len(put) == len(set(put))
    assert [s.policy for s in talk.standings.values() if s.state == "ask" and not s.unsure] == []


def test_a_level_two_low_vision_person_on_subsistence_allowance_needs_six_answers() -> None:
    """J1."""
    there = guide(DAYS[0])
    said = {"place": "1", "age": "40", "certificate": "1", "degree": "2", "aid": "1", "needs_care": "yes"}
    talk = Talk(there, {})
    for _ in range(there.find.most):
        question = talk.next_question()
        assert question
        talk = talk.with_answer(question.id, question.choice(said[question.id]))
    found = {name: talk.standings[name] for name in ("living_allowance", "nursing_allowance")}
    assert {name: (s.state, s.amount_fen) for name, s in found.items()} == {
        "living_allowance": ("likely", 8000),
        "nursing_allowance": ("likely", 8000),
    }
    assert found["nursing_allowance"].rests_on == ("injury_care",)
