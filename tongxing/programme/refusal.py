"""The errors of this feature for people."""

from __future__ import annotations


class Refused(Exception):
    """The step cannot be taken; nothing changed. `str()` says why and what to do."""


class Overtaken(Refused):
    """Somebody else has changed the same thing since the writer looked; both are shown for the writer to choose."""
