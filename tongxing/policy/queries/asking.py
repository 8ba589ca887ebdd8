"""“What can I get?” for somebody of whom nothing is held: the answers so far, where each benefit stands, what to ask.

    {"age": Choice(…), "aid": None}  →  standings: one for each benefit;  next_question: what removes the most doubt

Nothing is read from the database and nothing is kept: answers come in and go out with the form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import Literal

from django.conf import settings

from tongxing.content.find import find
from tongxing.content.instance import pack
from tongxing.policy.guide import Choice, Guide, Question
from tongxing.rules.one import Answer, FactValue

State = Literal["likely", "have", "ask", "not"]
Answers = Mapping[str, Choice | None]  # by question, in the order of asking; None: not sure, or not said
WORTH = {"month": 4.0, "year": 2.0, "once": 2.0, "none": 1.0}
DELICATE = 1.5  # what a question costs that one answers less gladly
SHORT = 3  # choices that are read at a glance


@lru_cache(maxsize=2)
def guide(as_of: date) -> Guide:
    """The questions of the city's pack on a day, kept for the life of the process."""
    return Guide(pack(settings.PACK), find(settings.PACK), as_of)


@dataclass(frozen=True)
class Standing:
    """One benefit. `missing`: questions that may decide it; `unsure`: facts that were asked for in vain;
    `rests_on`: what was taken for granted and would change it."""

    policy: str
    state: State
    answer: Answer
    amount_fen: int | None
    missing: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Talk:
    """What was said so far, held against a guide."""

    guide: Guide
    answers: Answers

    @cached_property
    def said(self) -> dict[str, FactValue]:
        """The facts that follow from the answers; a later answer does not undo an earlier one."""
        found: dict[str, FactValue] = {}
        for choice in self.answers.values():
            found = dict(choice.sets if choice else {}) | found
        return found

    @cached_property
    def closed(self) -> frozenset[str]:
        """Facts for which nothing is left to ask."""
        told = {id_ for id_ in self.answers if id_ in self.guide.questions}
        unsure = {fact for id_ in told if self.answers[id_] is None for fact in self.guide.questions[id_].facts}
        asked = {
            fact for id_ in told for fact in self.guide.questions[id_].facts if id_ == self.guide.by_fact[fact][-1]
        }
        return frozenset((unsure | asked) - self.said.keys())

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Every benefit, in the order of find.yaml."""
        bare = self._explain(self.said)
        found = self._explain(self.guide.presumed | self.said)
        return {name: self._standing(name, found[name], bare[name]) for name in self.guide.policies}

    def _explain(self, facts: Mapping[str, FactValue]) -> dict[str, Answer]:
        """All policies, for one person in a household of their own."""
        units: dict[str, dict[str, FactValue]] = {"person": {}, "household": {}}
        for name, value in (dict(self.guide.find.given) | dict(facts)).items():
            units[self.guide.pack.facts[name].unit][name] = value
        return self.guide.explainer.explain(0, [units["person"]], units["household"], self.guide.policies)

    def _standing(self, name: str, answer: Answer, bare: Answer) -> Standing:
        receipt = self.guide.program.policies[name].receipt
        amount = answer.amount_fen if name in self.guide.fixed else None
        sure = answer.eligible is bare.eligible and (amount is None or amount == bare.amount_fen)
        granted = () if sure else tuple(sorted(bare.ask & self.guide.presumed.keys()))
        if self.said.get(receipt) is True:
            return Standing(name, "have", answer, amount)
        if answer.eligible is not None:
            is_open = answer.eligible and amount is None and name in self.guide.fixed
            missing = tuple(self._open(answer)) if is_open else ()
            return Standing(name, "likely" if answer.eligible else "not", answer, amount, missing, rests_on=granted)
        unsure = tuple(sorted(answer.ask & self.closed))
        return Standing(name, "ask", answer, None, tuple(self._open(answer)), unsure)

    def _open(self, answer: Answer) -> Iterator[str]:
        """The questions that make a fact known which this answer waits for."""
        ids = (self.question_of(fact) for fact in sorted(answer.ask - self.said.keys()))
        return iter(dict.fromkeys(id_ for id_ in ids if id_))

    def question_of(self, fact: str) -> str | None:
        """The first question for a fact that was not put yet; None where nobody is to be asked again."""
        if fact in self.closed:
            return None
        return next((id_ for id_ in self.guide.by_fact.get(fact, ()) if id_ not in self.answers), None)

    def next_question(self) -> Question | None:
        """The one that removes the most doubt, or None where no question can change a result any more."""
        ranked = [self.guide.questions[id_] for id_ in dict.fromkeys(self._ranked())]
        settling = (question for question in ranked if self.settles(question))
        return next(settling, None) or next((question for question in ranked if self.matters(question)), None)

    def _ranked(self) -> Iterator[str]:
        """First what every talk opens with, then by doubt removed, then what was taken for granted."""
        scores = self._doubts()
        yield from (id_ for id_ in map(str, self.guide.find.open) if id_ in scores)
        yield from sorted(scores, key=lambda id_: (-scores[id_], id_))
        granted = sorted({fact for standing in self.standings.values() for fact in standing.rests_on})
        yield from filter(None, map(self.question_of, granted))

    def _doubts(self) -> dict[str, float]:
        """What each question may settle: a benefit by its worth, shared among the questions that it waits for."""
        scores: dict[str, float] = {}
        for name, standing in self.standings.items():
            for id_ in standing.missing:
                worth = WORTH[self.guide.program.policies[name].period] / len(standing.missing)
                scores[id_] = scores.get(id_, 0.0) + worth / cost(self.guide.questions[id_])
        return scores

    def settles(self, question: Question) -> bool:
        """Whether an answer to it alone decides a benefit, or changes what was decided.

        Asked first, as what only may lead on can turn out idle: (diagnosed) AND (deaf OR diagnosed) never needs deaf.
        """
        for choice in question.choices:
            after = self.with_answer(question.id, choice).standings
            for name, now in self.standings.items():
                then = after[name]
                if then.state != "ask" and (then.state, then.amount_fen) != (now.state, now.amount_fen):
                    return True
        return False

    def matters(self, question: Question) -> bool:
        """Whether two answers to it lead to different results, or to different questions."""
        seen = None
        for choice in question.choices:
            outcome = self.with_answer(question.id, choice)._outcome(question)
            if seen is not None and outcome != seen:
                return True
            seen = outcome
        return False

    def _outcome(self, question: Question) -> list[tuple[object, ...]]:
        """Where everything stands, without what this question itself no longer asks."""
        return [
            (s.state, s.amount_fen, s.answer.ask - question.facts if s.state == "ask" else ())
            for s in self.standings.values()
        ]

    def with_answer(self, id_: str, choice: Choice | None) -> Talk:
        return Talk(self.guide, {**self.answers, id_: choice})


def cost(question: Question) -> float:
    """One for yes or no; more for a long list, and for what is delicate."""
    long = 1.0 if len(question.choices) <= SHORT else 1.3
    return long * (DELICATE if question.is_delicate else 1.0)
