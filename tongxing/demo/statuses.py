"""Rows of statuses and of the lists received, from batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import numpy as np

from tongxing.content.pack import Fact
from tongxing.demo.persons import Register
from tongxing.demo.records import Batch

STATUS = ("person", "household", "fact", "answer", "value", "from_date", "until_date", "source", "received_date")
LIST = ("fact", "division_code", "as_of_date", "received_date", "source")
MONTHS, WAIT = 12, 3
LATE_MONTHS = 5
Row = tuple[Any, ...]


def status_rows(batches: Iterable[Batch], register: Register) -> Iterator[Row]:
    """In the order of STATUS."""
    for batch in batches:
        ids = (register.ids if batch.unit == "person" else register.homes)[batch.rows].tolist()
        nobody = [None] * len(ids)
        persons, homes = (ids, nobody) if batch.unit == "person" else (nobody, ids)
        yield from zip(
            persons,
            homes,
            [batch.fact] * len(ids),
            np.where(batch.refused, "refused", "known").tolist(),
            batch.values.tolist(),
            batch.begin.astype("U10").tolist(),
            [None if text == "NaT" else text for text in batch.end.astype("U10").tolist()],
            [batch.source] * len(ids),
            batch.received.astype("U10").tolist(),
            strict=True,
        )


def list_rows(facts: Iterable[Fact], counties: list[str], late: dict[str, str], today: date) -> Iterator[Row]:
    """In the order of LIST: every department's list of each county at each month's end, a year back; one is late."""
    months = list(_month_ends(today))
    for fact in facts:
        if fact.origin != "list":
            continue
        for county in counties:
            is_late = late.get("fact") == fact.name and late.get("county") == county
            for day in months[LATE_MONTHS:] if is_late else months:
                yield (fact.name, county, str(day), str(day + timedelta(days=WAIT)), f"{fact.owner or ''}名单")


def _month_ends(today: date) -> Iterator[date]:
    """Ends of months whose list has come by today, newest first."""
    day = (today - timedelta(days=WAIT)).replace(day=1) - timedelta(days=1)
    for _ in range(MONTHS):
        yield day
        day = day.replace(day=1) - timedelta(days=1)
