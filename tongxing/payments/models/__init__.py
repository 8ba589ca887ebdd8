"""The nouns of payments."""

from tongxing.payments.models.award import Award, Rate
from tongxing.payments.models.ledger import BankReply, Entry
from tongxing.payments.models.recovery import ReceiptCheck, Recovery
from tongxing.payments.models.run import Approval, Difference, Line, Payment, Run

__all__ = [
    "Approval",
    "Award",
    "BankReply",
    "Difference",
    "Entry",
    "Line",
    "Payment",
    "Rate",
    "ReceiptCheck",
    "Recovery",
    "Run",
]
