"""Two of the working committee give a task another deadline at once: the second chooses (D17)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from tests import cast
from tongxing.accounts.models import Post, User
from tongxing.programme import actions, catalogue
from tongxing.programme.models import PlanTask

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(monkeypatch: pytest.MonkeyPatch) -> PlanTask:
    cast.build_divisions()
    monkeypatch.setattr("tongxing.programme.actions.register.city_code", lambda: cast.CITY)
    monkeypatch.setattr(catalogue, "city_code", lambda: cast.CITY)
    actions.open_register(by=None)
    return PlanTask.objects.order_by("pk")[0]


def entered(name: str) -> Client:
    user = User.objects.create(username=name, name=name)
    Post.objects.create(user=user, role="committee_city", division_code=cast.CITY, from_date=cast.today())
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("keep", ["theirs", "mine"])
def test_the_second_day_waits_until_somebody_chose(task: PlanTask, keep: str) -> None:
    seen, address = task.due_date.isoformat(), f"/desk/plan/tasks/{task.clause}/do/"
    theirs, mine = task.due_date + timedelta(days=30), task.due_date + timedelta(days=90)
    form = {"what": "postpone", "seen": seen, "words": "等上级办法"}
    assert entered("老裴").post(address, form | {"day": theirs.isoformat()}).status_code == 302
    late = entered("老农")
    answer = late.post(address, form | {"day": mine.isoformat(), "words": "并到下个规划"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert all(
        said in page
        for said in ("老裴", f"您打开时：{seen}", f"{theirs}，因为：等上级办法", f"{mine}，因为：并到下个规划")
    )
    chosen = form | {"day": mine.isoformat(), "words": "并到下个规划", "seen": theirs.isoformat(), "keep-day": keep}
    assert late.post(address, chosen).status_code == 302
    task.refresh_from_db()
    assert task.due_date == (theirs if keep == "theirs" else mine)
