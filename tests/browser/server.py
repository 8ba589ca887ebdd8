"""Real servers for the browser: a small demo city evaluated once, the same city before its first night, and no demo."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WAIT = 60.0  # seconds until a server must answer


def tongxing(data: Path, *words: str) -> None:
    """Runs one command of the product on a data folder; what it said stands in the error if it fails."""
    done = subprocess.run(_line(*words), env=_environment(data), capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise RuntimeError(f"tongxing {' '.join(words)}:\n{done.stderr}")


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """The address of a server on that folder, ended again at the end."""
    port = _free_port()
    with (data / "server.log").open("w") as log:
        server = subprocess.Popen(_line("serve", "--port", str(port)), env=_environment(data), stdout=log, stderr=log)
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


def _environment(data: Path) -> dict[str, str]:
    """Nothing of the city in which the other tests run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TONGXING_", "DJANGO_"))}
    return kept | {"TONGXING_DATA": str(data), "TONGXING_NIGHT_AT": "off"}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _until_it_answers(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
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
