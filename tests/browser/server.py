"""Real servers for the browser: a small demo city evaluated once, the same city before its first night, and no demo."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from tests.browser.nest import environment, nest

WAIT = 60.0  # seconds until a server must answer


def tongxing(data: Path, *words: str) -> None:
    """Runs one command of the product on a data folder; what it said stands in the error if it fails."""
    done = subprocess.run(_line(*words), env=environment(data), capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise RuntimeError(f"tongxing {' '.join(words)}:\n{done.stderr}")


def in_fork(data: Path, *words: str) -> None:
    """The same in a fork of this worker's nest. After "-c" come lines of Python and their arguments."""
    log = data / "commands.log"
    if nest().hatch(data, log, *words).wait():
        raise RuntimeError(f"tongxing {' '.join(words)}:\n{log.read_text()}")


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """The address of a server on that folder with its worker, forks of this worker's nest; ended again at the end."""
    port, log = _free_port(), data / "server.log"
    server = nest().hatch(data, log, "serve", "--port", str(port), "--no-worker")
    worker = nest().hatch(data, log, "worker", "--parent", str(nest().pid))
    try:
        _until_it_answers(server, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.end()
        worker.end()


@contextmanager
def started(data: Path) -> Iterator[str]:
    """The same as people start it, by `tongxing serve`."""
    port = _free_port()
    with (data / "server.log").open("w") as log:
        server = subprocess.Popen(_line("serve", "--port", str(port)), env=environment(data), stdout=log, stderr=log)
    try:
        _until_it_answers(server, port, data / "server.log")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def copy_of(data: Path, to: Path, *, demo: bool) -> Path:
    """The folder of a city once more; without its demo mark it is a city like any real one."""
    shutil.copytree(data, to)
    if not demo:
        (to / "demo.json").unlink()
    return to


def _line(*words: str) -> list[str]:
    return [sys.executable, "-m", "tongxing.commands.main", *words]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Process(Protocol):
    def poll(self) -> int | None: ...


def _until_it_answers(server: Process, port: int, log: Path) -> None:
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        if server.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"the server did not start:\n{log.read_text()}")
