"""The verbs of asking: what is not written to its end yet, the first certificate, what follows from it."""

from tongxing.applications.actions.drafts import Said, drop, forget_drafts, keep, remind
from tongxing.applications.actions.first import Wish, apply_first, assess, take_linked
from tongxing.applications.actions.helping import HELPERS, named_helper
from tongxing.applications.actions.sending import attach, send

__all__ = [
    "HELPERS",
    "Said",
    "Wish",
    "apply_first",
    "assess",
    "attach",
    "drop",
    "forget_drafts",
    "keep",
    "named_helper",
    "remind",
    "send",
    "take_linked",
]
