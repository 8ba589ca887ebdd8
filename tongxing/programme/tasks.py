"""What the night does to the register: opens what the pack newly names, and lets climb what is overdue for too long."""

from __future__ import annotations

import logging

from tongxing.accounts.access import Actor
from tongxing.lib.calendar import CalendarEnds
from tongxing.lib.progress import step
from tongxing.policy.models import Run
from tongxing.programme.actions import climb, open_register
from tongxing.programme.refusal import Refused

logger = logging.getLogger(__name__)


def keep_register(*, run: Run, by: Actor | None) -> None:
    """After each night (settings.AFTER_NIGHT). Without a calendar for the day nothing climbs, and the log says so."""
    with step("规划的任务：新的建账，晚了的上报"):
        open_register(by=None)
        try:
            climb(today=run.as_of_date)
        except (CalendarEnds, Refused) as why:
            logger.warning("nothing climbs: %s", why)
