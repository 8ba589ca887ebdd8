"""The verbs of lists."""

from tongxing.lists.actions.exporting import DAYS, Wish, ask, decide, expire, make, take

__all__ = ["DAYS", "Wish", "ask", "decide", "expire", "make", "take"]
