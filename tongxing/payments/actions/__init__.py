"""The verbs of payments."""

from tongxing.payments.actions.approving import approve, reopen
from tongxing.payments.actions.awards import (
    Taken,
    Terms,
    change_rate,
    grant,
    grant_once,
    owe_arrears,
    restore,
    stop,
    take_back,
    take_over,
)
from tongxing.payments.actions.banking import Reply, bank_file, bank_returns
from tongxing.payments.actions.building import build

__all__ = [
    "Reply",
    "Taken",
    "Terms",
    "approve",
    "bank_file",
    "bank_returns",
    "build",
    "change_rate",
    "grant",
    "grant_once",
    "owe_arrears",
    "reopen",
    "restore",
    "stop",
    "take_back",
    "take_over",
]
