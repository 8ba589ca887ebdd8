"""A28: no form of residents and visitors is without bad values to try; a new address says what can be typed wrong."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

from tests.access.declared import DOORS
from tongxing.portal.tests import test_mistakes as portal
from tongxing.public.tests import test_mistakes as public

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(("face", "known"), [("portal", portal), ("public", public)])
def test_a_new_address_has_bad_values_or_a_reason_for_none(face: str, known: ModuleType) -> None:
    """A new one goes into BAD of the face's test_mistakes.py, or into READ or PRESSED, which say why there is none."""
    doors = {name for name, door in DOORS.items() if name.startswith(f"{face}:") and "POST" in door.methods}
    assert doors == known.TRIED | known.READ | known.PRESSED
    assert not known.TRIED & (known.READ | known.PRESSED)


def test_what_a_resident_left_out_is_said_by_us_and_not_by_the_browser() -> None:
    """Browsers say it in their own language, and gone after a moment; ours stays at the field (A28)."""
    silent = []
    for template in sorted(
        [*ROOT.glob("tongxing/portal/templates/**/*.html"), *ROOT.glob("tongxing/public/templates/**/*.html")]
    ):
        for form in re.findall(r"<form\b.*?</form>", template.read_text(encoding="utf-8"), re.DOTALL):
            if " required" in form and "novalidate" not in form[:200]:
                silent.append(f"{template.name}: {form[:60]}")
    assert silent == []
