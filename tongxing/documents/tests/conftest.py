"""The same people as in casework."""

from tongxing.casework.tests.conftest import people

__all__ = ["people"]
