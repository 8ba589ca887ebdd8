"""Changes to the registry. Each is one transaction with one journal entry."""

from tongxing.registry.actions.changes import (
    OWN,
    Overtaken,
    Told,
    answer,
    change_phone,
    end_receipt,
    issue_certificate,
    look_at,
    note_finding,
    note_receipt,
    stored_value,
    unmask,
)
from tongxing.registry.actions.entering import Card, enter_person

__all__ = [
    "OWN",
    "Card",
    "Overtaken",
    "Told",
    "answer",
    "change_phone",
    "end_receipt",
    "enter_person",
    "issue_certificate",
    "look_at",
    "note_finding",
    "note_receipt",
    "stored_value",
    "unmask",
]
