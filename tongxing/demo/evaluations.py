"""The demo's evaluations: the final one waits for two people to sign, the mid-term one is out."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

from django.conf import settings

from tongxing.accounts.access import Actor, current_actor
from tongxing.accounts.models import User
from tongxing.content.plan import plan
from tongxing.evaluation import actions
from tongxing.evaluation.models import Build, Evaluation
from tongxing.evaluation.refusal import Refused
from tongxing.plan.queries.counts import count_of
from tongxing.policy.models import Run

PLANNER, FEDERATION, SECOND = "demo-planner", "demo-federation_city", "demo-committee_city"
HALF = 912  # days of the plan that the mid-term evaluation looks at
SAID = {
    "indicators.i10": (FEDERATION, "康复师不够，远的镇一个月只去一次。明年在每个镇培训一名康复协助员。"),
    "tasks": (PLANNER, "晚了的任务，多半在等钱和用地。下个季度由残工委开一次会，逐件定下谁来解决。"),
    "measures": (FEDERATION, "漏掉的人，大多是没有人告诉他。今后每月由村里上门告知，记下答复。"),
}


def begin(run: Run) -> None:
    """On the first night of a demo; nothing after other nights, and nothing in a city without a plan."""
    content = plan(settings.PACK)
    if Evaluation.objects.exists() or not content.clauses or count_of(run) is None:
        return
    since = content.about.from_date
    _written("final", since, run.as_of_date, run)
    _sign_and_publish(_written("mid_term", since, since + timedelta(days=HALF), run), run)


def _written(kind: str, since: date, until: date, run: Run) -> Build:
    by = _actor(PLANNER, run)
    begun = actions.begin(kind=kind, from_date=since, until_date=until, by=by)
    for slot, (who, words) in SAID.items():
        actions.write(evaluation=begun, slot=slot, words=words, seen=0, by=_actor(who, run))
    return actions.build(evaluation=begun, by=by)


def _sign_and_publish(build: Build, run: Run) -> None:
    """By two people each time. Not where the figures of that day are not out."""
    two = [_actor(PLANNER, run), _actor(SECOND, run)]
    approved = [actions.sign(build=build, purpose="approve", by=by) for by in two][-1]
    with suppress(Refused):
        public = actions.build(evaluation=approved, by=two[0], is_public=True)
        for by in two:
            actions.sign(build=public, purpose="publish", by=by)


def _actor(username: str, run: Run) -> Actor:
    actor = current_actor(User.objects.get(username=username), run.as_of_date)
    assert actor is not None, f"the demo has no {username}"
    return actor
