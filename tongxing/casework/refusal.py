"""The one error of this feature for people, and what somebody who came second reads in it."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localtime

from tongxing.casework.models import Case, Task


class Refused(Exception):
    """The step cannot be taken; nothing changed. `str()` says why and what to do."""


def moment(at: datetime | None) -> str:
    return "" if at is None else localtime(at).strftime("%m-%d %H:%M")


def who_was_first(case: Case, **narrower: str) -> str:
    """Who last finished a step of this case, and when; '' if nobody did."""
    last = Task.objects.filter(case=case, **narrower).exclude(done_at=None).order_by("-done_at", "-pk").first()
    if last is None:
        return ""
    return f"{last.claimed_by_label or '别人'} 已在 {moment(last.done_at)} 办过：{last.get_outcome_display()}。"
