"""The countings, and questions over their tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from tongxing.plan.models import Count
from tongxing.policy.models import Run
from tongxing.policy.queries.runs import folder_of as snapshot_of
from tongxing.warehouse import store

TABLES = ("cells", "units")


def newest_count() -> Count | None:
    """The counting of the newest snapshot."""
    return Count.objects.select_related("run").order_by("-run__finished_at", "-id").first()


def count_of(run: Run) -> Count | None:
    return Count.objects.select_related("run").filter(run=run).first()


def counts_up_to(day: date) -> list[Count]:
    """One a day, the newest of each day, oldest first."""
    found = {count.as_of_date: count for count in Count.objects.select_related("run").order_by("as_of_date", "id")}
    return [count for count in found.values() if count.as_of_date <= day]


def folder_of(run: Run) -> Path:
    folder: Path = settings.DATA / "plan" / run.folder
    return folder


def ask(count: Count, sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """A question over `cells` and `units` of a counting, and `persons` of its snapshot."""
    tables = {name: folder_of(count.run) / f"{name}.parquet" for name in TABLES if f" {name}" in sql}
    if " persons" in sql:
        tables["persons"] = snapshot_of(count.run) / "persons.parquet"
    return store.rows(sql, tables, values)
