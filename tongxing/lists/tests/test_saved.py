"""D12: a filter under a name, whose it is, what it finds today and how that stands to the night before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.accounts.models import Post
from tongxing.lists import actions, queries, tasks
from tongxing.lists.models import DayCount, SavedFilter
from tongxing.lists.refusal import Refused
from tongxing.policy.models import Run

Officer = Callable[..., Actor]
QUERY = "list=missing&policy=living_allowance&page=3"


def kept(by: Actor, name: str = "没领过的", **said: object) -> SavedFilter:
    return actions.keep(**{"by": by, "page": "gaps", "name": name, "query": QUERY} | said)  # type: ignore[arg-type]


def found(actor: Actor, run: Run) -> dict[str, tuple[int | None, int | None]]:
    watched = queries.watched(actor, run, timezone.localdate())
    return {one.saved.name: (one.count, one.change) for one in watched}


def test_each_page_counts_what_its_filter_finds(officer: Officer, run: Run) -> None:
    xiaoli = officer("小黎")
    kept(xiaoli)
    kept(xiaoli, "山下村", query=QUERY + f"&area={cast.NEXT_VILLAGE}")
    kept(xiaoli, "收入", page="questions", query="fact=income")
    kept(xiaoli, "超期", page="cases", query="part=overdue")
    assert found(xiaoli, run) == {
        "没领过的": (130, None),
        "山下村": (30, None),
        "收入": (3, None),
        "超期": (0, None),
    }


def test_however_many_there_are_the_questions_are_the_same(
    officer: Officer, run: Run, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    xiaoli = officer("小黎")
    for n in range(4):
        kept(xiaoli, f"名单 {n}")
        kept(xiaoli, f"办件 {n}", page="cases", query="part=open")
    with django_assert_num_queries(3):
        assert len(queries.watched(xiaoli, run, timezone.localdate())) == 8


def test_it_is_ones_own_unless_it_is_shared_with_the_same_post_in_the_same_place(officer: Officer, run: Run) -> None:
    xiaoli, colleague = officer("小黎"), officer("小陈")
    strangers = [officer("乙县", division=cast.OTHER_COUNTY), officer("民政", "civil_affairs_county")]
    kept(xiaoli, "自己的")
    kept(xiaoli, "大家的", is_shared=True)
    assert set(found(colleague, run)) == {"大家的"}
    assert [found(stranger, run) for stranger in strangers] == [{}, {}]
    with pytest.raises(PermissionDenied):
        actions.drop(by=colleague, saved=SavedFilter.objects.get(name="大家的"))


def test_the_same_name_again_holds_the_new_filter(officer: Officer, run: Run) -> None:
    xiaoli = officer("小黎")
    kept(xiaoli)
    assert kept(xiaoli, query="list=wrong").query == "list=wrong"
    assert SavedFilter.objects.count() == 1


@pytest.mark.parametrize(
    "said",
    [
        {"name": " "},
        {"query": "list=nobody"},
        {"query": "policy=no_such"},
        {"query": f"area={cast.OTHER_COUNTY}"},
        {"page": "people"},
        {"page": "cases", "query": "part=mine", "is_shared": True},
        {"page": "questions", "query": "fact=no_such"},
    ],
)
def test_what_cannot_be_asked_cannot_be_kept(said: dict[str, object], officer: Officer, run: Run) -> None:
    with pytest.raises(Refused):
        kept(officer("小黎"), **said)


def test_without_the_pages_right_nothing_is_kept(officer: Officer, run: Run) -> None:
    with pytest.raises(PermissionDenied):
        kept(officer("农科长", "planner", cast.CITY))


def test_the_night_counts_each_once_and_the_change_is_against_the_night_before(officer: Officer, run: Run) -> None:
    xiaoli = officer("小黎")
    saved = kept(xiaoli)
    for _ in range(2):
        tasks.after_night(now=timezone.now())
    assert [(row.saved, row.date, row.count) for row in DayCount.objects.all()] == [(saved, run.as_of_date, 130)]
    DayCount.objects.update(date=timezone.localdate() - timedelta(days=1), count=141)
    assert found(xiaoli, run) == {"没领过的": (130, -11)}


def test_of_whoever_has_left_the_night_says_not_known(officer: Officer, run: Run) -> None:
    kept(officer("小黎"))
    Post.objects.update(until_date=timezone.localdate())
    tasks.after_night(now=timezone.now())
    assert DayCount.objects.get().count is None
