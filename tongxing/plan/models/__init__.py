"""Numbers that people enter for the plan, and the countings of its indicators."""

from tongxing.plan.models.counting import Count
from tongxing.plan.models.entered import Statistic, Target

__all__ = ["Count", "Statistic", "Target"]
