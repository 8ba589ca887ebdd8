"""`tongxing serve` and `tongxing run`: one process that answers on 127.0.0.1."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command
from django.db import connections

PORT = 8000


def run(args: list[str]) -> int:
    """Serves what is there. Migrates nothing; a city that is not set up says so."""
    parser = argparse.ArgumentParser(prog="tongxing serve")
    parser.add_argument("--port", type=int, default=PORT)
    options = parser.parse_args(args)
    from granian import Granian
    from granian.constants import Interfaces

    print(f"打开 http://127.0.0.1:{options.port}/", file=sys.stderr, flush=True)
    Granian(
        "tongxing.config.wsgi:application",
        address="127.0.0.1",
        port=options.port,
        interface=Interfaces.WSGI,
        blocking_threads=4,
        log_access=False,
        websockets=False,
    ).serve()
    return 0


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
