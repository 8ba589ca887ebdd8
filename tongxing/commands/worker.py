"""`tongxing worker`: carries out what waits, and begins the night when it is time. `tongxing serve` starts one itself.

It may be killed at any instant and keeps no state: a job that it left is taken up after the lease (jobs/actions.py).
"""

from __future__ import annotations

import argparse
import logging
import os
import secrets
import signal
import socket
import threading
import time
from datetime import datetime

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from tongxing.jobs import actions
from tongxing.jobs.queue import do_one
from tongxing.lists.tasks import after_night
from tongxing.outbox.actions import send_due
from tongxing.residents.actions import send_codes
from tongxing.reviews.tasks import begin_due_night

logger = logging.getLogger(__name__)
PAUSE = 2.0  # seconds between two looks at an empty queue
BEAT = 1.0  # seconds between two signs of life
TROUBLE = 30.0  # seconds to wait when the database does not answer


def run(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tongxing worker", description="做等着的工作，到点核对。")
    parser.add_argument("--parent", type=int, default=0, metavar="PID", help="这个进程没了，就停")
    parser.add_argument("--once", action="store_true", help="做完等着的就停，不等新的")
    options = parser.parse_args(args)
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # django-tasks would take Ctrl-C for a failed task
    threading.Thread(target=_beat_on, args=[options.parent], daemon=True).start()
    name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
    while True:
        close_old_connections()
        pause = _round_or_trouble(name)
        if options.once and pause:
            return int(pause == TROUBLE)
        time.sleep(pause)


def _round_or_trouble(name: str) -> float:
    """The seconds to wait after one round. Whatever happens in a round, the worker lives."""
    try:
        return 0.0 if one_round(now=timezone.now(), name=name) else PAUSE
    except Exception:
        logger.exception("the worker could not look for work")
        connections.close_all()
        return TROUBLE


def one_round(*, now: datetime, name: str) -> bool:
    """1 take up what a dead worker left  2 begin the night if it is due  3 what follows it  4 send codes and texts
    5 do one job that waits; if there was one."""
    actions.take_up_lost(now=now)
    begin_due_night(now=now)
    after_night(now=now)
    send_codes(now=now)
    send_due(now=now)
    return do_one(name)


def _beat_on(parent: int) -> None:
    """Signs of life from a thread of its own, with its own connection; ends the process when its parent is gone."""
    while True:
        if parent and os.getppid() != parent:
            os._exit(0)
        try:
            if actions.sign.job_id:
                actions.beat(now=timezone.now())
        except DatabaseError:  # SQLite is locked by the work itself: the next sign comes after it
            connections.close_all()
        time.sleep(BEAT)
