"""`python -m tests.faults.driver WORK`: forks workers, kills each with -9 at a random moment, looks at what is left.

1. Everything is imported and read once, before any connection is open; a worker is a fork and starts at once.
2. A worker says `begin` before a change and `done` after it was acknowledged.
3. The parent waits for some of these lines, then for a random moment within the next change, and kills.
4. Another fork opens the database anew and says what is wrong.
The last line on stdout is a summary in JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.faults.ground import Server, served_again

LONGEST = 0.2  # seconds from a line to the kill
PATIENCE = 30.0  # for a machine that is busy with other things
Line = dict[str, Any]
Say = Callable[[Line], None]


@dataclass
class Tally:
    kills: int = 0
    server_kills: int = 0
    in_flight: int = 0  # kills between a `begin` and its `done`
    acknowledged: int = 0
    refused: int = 0
    by_verb: dict[str, int] = field(default_factory=dict)
    in_flight_by_verb: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    why_refused: dict[str, int] = field(default_factory=dict)
    usual: dict[str, float] = field(default_factory=dict)
    seconds: float = 0.0


def fork(body: Callable[[Say], None]) -> tuple[int, int]:
    """Its process id, and the end from which to read its lines."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    os.close(reading)

    def say(line: Line) -> None:
        os.write(writing, json.dumps(line).encode() + b"\n")

    try:
        body(say)
    except BaseException:
        say({"error": traceback.format_exc()[-2000:]})
    os._exit(0)


class Lines:
    """Whole lines from a pipe, without waiting longer than told."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor, self.rest, self.ended = descriptor, b"", False

    def read(self, patience: float) -> list[Line]:
        if not select.select([self.descriptor], [], [], patience)[0]:
            return []
        found = os.read(self.descriptor, 1 << 16)
        self.ended = not found
        *whole, self.rest = (self.rest + found).split(b"\n")
        return [json.loads(line) for line in whole]

    def all(self) -> list[Line]:
        found: list[Line] = []
        while not self.ended:
            found += self.read(PATIENCE)
        os.close(self.descriptor)
        return found


class Round:
    """One worker, from its fork to its death."""

    def __init__(self, body: Callable[[Say], None], rng: random.Random) -> None:
        self.pid, descriptor = fork(body)
        self.lines, self.rng, self.seen = Lines(descriptor), rng, list[Line]()

    def run(self, most: int, usual: dict[str, float], strike: Callable[[], None] | None) -> None:
        """Lets it do 0 to `most` changes, then kills it (or strikes the server) somewhere within the next.

        `usual` is how long each change took when it was last let through.
        """
        wanted, deadline = self.rng.randint(0, most), time.monotonic() + PATIENCE
        while self._done() < wanted or not self._busy():
            self.seen += self.lines.read(1.0)
            if self.lines.ended or time.monotonic() > deadline:
                break
        end = time.monotonic() + self.rng.uniform(0, min(LONGEST, usual.get(self._verb(), 0.02)))
        while (left := end - time.monotonic()) > 0 and self._busy() and not self.lines.ended:
            self.seen += self.lines.read(left)
        if strike:
            strike()
        else:
            os.kill(self.pid, signal.SIGKILL)
        self.seen += self.lines.all()
        os.waitpid(self.pid, 0)

    def _done(self) -> int:
        return sum("done" in line for line in self.seen)

    def _busy(self) -> bool:
        return bool(self.seen) and "begin" in self.seen[-1]

    def _verb(self) -> str:
        return str(self.seen[-1].get("begin", "")) if self.seen else ""

    def errors(self) -> list[str]:
        return [line["error"] for line in self.seen if "error" in line]


def ask(body: Callable[[], list[str]]) -> list[str]:
    """What a fresh process with a connection of its own answers."""

    def answer(say: Callable[[Line], None]) -> None:
        say({"wrong": [words[:500] for words in body()[:5]]})

    pid, descriptor = fork(answer)
    lines = Lines(descriptor).all()
    os.waitpid(pid, 0)
    return [words for line in lines for words in line.get("wrong", [line.get("error")])]


def note(tally: Tally, done: Round) -> None:
    last = done.seen[-1] if done.seen else {}
    if "begin" in last:
        tally.in_flight += 1
        verb = last["begin"]
        tally.in_flight_by_verb[verb] = tally.in_flight_by_verb.get(verb, 0) + 1
    for line in done.seen:
        if "done" in line:
            tally.acknowledged += 1
            tally.by_verb[line["done"]] = tally.by_verb.get(line["done"], 0) + 1
            tally.usual[line["done"]] = line["took"]
        elif "refused" in line:
            tally.refused += 1
            reason = f"{line['refused']}: {line['why'][:30]}"
            tally.why_refused[reason] = tally.why_refused.get(reason, 0) + 1


def run(options: argparse.Namespace, server: Server | None) -> Tally:
    kind: Any = import_module(f"tests.faults.work.{options.work}")
    kind.warm_up()
    tally, started = Tally(wrong=ask(kind.prepare)), time.monotonic()
    strikes = set(random.Random(options.seed).sample(range(options.kills), options.server_kills))
    for number in range(0 if tally.wrong else options.kills):
        rng = random.Random(f"{options.seed}/{number}")
        round_ = Round(lambda say, rng=rng: kind.work(say, rng), rng)  # type: ignore[misc]
        strike = server.kill if server and number in strikes else None
        round_.run(kind.MOST, tally.usual, strike)
        note(tally, round_)
        tally.kills += 1
        if strike and server:
            tally.server_kills += 1
            server.start_again()
        else:
            tally.wrong += round_.errors()
        acknowledged = [line for line in round_.seen if "done" in line]
        whole = number % 10 == 9 or number == options.kills - 1
        tally.wrong += ask(lambda seen=acknowledged, whole=whole: kind.wrong(seen, whole))  # type: ignore[misc]
        if tally.wrong:
            tally.wrong.append(f"seed {options.seed}, kill {number}, last lines {str(round_.seen[-3:])[:400]}")
            break
    tally.seconds = round(time.monotonic() - started, 1)
    return tally


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("work")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--server-kills", type=int, default=0)
    options = parser.parse_args()
    server = None
    if options.postgres:
        server = served_again(Path(os.environ["TONGXING_DATA"]))
        os.environ["TONGXING_DATABASE"] = server.uri
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxing.config.settings")
    import django

    django.setup()
    print(json.dumps(asdict(run(options, server)), ensure_ascii=False))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
