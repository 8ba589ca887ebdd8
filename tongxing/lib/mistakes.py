"""The error that every reader of typed or uploaded text raises: what is wrong, and how to put it right."""

from __future__ import annotations


class BadValue(ValueError):
    """A value that cannot be read. `str()` is plain Chinese for the person who typed it.

    The text names positions and digits, never the whole value: it may end up in a log (S15).
    """


class BadMoney(BadValue):
    """Not an amount of money."""


class BadDate(BadValue):
    """Not one certain day."""


class BadNumber(BadValue):
    """Not an ID, certificate, phone, account or division number."""


class BadFile(BadValue):
    """A file that cannot be read as a table; nothing of it was used."""
