"""What the plan's verbs say no with: words that say how to put it right."""

from __future__ import annotations


class Refused(Exception):
    """Meant for people; `str()` is what they read."""
