"""The verbs of residents and of those beside them."""

from tongxing.residents.actions.accounts import account_of
from tongxing.residents.actions.assisting import end_assisting, sit_down
from tongxing.residents.actions.codes import ask_for_code, prove, prove_number, send_codes
from tongxing.residents.actions.consents import (
    agree_for_child,
    agree_to,
    agree_to_helper,
    may_agree_for_child,
    withdraw,
)
from tongxing.residents.actions.links import give_links, use_link
from tongxing.residents.actions.of_age import tell_of_age
from tongxing.residents.actions.payee import ask_for_payee, change_account, settle_payee
from tongxing.residents.actions.requests import answer_request, ask_office
from tongxing.residents.actions.urgent import look_again, open_file, review
from tongxing.residents.actions.voices import Word, hear, raise_conflict, settle_conflict

__all__ = [
    "Word",
    "account_of",
    "agree_for_child",
    "agree_to",
    "agree_to_helper",
    "answer_request",
    "ask_for_code",
    "ask_for_payee",
    "ask_office",
    "change_account",
    "end_assisting",
    "give_links",
    "hear",
    "look_again",
    "may_agree_for_child",
    "open_file",
    "prove",
    "prove_number",
    "raise_conflict",
    "review",
    "send_codes",
    "settle_conflict",
    "settle_payee",
    "sit_down",
    "tell_of_age",
    "use_link",
    "withdraw",
]
