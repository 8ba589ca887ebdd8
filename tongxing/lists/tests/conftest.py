"""A village where 130 people are on a list, and the officers who may want it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pytest
from django.conf import settings

from tests import cast
from tongxing.accounts.access import Actor, actor_of
from tongxing.accounts.models import Post, User
from tongxing.lists.actions import Wish
from tongxing.policy.models import Run
from tongxing.policy.queries.gaps import Filter
from tongxing.warehouse.store import write_folder

POLICY = "living_allowance"


@pytest.fixture
def run(db: None, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A run with one list: 130 people missing out, 100 of them in one village and 30 in the next."""
    monkeypatch.setattr(settings, "DATA", tmp_path)
    cast.build_divisions()
    people = [cast.new_person(n, cast.VILLAGE if n < 100 else cast.NEXT_VILLAGE) for n in range(130)]
    ids, since = [p.pk for p in people], [date(2026, 1, 1)] * 130
    lists = {
        "policy": [POLICY] * 130,
        "kind": ["missing"] * 130,
        "unit_id": ids,
        "person_id": ids,
        "household_id": ids,
        "village_code": [p.village_code for p in people],
        "reason": ["never"] * 130,
        "monthly_fen": [8_000] * 130,
        "since_date": since,
    }
    persons = {"person_id": ids, "birth_date": [p.birth_date for p in people], "category": [None] * 130}
    asks = {"fact": ["income"] * 3, "policy": [POLICY] * 3, "household_id": ids[:3], "person_id": ids[:3]}
    asks |= {"village_code": [cast.VILLAGE] * 3, "worth_fen": [1] * 3}
    tables = {
        "lists": pa.table(lists),
        "persons": pa.table(persons | {"grade": pa.array([None] * 130, pa.int8())}),
        "asks": pa.table(asks),
    }
    write_folder(settings.DATA / "runs" / "one", tables, {})
    return Run.objects.create(
        as_of_date=date(2026, 11, 1), folder="one", pack_digest="x", persons=130, holders=130, seconds=1
    )


@pytest.fixture
def officer(run: Run) -> Callable[..., Actor]:
    """Somebody in a post that is kept, so that the file is made with the rights of today."""

    def in_post(name: str, role: str = "federation_county", division: str = cast.COUNTY) -> Actor:
        user, _ = User.objects.get_or_create(username=name, defaults={"name": name})
        post = Post.objects.create(user=user, role=role, division_code=division, from_date=date(2026, 1, 1))
        return actor_of(post)

    return in_post


@pytest.fixture
def wish(run: Run) -> Callable[..., Wish]:
    def of(prefix: str = "459921", purpose: str = "按村上门核对", opened: tuple[str, ...] = ()) -> Wish:
        return Wish(run, Filter(policy=POLICY, prefix=prefix), "甲县 应享未享", purpose, opened)

    return of
