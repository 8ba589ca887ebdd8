"""The demo's evaluation: begun by the planner, two units wrote into it, its draft waits for two people to sign."""

from __future__ import annotations

from django.conf import settings

from tongxing.accounts.access import Actor, current_actor
from tongxing.accounts.models import User
from tongxing.content.plan import plan
from tongxing.evaluation import actions
from tongxing.evaluation.models import Evaluation
from tongxing.plan.queries.counts import count_of
from tongxing.policy.models import Run

PLANNER, FEDERATION = "demo-planner", "demo-federation_city"
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
    by = _actor(PLANNER, run)
    begun = actions.begin(kind="final", from_date=content.about.from_date, until_date=run.as_of_date, by=by)
    for slot, (who, words) in SAID.items():
        actions.write(evaluation=begun, slot=slot, words=words, seen=0, by=_actor(who, run))
    actions.build(evaluation=begun, by=by)


def _actor(username: str, run: Run) -> Actor:
    actor = current_actor(User.objects.get(username=username), run.as_of_date)
    assert actor is not None, f"the demo has no {username}"
    return actor
