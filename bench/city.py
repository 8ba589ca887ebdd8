"""`python -m bench city [--people N]`: the promises about the demo city, on this machine, in one run.

Builds a city in a folder of its own, runs a night, then asks pages and explanations of random people. Prints a table.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

MIB = 1024 * 1024


def main(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench city")
    parser.add_argument("--people", type=int, default=60_000)
    parser.add_argument("--keep", type=Path, help="a data folder to build in, or to use if it has a city")
    options = parser.parse_args(args)
    with tempfile.TemporaryDirectory(prefix="tongxing-bench-") as made:
        folder = options.keep or Path(made)
        os.environ["TONGXING_DATA"] = str(folder)
        if not (folder / "demo.json").is_file():
            _timed("demo city generated and loaded", 90, ["demo", "--people", str(options.people)])
        _timed("nightly loop", 15, ["nightly"])
        _pages()
    return 0


def _timed(label: str, goal: float, command: list[str]) -> None:
    started = time.monotonic()
    subprocess.run([sys.executable, "-m", "tongxing.commands.main", *command], check=True, capture_output=True)
    _say(label, time.monotonic() - started, goal, "s")


def _say(label: str, value: float, goal: float, unit: str) -> None:
    print(f"{label:<44} {value:>9.2f} {unit:<3} goal ≤ {goal:g} {unit}", flush=True)


def _p95(work: Callable[[], object], rounds: int, clock: Callable[[], float] = time.perf_counter) -> float:
    """Milliseconds that 95 of 100 calls stay under; the first call is not counted."""
    work()
    taken = []
    for _ in range(rounds):
        started = clock()
        work()
        taken.append(1000 * (clock() - started))
    return sorted(taken)[int(0.95 * len(taken))]


def _pages() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxing.config.settings")
    django.setup()
    from django.test import Client

    from tongxing.accounts.models import User
    from tongxing.policy.queries.explanations import explain
    from tongxing.policy.queries.runs import newest_run
    from tongxing.registry.models import Person

    newest, choice = newest_run(), random.Random(1)
    assert newest is not None
    holders = list(Person.objects.filter(certificates__state="valid").values_list("pk", flat=True))
    day = newest.as_of_date
    people = {pk: Person.objects.get(pk=pk) for pk in choice.sample(holders, 200)}
    _say("explain one person, p95", _p95(lambda: explain(people[choice.choice(list(people))], day), 200), 50, "ms")
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(username="demo-federation_city"))

    def opened(url: str) -> None:
        assert client.get(url).status_code == 200, url

    asked = (("missing", "living_allowance"), ("missing", "free_bus"), ("unknown", "dibao_family"))
    lists = [f"/desk/gaps/?list={kind}&policy={policy}&page={n}" for kind, policy in asked for n in (1, 2, 3)]
    trial = "/desk/simulate/?policy=living_allowance&living_allowance.amount=100"
    _say("person page, p95", _p95(lambda: opened(f"/desk/people/{choice.choice(holders)}/"), 200), 150, "ms")
    _say("gap list, p95", _p95(lambda: opened(choice.choice(lists)), 200), 400, "ms")
    _say("four lists matrix, p95", _p95(lambda: opened("/desk/gaps/"), 60), 400, "ms")
    _say("today, p95", _p95(lambda: opened("/desk/"), 60), 400, "ms")
    _say("questions, p95", _p95(lambda: opened("/desk/questions/"), 60), 400, "ms")
    _say("search by name, p95", _p95(lambda: opened("/desk/people/?q=陈"), 60), 400, "ms")
    _say("simulation, p95", _p95(lambda: opened(trial), 10), 3000, "ms")
    _resident_pages(choice.sample(holders, 20), choice)


def _resident_pages(holders: list[int], choice: random.Random) -> None:
    """A13 as people at home meet it, each in a browser of their own: the work of one core, whoever else is busy."""
    from django.test import Client

    from tongxing.registry.models import Person
    from tongxing.residents.actions import account_of

    browsers = []
    for person in Person.objects.filter(pk__in=holders, death_date=None):
        browsers.append(Client(HTTP_HOST="127.0.0.1"))
        browsers[-1].force_login(account_of(person=person).user)

    def opened(url: str) -> None:
        assert choice.choice(browsers).get(url).status_code == 200, url

    def looked_up() -> None:
        said = {"number": "2020-00001", "phone": f"154{choice.randrange(10**8):08}"}
        address = f"10.{choice.randrange(256)}.{choice.randrange(256)}.{choice.randrange(256)}"
        assert Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR=address).post("/follow/", said).status_code in (422, 429)

    logging.disable(logging.WARNING)  # that nothing is found is meant
    for url in ("/home/", "/my/", "/my/rights/", "/my/data/", "/my/money/", "/my/certificate/", "/apply/"):
        _say(f"resident {url}, p95", _p95(lambda url=url: opened(url), 60, time.process_time), 150, "ms")
    _say("resident /follow/, asked, p95", _p95(looked_up, 60, time.process_time), 150, "ms")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
