"""Beginning an evaluation, writing into it, making its files, signing."""

from tongxing.evaluation.actions.building import build, built_again
from tongxing.evaluation.actions.signing import sign
from tongxing.evaluation.actions.writing import begin, write

__all__ = ["begin", "build", "built_again", "sign", "write"]
