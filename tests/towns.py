"""Small cities in folders, each built once a run: whichever worker asks first builds it, the others wait for it.

To be copied, never changed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest

from tests.browser.server import tongxing

Factory = pytest.TempPathFactory
DRAW = ("demo", "--people", "300", "--seed", "7")


def before_night(factory: Factory) -> Path:
    """As `tongxing demo` leaves it."""
    return once(factory, "before_night", lambda folder: tongxing(folder, *DRAW))


def town(factory: Factory) -> Path:
    """After its first night."""
    drawn = before_night(factory)

    def build(folder: Path) -> None:
        shutil.copytree(drawn, folder, dirs_exist_ok=True)
        tongxing(folder, "nightly")

    return once(factory, "town", build)


def once(factory: Factory, name: str, build: Callable[[Path], None]) -> Path:
    """The folder `name`, which all workers of this run share, filled by the first."""
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, whole = shared / name, shared / f"{name}.whole"
    with (shared / f"{name}.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        if not whole.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            build(folder)
            whole.touch()
    return folder
