"""A large list is looked through and committed behind the page, with the same outcome as a small one at once."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from tests import cast as people
from tongxing.accounts.access import Actor, current_actor
from tongxing.accounts.models import Post, User
from tongxing.exchange import actions, queries, tasks
from tongxing.exchange.lines import Refused
from tongxing.exchange.models import Batch
from tongxing.exchange.tests import cast
from tongxing.jobs.models import Job
from tongxing.jobs.queue import do_one
from tongxing.lib.mistakes import BadFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _city(city: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "MANY", 2)
    for number in range(4):
        cast.new_person(number)


@pytest.fixture
def zhou() -> Actor:
    """An officer who is a user, as the worker looks up who asked."""
    user = User.objects.create(username="zhou", name="周姐")
    Post.objects.create(user=user, role="civil_affairs_county", division_code=cast.COUNTY, from_date=people.today())
    actor = current_actor(user, people.today())
    assert actor is not None
    return actor


def take_in(by: Actor, rows: int, header: list[str] | None = None) -> tuple[Batch, Job | None]:
    content = cast.csv_bytes(header or cast.dibao_header(), [cast.dibao_row(number) for number in range(rows)])
    return tasks.take_in(
        by=by, feed="dibao", filename="名单.csv", content=content, as_of_date=people.today(), division_code=cast.COUNTY
    )


def work() -> Job:
    assert do_one("test")
    return Job.objects.first()


def test_a_small_list_is_looked_through_at_once(zhou: Actor) -> None:
    batch, job = take_in(zhou, 2)
    assert (batch.state, job) == ("previewed", None)
    assert tasks.commit_good_rows(by=zhou, batch=batch) is None and batch.state == "committed"


def test_a_large_one_comes_to_the_same_behind_the_page(zhou: Actor) -> None:
    at_once = cast.send_dibao([cast.dibao_row(number) for number in range(3)], by=zhou)
    batch, job = take_in(zhou, 3)
    assert job and (job.state, batch.state, batch.counts) == ("waiting", "uploaded", {"rows": 3})
    done = work()
    batch.refresh_from_db()
    assert (done.state, done.subject, batch.state) == ("done", f"batch:{batch.pk}", "previewed")
    assert batch.counts == at_once.counts
    assert queries.shown_fingerprint(batch) == queries.shown_fingerprint(at_once)
    before = cast.registry()
    assert tasks.commit_good_rows(by=zhou, batch=batch) and cast.registry() == before
    assert work().state == "done" and cast.registry() != before
    batch.refresh_from_db()
    assert batch.state == "committed"


def test_the_file_waits_sealed_and_is_gone_when_it_was_read(zhou: Actor) -> None:
    batch, _ = take_in(zhou, 3)
    kept = bytes(batch.content_sealed or b"")
    assert kept and cast.a_name(1).encode() not in kept and cast.id_number(1).encode() not in kept
    work()
    batch.refresh_from_db()
    assert batch.content_sealed is None


def test_a_file_that_is_no_such_list_is_refused_at_once_and_nothing_is_kept(zhou: Actor) -> None:
    with pytest.raises(BadFile):
        take_in(zhou, 3, header=["甲", "乙", "丙"])
    assert not Batch.objects.exists() and not Job.objects.exists()


def test_a_stranger_is_refused_before_anything_is_read(zhou: Actor) -> None:
    with pytest.raises(PermissionDenied):
        tasks.take_in(
            by=None, feed="dibao", filename="x", content=b"?", as_of_date=people.today(), division_code=cast.COUNTY
        )


def test_who_has_left_the_post_meanwhile_changes_nothing(zhou: Actor) -> None:
    batch, _ = take_in(zhou, 3)
    Post.objects.update(until_date=people.today())
    job = work()
    batch.refresh_from_db()
    assert (job.state, batch.state) == ("failed", "uploaded") and "不在岗" in job.words


def test_given_up_meanwhile_it_is_refused_in_words_and_the_file_is_gone(zhou: Actor) -> None:
    batch, _ = take_in(zhou, 3)
    actions.discard(by=zhou, batch=batch)
    job = work()
    batch.refresh_from_db()
    assert (job.state, batch.state, batch.content_sealed) == ("failed", "discarded", None)
    assert "再传一次" in job.words


@pytest.mark.parametrize("step", ["preview", "commit"])
def test_a_worker_that_died_after_the_work_does_it_no_second_time(step: str, zhou: Actor) -> None:
    batch, job = take_in(zhou, 3)
    work()
    if step == "commit":
        batch.refresh_from_db()
        job = tasks.commit_good_rows(by=zhou, batch=batch)
        work()
    before = cast.registry()
    Job.objects.filter(pk=job.pk).update(state="waiting")
    (tasks.preview_task if step == "preview" else tasks.commit_task).call(job.pk)
    job.refresh_from_db()
    assert job.state == "done" and cast.registry() == before


def test_two_clicks_on_commit_are_one_job(zhou: Actor) -> None:
    batch, _ = take_in(zhou, 3)
    work()
    batch.refresh_from_db()
    first = tasks.commit_good_rows(by=zhou, batch=batch)
    assert tasks.commit_good_rows(by=zhou, batch=batch) == first
    work()
    batch.refresh_from_db()
    with pytest.raises(Refused):
        tasks.commit_good_rows(by=zhou, batch=batch)


def test_the_receipt_of_a_list_nobody_has_looked_through_says_so(zhou: Actor) -> None:
    batch, _ = take_in(zhou, 3)
    assert queries.receipt(batch) == [f"名单.csv，3 行，还在核对。{batch.by_label}交。"]
