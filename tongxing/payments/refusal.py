"""The one error of this feature for people."""

from __future__ import annotations


class Refused(Exception):
    """It cannot be paid, approved or read; nothing changed. `str()` says why and what to do."""
