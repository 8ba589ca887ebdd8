"""A28: no form of residents and visitors is without bad values to try; a new address says what can be typed wrong."""

from __future__ import annotations

from types import ModuleType

import pytest

from tests.access.declared import DOORS
from tongxing.portal.tests import test_mistakes as portal
from tongxing.public.tests import test_mistakes as public


@pytest.mark.parametrize(("face", "known"), [("portal", portal), ("public", public)])
def test_a_new_address_has_bad_values_or_a_reason_for_none(face: str, known: ModuleType) -> None:
    """A new one goes into BAD of the face's test_mistakes.py, or into READ or PRESSED, which say why there is none."""
    doors = {name for name, door in DOORS.items() if name.startswith(f"{face}:") and "POST" in door.methods}
    assert doors == known.TRIED | known.READ | known.PRESSED
    assert not known.TRIED & (known.READ | known.PRESSED)
