"""The verbs of lists."""

from tongxing.lists.actions.exporting import DAYS, Wish, ask, decide, expire, make, take
from tongxing.lists.actions.saving import count_night, drop, keep

__all__ = ["DAYS", "Wish", "ask", "count_night", "decide", "drop", "expire", "keep", "make", "take"]
