"""The verbs of looking again: appeals, reviews, what the night finds, money that came back."""

from tongxing.reviews.actions.accounts import ask_for_accounts, give_account
from tongxing.reviews.actions.changes import Followed, follow_up
from tongxing.reviews.actions.opening import appeal, review
from tongxing.reviews.actions.word import has_changed, still_so

__all__ = ["Followed", "appeal", "ask_for_accounts", "follow_up", "give_account", "has_changed", "review", "still_so"]
