"""The demo's past: two month's ends before today, evaluated, counted, and published by two people."""

from __future__ import annotations

from datetime import date, timedelta

from tongxing.accounts.access import Actor, current_actor
from tongxing.accounts.models import User
from tongxing.plan.actions import count_run
from tongxing.plan.models import Count
from tongxing.plan.queries.counts import count_of
from tongxing.policy.actions import run_night
from tongxing.policy.models import Run
from tongxing.releases import actions
from tongxing.releases.models import Publication

MAKER, SECOND = "demo-planner", "demo-committee_city"
MONTHS = 2


def publish_past(today: date) -> None:
    """Before the first night of a demo, so that the run of this night is the newest. Nothing after other nights."""
    if Run.objects.exists():
        return
    ends, first = [], today.replace(day=1)
    for _ in range(MONTHS):
        ends.append(first - timedelta(days=1))
        first = ends[-1].replace(day=1)
    for day in reversed(ends):
        _publish(count_run(run=run_night(as_of=day)), "每月一期。", day)


SAID = (
    ("i10", "镇上的康复站一个月才来一次人，能不能多来几次？", "下个月起改成一周一次，日子贴在卫生院门口。"),
    ("i12", "我家的坡道修得好，就是扶手有点低。", "谢谢。会有人上门量一次，低了就换。"),
    ("i13", "有没有适合听不见的人参加的活动？", ""),
)


def publish_now(run: Run) -> None:
    """The first night of a demo is published too, and citizens have said something about it."""
    count = count_of(run)
    if count is not None and not Publication.objects.filter(as_of_date=run.as_of_date).exists():
        _publish(count, "每月一期，月中补一期。", run.as_of_date)
        for about, words, answer in SAID:
            remark = actions.say(about=about, words=words)
            if answer:
                actions.answer(by=_actor(SECOND, run.as_of_date), remark=remark, words=answer)


def _publish(count: Count, change: str, day: date) -> None:
    made = actions.publish(by=_actor(MAKER, day), count=count, change=change, made_date=day)
    actions.approve(by=_actor(SECOND, day), publication=made)


def _actor(username: str, day: date) -> Actor:
    actor = current_actor(User.objects.get(username=username), day)
    assert actor is not None, f"the demo has no {username}"
    return actor
