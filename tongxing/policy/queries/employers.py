"""One employer's rights today, from its yearly report, by the same rules that the night counts with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tongxing.organisation.models import Employer
from tongxing.policy.program import explainer, program
from tongxing.rules.one import Answer


@dataclass(frozen=True)
class Quota:
    """How many disabled staff are due and count, in thousandths of a person; None: a fact is missing."""

    due: int | None
    counted: int | None

    @property
    def above(self) -> int | None:
        """Above what is due; below zero, how much is missing."""
        return None if self.due is None or self.counted is None else self.counted - self.due


@dataclass(frozen=True)
class EmployerExplained:
    """Answers by policy id, what was reported by fact, whether each benefit is received (None: not known)."""

    as_of: date
    answers: dict[str, Answer]
    facts: dict[str, Any]
    receives: dict[str, bool | None]
    quota: Quota


def explain_employer(employer: Employer, as_of: date) -> EmployerExplained:
    """All policies of employers, from the report as it stands; no database."""
    rules, engine = program(as_of), explainer(as_of)
    known = {name: fact for name, fact in rules.facts.items() if fact.level == "employer"}
    facts = {name: employer.facts.get(name) for name in known}
    answers = engine.explain_employer(facts)
    receives = {name: facts.get(rules.policies[name].receipt) for name in answers}
    return EmployerExplained(as_of, answers, facts, receives, _quota(engine.derived_of_employer(facts)))


def _quota(derived: dict[str, bool | int | None]) -> Quota:
    counted = derived.get("counted_staff")
    return Quota(derived.get("quota_due"), None if counted is None else counted * 1000)
