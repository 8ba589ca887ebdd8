"""An evaluation on one counting of the cast's city, and a short report in place of the long one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests import cast
from tongxing.accounts.access import Actor
from tongxing.evaluation import actions
from tongxing.evaluation.inputs import Inputs
from tongxing.evaluation.models import Evaluation
from tongxing.evaluation.queries.gather import Making
from tongxing.evaluation.queries.prose import pieces
from tongxing.plan.models import Count
from tongxing.policy.models import Run
from tongxing.reports.document import Report, Section, Words, Written

PERIOD = {"from_date": date(2021, 1, 1), "until_date": date(2023, 6, 30)}


@pytest.fixture
def liang(db: None) -> Actor:
    return cast.an_officer("federation_city", cast.CITY, 6)


@pytest.fixture
def pei(db: None) -> Actor:
    return cast.an_officer("committee_city", cast.CITY, 8)


@pytest.fixture
def planner(db: None) -> Actor:
    return cast.an_officer("planner", cast.CITY, 9)


@pytest.fixture
def counted(db: None, tmp_path: Path, settings: object) -> Count:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    day = date(2023, 6, 1)
    run = Run.objects.create(as_of_date=day, folder="night", pack_digest="0" * 64, persons=1, holders=1, seconds=0)
    return Count.objects.create(run=run, as_of_date=day, cells_digest="0" * 64, seconds=0)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report of one section with what officers wrote; how the long one is made: tests/reports."""
    monkeypatch.setattr("tongxing.evaluation.actions.building.gather", lambda making: making)
    monkeypatch.setattr("tongxing.evaluation.actions.building.assemble", _short)


def _short(making: Making | Inputs) -> Report:
    assert isinstance(making, Making)
    written = pieces(making.evaluation, making.prose_until).get("measures", [])
    blocks = [Words("一共 3 人。", is_lead=True), Written("measures", "原因是什么？", written)]
    return Report("评估报告", "内部", "示例市", date(2023, 6, 1), [], [Section("measures", 1, "原因和措施", blocks)])


@pytest.fixture
def evaluation(counted: Count, short: None, liang: Actor) -> Evaluation:
    return actions.begin(kind="mid_term", **PERIOD, by=liang)
