"""The one error of this feature for people."""

from __future__ import annotations


class Refused(Exception):
    """The step cannot be taken; nothing changed. `str()` says why and what to do."""
