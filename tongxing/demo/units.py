"""The organisations of the demo start page: what they reported, and who speaks for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from tongxing.accounts.models import User
from tongxing.demo.employers import COUNT, day_of_report
from tongxing.demo.numbers import credit_code
from tongxing.organisation.models import Employer, Spokesperson


def build(units: Mapping[str, Mapping[str, Any]], today: date) -> int:
    """`units`: by the role of the spokesperson, whose user stands already. Returns how many."""
    for number, (role, said) in enumerate(units.items(), COUNT + 1):
        code = credit_code(number)
        if "facts" in said:
            Employer.objects.create(
                name=said["name"],
                credit_code=code,
                division_code=said["division"],
                facts=said["facts"],
                reported_date=day_of_report(today),
            )
        user = User.objects.get(username=f"demo-{role}")
        Spokesperson.objects.create(user=user, credit_code=code, from_date=user.posts.get().from_date)
    return len(units)
