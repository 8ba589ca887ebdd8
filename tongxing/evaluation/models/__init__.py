"""Evaluations of the plan: what was begun, what officers wrote, what was built, who signed."""

from tongxing.evaluation.models.evaluation import Build, Evaluation, Signature
from tongxing.evaluation.models.prose import Prose

__all__ = ["Build", "Evaluation", "Prose", "Signature"]
