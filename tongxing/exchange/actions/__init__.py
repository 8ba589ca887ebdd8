"""The verbs of lists: upload (look, nothing changes), commit, take the whole batch back, or give it up."""

from tongxing.exchange.actions.committing import commit, discard, roll_back
from tongxing.exchange.actions.uploading import look_through, receive, upload

__all__ = ["commit", "discard", "look_through", "receive", "roll_back", "upload"]
