"""The verbs of the register."""

from tongxing.programme.actions.climbing import climb
from tongxing.programme.actions.evidence import add_evidence, look_at_evidence
from tongxing.programme.actions.milestones import add_milestone, reach_milestone
from tongxing.programme.actions.money import add_fund, add_result, correct_payment, note_satisfaction, pay
from tongxing.programme.actions.papers import advance_document, set_indicator
from tongxing.programme.actions.register import open_register
from tongxing.programme.actions.reporting import claim_done, confirm_done, postpone, reject_done, report

__all__ = [
    "add_evidence",
    "add_fund",
    "add_milestone",
    "add_result",
    "advance_document",
    "claim_done",
    "climb",
    "confirm_done",
    "correct_payment",
    "look_at_evidence",
    "note_satisfaction",
    "open_register",
    "pay",
    "postpone",
    "reach_milestone",
    "reject_done",
    "report",
    "set_indicator",
]
