"""The verbs of proposals: one click on a list of people missing out, its way back, and what the person says to it."""

from tongxing.proposals.actions.answering import agree, call_back, turn_down
from tongxing.proposals.actions.opening import open_from_gaps, undo_batch

__all__ = ["agree", "call_back", "open_from_gaps", "turn_down", "undo_batch"]
