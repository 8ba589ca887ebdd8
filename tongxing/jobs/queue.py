"""The queue's own claim: one task out of the database, one row in one transaction, so two workers never do the same."""

from __future__ import annotations

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from tongxing.jobs.queries import has_waiting_work


def do_one(name: str) -> bool:
    """Carries out one task that waits; whether there was one. `name` tells workers apart."""
    if not has_waiting_work():  # a look without the lock that the claim takes
        return False
    with exclusive_transaction():
        task = DBTaskResult.objects.ready().get_locked()
        if task is None:
            return False
        task.claim(name)
    _runner(name).run_task(task)
    return True


def _runner(name: str) -> Worker:
    """Only for its `run_task`. Its `run` would close our connection and exit from inside a signal (its issue 61)."""
    return Worker(
        queue_names=["default"],
        excluded_queue_names=[],
        backend_name="default",
        worker_id=name,
        batch=True,
        max_tasks=1,
        interval=0,
        startup_delay=False,
    )
