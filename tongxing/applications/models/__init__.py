"""What is asked for: a first certificate, what is not sent yet, what a visitor writes, and whose card is looked at."""

from tongxing.applications.models.asking import Application, Draft, DraftPaper
from tongxing.applications.models.guests import GuestDraft, GuestPaper, IdentityCheck

__all__ = ["Application", "Draft", "DraftPaper", "GuestDraft", "GuestPaper", "IdentityCheck"]
