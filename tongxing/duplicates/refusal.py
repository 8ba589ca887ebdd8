"""The one error of this feature for people."""

from __future__ import annotations


class Refused(Exception):
    """It cannot be said, merged or taken apart now; nothing changed. `str()` says why and what to do."""
