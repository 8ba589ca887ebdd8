"""The verbs of lists: upload (look, nothing changes), commit, take the whole batch back, or give it up."""

from tongxing.exchange.actions.committing import commit, discard, roll_back
from tongxing.exchange.actions.headings import forget, remember
from tongxing.exchange.actions.uploading import look_through, receive, upload

__all__ = ["commit", "discard", "forget", "look_through", "receive", "remember", "roll_back", "upload"]
