"""Who carries texts. So far only simulated ones, which do what a test number says and are the same every time.

A provider takes a text under a reference and knows a reference that it has had; what became of it is asked for later,
and may come late, twice or never.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Text:
    """One text on its way."""

    reference: str
    number: str
    words: str
    handed_at: datetime


@dataclass(frozen=True)
class Receipt:
    reference: str
    arrived: bool


class Provider(Protocol):
    @property
    def name(self) -> str: ...

    def hand_over(self, text: Text) -> bool:
        """Whether the provider takes it."""

    def receipts(self, texts: Sequence[Text], now: datetime) -> list[Receipt]:
        """What has become of these by now; nothing about those that are still on their way."""


# Numbers under a prefix that no operator has; the rest of the demo's numbers are below them.
REFUSED_FIRST = "15499999991"  # the first provider does not take it
GONE = "15499999992"  # nobody can deliver to it
SILENT_FIRST = "15499999993"  # the first provider takes it and is never heard of again
TWICE = "15499999994"  # two receipts for one text
LATE_FIRST = "15499999995"  # the first provider's receipt comes after six minutes
LATE = timedelta(minutes=6)


@dataclass(frozen=True)
class Simulated:
    """`is_first` has the troubles that another provider does not."""

    name: str
    is_first: bool

    def hand_over(self, text: Text) -> bool:
        return not (self.is_first and text.number == REFUSED_FIRST)

    def receipts(self, texts: Sequence[Text], now: datetime) -> list[Receipt]:
        return [receipt for text in texts for receipt in self._about(text, now)]

    def _about(self, text: Text, now: datetime) -> list[Receipt]:
        if self.is_first and text.number == SILENT_FIRST:
            return []
        if self.is_first and text.number == LATE_FIRST and now - text.handed_at < LATE:
            return []
        arrived = Receipt(text.reference, text.number != GONE)
        return [arrived, arrived] if text.number == TWICE else [arrived]


def providers() -> list[Provider]:
    """In the order in which they are tried. Raises ImproperlyConfigured for a name that nobody has."""
    known: dict[str, Provider] = {"simulated_a": Simulated("simulated_a", True)}
    known["simulated_b"] = Simulated("simulated_b", False)
    missing = [name for name in settings.SMS_PROVIDERS if name not in known]
    if missing:
        raise ImproperlyConfigured(f"TONGXING_SMS: no provider {missing[0]!r}; there are {', '.join(known)}")
    return [known[name] for name in settings.SMS_PROVIDERS]
