"""The queue's own claim: one task out of the database, one row in one transaction, so two workers never do the same."""

from __future__ import annotations

from django_tasks_db.management.commands.db_worker import Worker

from tongxing.jobs.queries import has_waiting_work


def do_one(name: str) -> bool:
    """Carries out one task that waits; whether there was one. `name` tells workers apart."""
    if not has_waiting_work():
        return False
    Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        backend_name="default",
        worker_id=name,
        batch=True,
        max_tasks=1,
        interval=0,
        startup_delay=False,
    ).run()
    return True
