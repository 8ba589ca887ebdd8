"""Counting the indicators, and the numbers that people enter."""

from tongxing.plan.actions.counting import count_run
from tongxing.plan.actions.entering import confirm, enter_statistic, enter_target, refuse

__all__ = ["confirm", "count_run", "enter_statistic", "enter_target", "refuse"]
