"""What the verbs of this feature say no with."""

from __future__ import annotations


class Refused(Exception):
    """Meant for people: `str()` says why and how to put it right. Nothing changed."""
