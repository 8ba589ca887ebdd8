"""The small city with its last month's end and today published, one by one person and approved by another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.cache import cache

from tongxing.accounts.access import current_actor
from tongxing.accounts.models import User
from tongxing.demo.releases import MAKER, SECOND
from tongxing.plan.actions import count_run
from tongxing.policy.actions import run_night
from tongxing.policy.models import Run
from tongxing.releases import actions
from tongxing.releases.models import Publication


@pytest.fixture
def published(city: Run, db: None) -> list[Publication]:
    """Three releases, the oldest first."""
    cache.clear()
    today = date.today()
    ends = [today.replace(day=1) - timedelta(days=32), today.replace(day=1) - timedelta(days=1)]
    runs = [*(run_night(as_of=day) for day in ends), city]
    Run.objects.exclude(pk=city.pk).update(
        finished_at=city.finished_at - timedelta(days=1)
    )  # so the city is the newest
    people = [current_actor(User.objects.get(username=name), today) for name in (MAKER, SECOND)]
    out = []
    for run in runs:
        made = actions.publish(by=people[0], count=count_run(run=run), made_date=run.as_of_date)  # type: ignore[arg-type]
        out.append(actions.approve(by=people[1], publication=made))  # type: ignore[arg-type]
    return out
