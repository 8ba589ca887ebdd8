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
from tongxing.payments.actions.building import build, check_month
from tongxing.payments.actions.checking import draw_checks, record_check, send_again
from tongxing.payments.actions.recovering import Instalments, agree_waiver, ask_waiver, recover

__all__ = [
    "Instalments",
    "Reply",
    "Taken",
    "Terms",
    "agree_waiver",
    "approve",
    "ask_waiver",
    "bank_file",
    "bank_returns",
    "build",
    "change_rate",
    "check_month",
    "draw_checks",
    "grant",
    "grant_once",
    "owe_arrears",
    "record_check",
    "recover",
    "reopen",
    "restore",
    "send_again",
    "stop",
    "take_back",
    "take_over",
]
