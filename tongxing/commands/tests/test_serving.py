"""The worker beside `tongxing serve`: there while it serves, back when it dies, gone when it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from queue import Queue
from types import SimpleNamespace
from typing import Any

import pytest

from tongxing.commands import serving, worker

SIGN = "import os, sys, signal; print(os.getpid(), flush=True); signal.pause()"  # says who it is and stays


@pytest.fixture
def born(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    """The next child that was started; waits until it speaks."""
    started: list[subprocess.Popen[str]] = []
    told, real = Queue(), subprocess.Popen

    def start(line: list[str], **options: Any) -> subprocess.Popen[str]:
        child = real(line, stdout=subprocess.PIPE, text=True, **options)
        started.append(child)
        told.put(child)
        return child

    def next_one() -> subprocess.Popen[str]:
        child = told.get(timeout=20)
        assert int(child.stdout.readline()) == child.pid
        return child

    monkeypatch.setattr(serving.subprocess, "Popen", start)
    monkeypatch.setattr(serving, "AGAIN", 0.0)
    yield next_one
    for child in started:
        child.kill()
        child.wait()
        child.stdout.close()


def test_the_worker_ends_with_the_server(born: Callable[[], subprocess.Popen[str]]) -> None:
    with serving.beside([sys.executable, "-c", SIGN]):
        child = born()
        assert child.poll() is None
    assert child.poll() == -signal.SIGTERM


def test_a_worker_that_dies_is_started_again(born: Callable[[], subprocess.Popen[str]]) -> None:
    with serving.beside([sys.executable, "-c", SIGN]):
        first = born()
        first.kill()
        second = born()
        assert first.pid != second.pid and second.poll() is None


def test_it_ends_also_when_the_server_was_killed() -> None:
    """Grandparent (this test) → parent, killed → the worker's watch over its parent."""
    watch = "from tongxing.commands import worker; import os, sys; worker._beat_on(int(sys.argv[1]))"
    setup = "import django; django.setup(); print(1, flush=True); "
    parent_code = (
        "import subprocess, sys, os, signal\n"
        f"child = subprocess.Popen([sys.executable, '-c', {setup + watch!r}, str(os.getpid())])\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    reading, writing = os.pipe()
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tongxing.config.settings"}
    parent = subprocess.Popen([sys.executable, "-c", parent_code], pass_fds=[writing], env=environment, stdout=writing)
    os.close(writing)
    parent.wait(timeout=30)
    with os.fdopen(reading, "rb") as pipe:  # ends when the last holder of the other end, the worker, is gone
        assert pipe.read() == b"1\n"


def test_a_worker_alone_does_what_waits_and_ends_when_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = iter([True, True, False])
    monkeypatch.setattr(worker, "one_round", lambda **_: next(rounds))
    monkeypatch.setattr(worker.threading, "Thread", lambda **_: SimpleNamespace(start=lambda: None))
    monkeypatch.setattr(worker.signal, "signal", lambda *_: None)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker.time, "sleep", lambda seconds: None)
    assert worker.run(["--once"]) == 0
    assert next(rounds, "used up") == "used up"
