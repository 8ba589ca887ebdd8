"""The verbs of asking: what is not written to its end yet, the first certificate, what follows from it."""

from tongxing.applications.actions.drafts import Said, drop, forget_drafts, keep, remind
from tongxing.applications.actions.first import Wish, apply_first, assess, take_linked
from tongxing.applications.actions.guests import (
    attach_as_guest,
    begin_as_guest,
    forget_guests,
    keep_as_guest,
    new_key,
    take_over,
    write_as_guest,
)
from tongxing.applications.actions.helping import HELPERS, named_helper
from tongxing.applications.actions.identity import Seen, identify, send_to_check, turn_away
from tongxing.applications.actions.sending import attach, send

__all__ = [
    "HELPERS",
    "Said",
    "Seen",
    "Wish",
    "apply_first",
    "assess",
    "attach",
    "attach_as_guest",
    "begin_as_guest",
    "drop",
    "forget_drafts",
    "forget_guests",
    "identify",
    "keep",
    "keep_as_guest",
    "named_helper",
    "new_key",
    "remind",
    "send",
    "send_to_check",
    "take_linked",
    "take_over",
    "turn_away",
    "write_as_guest",
]
