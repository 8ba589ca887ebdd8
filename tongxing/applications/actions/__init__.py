"""The verbs of asking: what is not written to its end yet, the first certificate, what follows from it."""

from tongxing.applications.actions.drafts import Said, drop, forget_drafts, keep, remind
from tongxing.applications.actions.first import Wish, apply_first, assess, take_linked

__all__ = ["Said", "Wish", "apply_first", "assess", "drop", "forget_drafts", "keep", "remind", "take_linked"]
