"""A verb that cannot be done now, and how it can."""

from __future__ import annotations


class Refused(Exception):
    """The sentence says how to put it right."""
