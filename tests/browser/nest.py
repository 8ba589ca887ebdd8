"""Servers without their start: one process has read the whole product in, and each server and worker is a fork of it.

A start reads the product in three times (`tongxing serve`, what answers for it, its worker): more than four seconds of
a processor, as much as a short journey takes. A fork takes on the settings of its data folder and then runs the same
command. Run as a module this is the process that hatches; it is told what to do in lines of JSON.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn


def environment(data: Path) -> dict[str, str]:
    """Nothing of the city in which the other tests run."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TONGXING_", "DJANGO_"))}
    return kept | {"TONGXING_DATA": str(data), "TONGXING_NIGHT_AT": "off"}


class Nest:
    """The other process, from here. It ends with this one, and whatever it hatched ends with it."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="tongxing-nest-")  # settings want one, nothing is kept there
        Path(self.folder.name, "demo.json").write_text("{}")
        self.process = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=Path(__file__).parents[2],
            env=environment(Path(self.folder.name)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self.close)

    def close(self) -> None:
        self.process.communicate()
        self.folder.cleanup()

    def hatch(self, data: Path, log: Path, *words: str) -> Hatched:
        """Runs a command of the product on a data folder; what it says goes to the end of `log`."""
        return Hatched(self, int(self.ask("hatch", environment(data), str(log), words)))

    def ask(self, what: str, *about: Any) -> Any:
        assert self.process.stdin and self.process.stdout
        print(json.dumps([what, *about]), file=self.process.stdin, flush=True)
        if not (answer := self.process.stdout.readline()):
            raise RuntimeError(f"the nest is gone ({self.process.wait()}); why stands among what was written to stderr")
        return json.loads(answer)

    @property
    def pid(self) -> int:
        return self.process.pid


class Hatched:
    """One of its children, spoken to like a process of subprocess."""

    def __init__(self, nest: Nest, pid: int) -> None:
        self.nest, self.pid = nest, pid

    def poll(self) -> int | None:
        """Its exit code, once it is over."""
        code: int | None = self.nest.ask("poll", self.pid)
        return code

    def wait(self) -> int:
        return int(self.nest.ask("poll", self.pid, 0))

    def end(self) -> None:
        self.nest.ask("end", self.pid)


@cache
def nest() -> Nest:
    """The one of this worker of pytest."""
    return Nest()


def _read_in() -> None:
    """What every server and worker would read in for itself, up to the pack and the templates."""
    import tongxing.config.wsgi  # noqa: I001 - sets Django up
    import granian  # noqa: F401
    import tongxing.commands.serving
    import tongxing.commands.worker
    from django.conf import settings
    from django.template.loader import get_template
    from tongxing.content.instance import pack

    pack(settings.PACK)
    for path in Path(tongxing.__file__).parent.rglob("templates/**/*.html"):
        get_template(str(path).rsplit("/templates/", 1)[1])
    gc.collect()
    gc.freeze()  # else the first collection of each fork copies everything


def _become(about: dict[str, str]) -> None:
    """The settings as this environment says them, in the place of those that were read in."""
    from django.conf import Settings, settings
    from django.db import connections

    os.environ.clear()
    os.environ.update(about)
    importlib.reload(sys.modules["tongxing.config.settings"])
    settings._wrapped = Settings("tongxing.config.settings")
    vars(connections).pop("settings", None)
    connections.__init__()  # type: ignore[misc]


def _hatch(about: dict[str, str], log: str, words: list[str]) -> int:
    pid = os.fork()
    return pid or _live(about, log, words)


def _live(about: dict[str, str], log: str, words: list[str]) -> NoReturn:
    """In the fork, to its end; no exception may lead back into the loop of the nest."""
    code = 1
    try:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for number, file in ((0, os.devnull), (1, log), (2, log)):
            os.dup2(os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND), number)
        _become(about)
        code = _do(words)
    except BaseException:
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _do(words: list[str]) -> int:
    from tongxing.commands.main import main

    if words[0] != "-c":
        return main(words)
    sys.argv = ["-c", *words[2:]]
    exec(words[1], {"__name__": "__main__"})
    return 0


class _Brood:
    """The children that live, and the answers to the lines."""

    def __init__(self) -> None:
        self.living: set[int] = set()

    def hatch(self, about: dict[str, str], log: str, words: list[str]) -> int:
        pid = _hatch(about, log, words)
        self.living.add(pid)
        return pid

    def poll(self, pid: int, how: int = os.WNOHANG) -> int | None:
        if pid not in self.living:
            return 0
        found, status = os.waitpid(pid, how)
        self.living -= {found}
        return os.waitstatus_to_exitcode(status) if found else None

    def end(self, pid: int) -> int | None:
        if self.poll(pid) is None:
            os.kill(pid, signal.SIGTERM)
        return self.poll(pid, 0)

    def close(self, *_: int | FrameType | None) -> NoReturn:
        for pid in list(self.living):
            self.end(pid)
        os._exit(0)


def _main() -> None:
    _read_in()
    brood = _Brood()
    signal.signal(signal.SIGTERM, brood.close)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends pytest, which ends this
    for line in sys.stdin:
        what, *about = json.loads(line)
        print(json.dumps(getattr(brood, what)(*about)), flush=True)
    brood.close()


if __name__ == "__main__":
    _main()
