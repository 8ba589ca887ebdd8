"""Releases of the plan's figures, and remarks of citizens."""

from tongxing.releases.models.publication import Publication
from tongxing.releases.models.remark import Remark

__all__ = ["Publication", "Remark"]
