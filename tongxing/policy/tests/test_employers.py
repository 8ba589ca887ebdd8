"""What an employer is told: its quota by the rules' own parameters, and unknown stays unknown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tongxing.organisation.models import Employer
from tongxing.policy.program import param_in_force
from tongxing.policy.queries.employers import explain_employer

DAY = date(2026, 6, 30)


def employer(**facts: Any) -> Employer:
    return Employer(name="甲酒店", credit_code="1", division_code="459921100201", facts=facts)


@pytest.mark.parametrize(
    "staff, disabled, double, above", [(200, 3, 0, 0), (128, 3, 1, 2080), (200, 1, 0, -2000), (0, 0, 0, 0)]
)
def test_the_quota_is_of_the_parameter_in_force(staff: int, disabled: int, double: int, above: int) -> None:
    share = param_in_force("quota_per_mille", DAY)
    assert share is not None and share.value == 15
    quota = explain_employer(employer(staff=staff, disabled_staff=disabled, double_counted=double), DAY).quota
    assert (quota.due, quota.counted, quota.above) == (staff * 15, (disabled + double) * 1000, above)


def test_what_was_not_reported_stays_unknown() -> None:
    found = explain_employer(employer(staff=200, disabled_staff=None), DAY)
    assert (found.quota.due, found.quota.counted, found.quota.above) == (3000, None, None)
    assert found.answers["supported_work_subsidy"].ask == {"supported_places"}
    assert found.receives["levy_relief"] is None


def test_a_parameter_that_is_not_there_is_none() -> None:
    assert param_in_force("no_such_thing", DAY) is None
    assert param_in_force("quota_per_mille", date(2000, 1, 1)) is None
