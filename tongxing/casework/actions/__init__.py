"""The verbs of casework."""

from tongxing.casework.actions.advice import advise, forward
from tongxing.casework.actions.deciding import confirm, decide, delivered
from tongxing.casework.actions.notices import answer_objection, object_to
from tongxing.casework.actions.opening import open_case
from tongxing.casework.actions.steps import accept, claim, hand_back, pause, receive, release, resume
from tongxing.casework.actions.undoing import undo, withdraw

__all__ = [
    "accept",
    "advise",
    "answer_objection",
    "claim",
    "confirm",
    "decide",
    "delivered",
    "forward",
    "hand_back",
    "object_to",
    "open_case",
    "pause",
    "receive",
    "release",
    "resume",
    "undo",
    "withdraw",
]
