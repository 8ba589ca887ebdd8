"""A small counting made by hand: cells of two counties, no night needed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.plan.models import Count
from tongxing.plan.queries.counts import folder_of
from tongxing.policy.models import Run
from tongxing.warehouse.store import write_folder

Counted = dict[str, tuple[int, int]]  # village → counted, not counted
TOWNS = (cast.VILLAGE, "459921101201", cast.FAR_VILLAGE, "459922101201")


@pytest.fixture
def maker(db: None) -> Actor:
    cast.build_divisions()
    cast.sign_up()
    for code, name, parent in (
        ("459921101000", "南风镇", cast.COUNTY),
        ("459922101000", "东关镇", cast.OTHER_COUNTY),
    ):
        cast.Division.objects.create(code=code, name=name, level="township", parent_id=parent)
    return cast.an_officer("planner", cast.CITY, 6)


@pytest.fixture
def second(maker: Actor) -> Actor:
    return cast.an_officer("committee_city", cast.CITY, 8)


@pytest.fixture
def counting(
    maker: Actor, tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch
) -> Callable[[date, Counted], Count]:
    """A counting of one day, in which indicator i04 stands as given and nothing else is counted."""
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    promise = {"promise": "t1.1.1", "section": "t1.1", "title": "帮扶", "say": "有人帮。", "lead": "残联"}
    promised = [promise | {"linked": "", "gap": "还没有做进来"}]  # records of other features: their own tests
    monkeypatch.setattr("tongxing.releases.actions.publishing.promise_rows", lambda count, day: promised)

    def make(day: date, counts: Counted) -> Count:
        run = Run.objects.create(
            as_of_date=day, folder=f"{day}-test", pack_digest="0" * 64, persons=1, holders=1, seconds=0
        )
        rows = [
            {
                "indicator": "i04",
                "village_code": village,
                "category": "visual",
                "grade": "2",
                "age_band": "16-59",
                "sex": "male" if place % 2 else "female",
                "counted": counted,
                "not_counted": rest,
                "unknown": 0,
                "excluded": 0,
                "measure": 0,
            }
            for place, (village, (counted, rest)) in enumerate(counts.items())
        ]
        write_folder(folder_of(run), {"cells": pa.Table.from_pylist(rows)}, {})
        return Count.objects.create(run=run, as_of_date=day, cells_digest="0" * 64, seconds=0)

    return make
