"""The verbs of casework."""

from tongxing.casework.actions.batches import open_from_gaps, undo_batch
from tongxing.casework.actions.deciding import confirm, decide
from tongxing.casework.actions.opening import open_case
from tongxing.casework.actions.steps import accept, claim, hand_back, pause, receive, release, resume
from tongxing.casework.actions.undoing import undo, withdraw

__all__ = [
    "accept",
    "claim",
    "confirm",
    "decide",
    "hand_back",
    "open_case",
    "open_from_gaps",
    "pause",
    "receive",
    "release",
    "resume",
    "undo",
    "undo_batch",
    "withdraw",
]
