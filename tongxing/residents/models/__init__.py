"""Residents as users: how they come in, what they agreed to, what they ask of offices."""

from tongxing.residents.models.asking import Assisted, Consent, Request
from tongxing.residents.models.entering import Code, Link, ResidentAccount
from tongxing.residents.models.payee import PayeeChange
from tongxing.residents.models.urgent import UrgentLook
from tongxing.residents.models.voice import Conflict, Voice

__all__ = [
    "Assisted",
    "Code",
    "Conflict",
    "Consent",
    "Link",
    "PayeeChange",
    "Request",
    "ResidentAccount",
    "UrgentLook",
    "Voice",
]
