"""The nouns of casework."""

from tongxing.casework.models.case import Batch, Case, Counter, Event, Task
from tongxing.casework.models.decision import Ask, Decision, Objection

__all__ = [
    "Ask",
    "Batch",
    "Case",
    "Counter",
    "Decision",
    "Event",
    "Objection",
    "Task",
]
