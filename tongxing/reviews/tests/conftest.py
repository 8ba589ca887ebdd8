"""The same people as in casework."""

from tongxing.casework.tests.conftest import people, poor

__all__ = ["people", "poor"]
