"""Counts the indicators on a stored snapshot."""

from __future__ import annotations

import time

from django.conf import settings
from django.db import transaction

from tongxing.accounts.access import Actor
from tongxing.content.plan import counting_pack, plan
from tongxing.journal.actions import record
from tongxing.lib.progress import step
from tongxing.plan.count import counted, digest
from tongxing.plan.models import Count
from tongxing.plan.queries.counts import folder_of
from tongxing.policy.models import Run
from tongxing.policy.queries.runs import folder_of as snapshot_of
from tongxing.rules.compile import compile_program
from tongxing.warehouse.store import read_table, write_folder


def count_run(*, run: Run, by: Actor | None = None) -> Count:
    """1 read the run's snapshot  2 ask every indicator's questions  3 write cells and units  4 leave a row.

    Once a run: counting again writes the same bytes and keeps the row. Nothing is visible before step 4. Raises
    PackErrors if the plan's content is broken.
    """
    started = time.monotonic()
    with step("数规划的指标"):
        snapshot = snapshot_of(run)
        tables = {name: read_table(snapshot, name) for name in ("persons", "households", "employers")}
        program = compile_program(counting_pack(settings.PACK), run.as_of_date)
        found = counted(plan(settings.PACK).indicators.values(), program, tables)
        about = {"run": run.folder, "as_of": run.as_of_date.isoformat(), "pack": run.pack_digest}
        write_folder(folder_of(run), found, about)
    return _left(run, digest(found["cells"]), time.monotonic() - started, by)


@transaction.atomic
def _left(run: Run, cells_digest: str, seconds: float, by: Actor | None) -> Count:
    count, is_new = Count.objects.get_or_create(
        run=run,
        defaults={"as_of_date": run.as_of_date, "cells_digest": cells_digest, "seconds": round(seconds, 2)},
    )
    if is_new:
        record(by=by, verb="plan.counted", subject=f"run:{run.pk}", cells=cells_digest)
    return count
