"""What an officer sees of long work: the button, how far it is, what went wrong, where the result is."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tongxing.accounts.models import Post, User
from tongxing.jobs.models import Job

pytestmark = pytest.mark.django_db


@pytest.fixture
def sign_in() -> Callable[[str], Client]:
    cast.build_divisions()

    def enter(role: str) -> Client:
        user = User.objects.create(username=role, name="小叶")
        Post.objects.create(user=user, role=role, division_code=cast.CITY, from_date=cast.today())
        client = Client()
        client.force_login(user)
        return client

    return enter


def job_of(client: Client, **fields: object) -> Job:
    user = client.session["_auth_user_id"]
    given = {"key": "k", "title": "核对全部政策", "by_user_id": user, "by_label": "小叶", "asked_at": timezone.now()}
    return Job.objects.create(**given | fields)


def said(client: Client, job: Job) -> str:
    return client.get(f"/desk/jobs/{job.pk}/").content.decode()


@pytest.mark.parametrize(("role", "page"), [("federation_city", "/desk/"), ("system_admin", "/desk/jobs/")])
def test_whoever_may_begins_an_evaluation_from_their_page_and_then_sees_the_one_under_way(
    role: str, page: str, sign_in: Callable[[str], Client]
) -> None:
    client = sign_in(role)
    assert "现在重新核对" in client.get(page).content.decode()
    for _ in range(2):
        answer = client.post("/desk/jobs/night/")
        assert answer["Location"] == f"/desk/jobs/{Job.objects.get().pk}/"
    assert "正在重新核对" in client.get(page).content.decode()


def test_the_button_is_not_there_for_others(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("planner")
    assert "现在重新核对" not in client.get("/desk/").content.decode()
    assert client.post("/desk/jobs/night/").status_code == 403


def test_a_running_job_shows_how_far_it_is_with_a_link_that_needs_no_script(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("federation_city")
    page = said(client, job_of(client, state="running", words="按每条政策核对", done=12, total=49))
    assert '<progress id="bar" value="12" max="49">' in page
    assert re.search(r'<label for="bar">按每条政策核对，12 / 49</label>', page)
    assert ">刷新</a>" in page and "http-equiv" not in page


def test_a_step_of_unknown_length_shows_a_bar_without_a_number(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("federation_city")
    assert '<progress id="bar">' in said(client, job_of(client, state="running", words="收集每个人的事实"))


@pytest.mark.parametrize(
    ("role", "result"), [("federation_city", 'href="/desk/"'), ("system_admin", 'href="/desk/policies/"')]
)
def test_a_done_job_leads_to_its_result(role: str, result: str, sign_in: Callable[[str], Client]) -> None:
    client = sign_in(role)
    page = said(client, job_of(client, state="done", subject="run:1", finished_at=timezone.now()))
    assert f'<a class="btn" {result}>看结果</a>' in page and "<progress" not in page


def test_a_failed_job_says_why_and_is_done_again_by_a_button(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("federation_city")
    client.post("/desk/jobs/night/")
    job = Job.objects.get()
    Job.objects.update(state="failed", words="系统里出了错，编号 a1b2c3d4", finished_at=timezone.now())
    assert "编号 a1b2c3d4" in said(client, job) and "再做一次" in said(client, job)
    assert client.post(f"/desk/jobs/{job.pk}/again/")["Location"] == f"/desk/jobs/{job.pk}/"
    job.refresh_from_db()
    assert job.state == "waiting"


def test_a_job_of_somebody_else_is_not_there(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("civil_affairs_county")
    job = job_of(client, by_user_id=0)
    assert client.get(f"/desk/jobs/{job.pk}/").status_code == 404
    assert client.post(f"/desk/jobs/{job.pk}/again/").status_code == 404
