"""A large month is a job: one however often it is pressed, the same run as on the spot, refused where it must be."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from tongxing.accounts.models import Post, User
from tongxing.jobs.models import Job
from tongxing.jobs.queue import do_one
from tongxing.payments import actions, months, tasks
from tongxing.payments.models import Payment, Run
from tongxing.payments.refusal import Refused
from tongxing.payments.tests.conftest import Money


@pytest.fixture
def large(money: Money, monkeypatch: pytest.MonkeyPatch) -> Money:
    monkeypatch.setattr(tasks, "MANY", 1)
    for number in (1, 2, 3):
        money.grant(money.person(number))
    return money


def signed_in(role: str) -> Client:
    user = User.objects.create(username=role, name="黄科长")
    Post.objects.create(user=user, role=role, division_code="459900000000", from_date="2026-01-01")
    client = Client()
    client.force_login(user)
    return client


def test_two_presses_are_one_job_and_one_run(large: Money) -> None:
    client = signed_in("civil_affairs_city")
    pages = {client.post("/desk/pay/build/", {"month": f"{large.month:%Y-%m}"})["Location"] for _ in range(2)}
    job = Job.objects.get()
    assert pages == {f"/desk/jobs/{job.pk}/"} and not Run.objects.exists()
    assert "正在做" in client.get("/desk/pay/").content.decode()
    assert do_one("test") and not do_one("test")
    assert f'href="/desk/pay/{large.month:%Y-%m}/"' in client.get(f"/desk/jobs/{job.pk}/").content.decode()
    assert (Run.objects.get().payments, Payment.objects.count()) == (3, 3)
    assert Run.objects.get().built_by_id == job.by_user_id


def test_it_is_the_run_that_the_command_builds(large: Money) -> None:
    digest = actions.build(month=large.month).digest
    signed_in("civil_affairs_city").post("/desk/pay/build/", {"month": f"{large.month:%Y-%m}"})
    do_one("test")
    assert Run.objects.get().digest == digest


def test_a_month_that_cannot_be_is_refused_before_any_job(large: Money) -> None:
    with pytest.raises(Refused):
        tasks.build(month=months.after(months.after(large.month)), by=large.maker)
    with pytest.raises(PermissionDenied):
        tasks.build(month=large.month, by=large.worker)
    assert not Job.objects.exists()


def test_a_small_month_is_there_at_once(money: Money) -> None:
    money.grant(money.person(1))
    assert isinstance(tasks.build(month=money.month, by=money.maker), Run)
