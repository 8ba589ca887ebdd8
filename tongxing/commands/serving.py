"""`tongxing serve` and `tongxing run`: answers on 127.0.0.1, with a worker beside it that ends when it ends."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from django.conf import settings
from django.core.management import call_command
from django.db import connections

PORT = 8000
AGAIN = 5.0  # seconds until a worker that died is started again
WORKER = [sys.executable, "-m", "tongxing.commands.main", "worker"]


def run(args: list[str]) -> int:
    """Serves what is there. Migrates nothing; a city that is not set up says so."""
    parser = argparse.ArgumentParser(prog="tongxing serve")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--no-worker", action="store_true", help="只提供网页；另外运行 tongxing worker")
    options = parser.parse_args(args)
    with nullcontext() if options.no_worker else beside(WORKER):
        _answer(options.port)
    return 0


@contextmanager
def beside(line: list[str]) -> Iterator[None]:
    """A child process that is started again whenever it dies, and ended at the end. Of a parent that was killed it
    takes notice itself (commands/worker.py)."""
    over, lock, running = threading.Event(), threading.Lock(), []

    def keep() -> None:
        while True:
            with lock:
                if over.is_set():
                    return
                child = subprocess.Popen([*line, "--parent", str(os.getpid())])
                running[:] = [child]
            child.wait()
            over.wait(AGAIN)

    threading.Thread(target=keep, daemon=True).start()
    try:
        yield
    finally:
        with lock:
            over.set()
            for child in running:
                child.terminate()  # at whatever instant: jobs/actions.py is built for it
                child.wait()


def _answer(port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces

    print(f"打开 http://127.0.0.1:{port}/", file=sys.stderr, flush=True)
    Granian(
        "tongxing.config.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        log_access=False,
        websockets=False,
    ).serve()


def run_demo(args: list[str]) -> int:
    """What `make run` calls: the demo city if there is none yet, one night, then serve. Each step its own process,
    so that settings read the demo mark that the step before left."""
    call_command("migrate", verbosity=0)
    connections.close_all()  # an open reader would keep the city of the next step in SQLite's log, slow to read
    if not settings.DEMO:
        for step in (["demo"], ["nightly"]):
            done = subprocess.run([sys.executable, "-m", "tongxing.commands.main", *step], env=os.environ, check=False)
            if done.returncode:
                return done.returncode
        return subprocess.run([sys.executable, "-m", "tongxing.commands.main", "serve", *args], check=False).returncode
    return run(args)
