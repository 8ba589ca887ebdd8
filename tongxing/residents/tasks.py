"""What the night tells residents."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from tongxing.accounts.access import Actor
from tongxing.lib.progress import step
from tongxing.residents.actions import tell_of_age


class Night(Protocol):
    """A run of the night, which belongs to a layer above."""

    as_of_date: date


def come_of_age(*, run: Night, by: Actor | None) -> None:
    """After each night (settings.AFTER_NIGHT)."""
    with step("快满和刚满 18 岁的：告诉本人和监护人"):
        tell_of_age(by=by, today=run.as_of_date)
