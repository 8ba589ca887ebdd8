"""What the night does to what was begun and not sent."""

from __future__ import annotations

from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.applications.actions import forget_drafts, forget_guests
from tongxing.lib.progress import step
from tongxing.policy.models import Run


def forget(*, run: Run, by: Actor | None) -> None:
    """After each night (settings.AFTER_NIGHT)."""
    with step("没写完的申请：过了日子的删掉"):
        forget_drafts(today=run.as_of_date)
        forget_guests(now=timezone.now())
