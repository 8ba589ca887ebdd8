"""`python -m tests.faults.race --workers 8 --cases 100`: many officers at the same cases, at the same moment.

Each worker is a fork with a connection of its own, and goes through all cases in an order of its own. All wait for one
start. Of all who pass, hand back or withdraw a case, or decide it, exactly one may succeed.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.faults.driver import Lines, Say, fork
from tests.faults.ground import served_again

STEPS = ("accept", "hand_back", "withdraw")


def prepare(count: int) -> dict[str, list[int]]:
    """Half of the cases at their first step, half at the one that decides."""
    from tests.faults.work.common import hire, officer
    from tongxing.casework import actions
    from tongxing.casework.clocks import today
    from tongxing.casework.refusal import Refused
    from tongxing.registry.models import Person
    from tongxing.residents.voices import is_asked

    hire(50)
    found: dict[str, list[int]] = {"step": [], "decide": []}
    people = Person.objects.filter(death_date=None, moved_out_date=None).order_by("pk")
    for service in ("free_bus", "venue_companion"):
        for person in people:
            if is_asked(person, today()):
                continue  # no verb decides about them before they were heard
            try:
                case = actions.open_case(by=officer("township_officer"), person=person, service=service)
            except Refused:
                continue
            kind = min(found, key=lambda name: len(found[name]))
            if kind == "decide":
                actions.accept(by=officer("township_officer"), case=case)
            found[kind].append(case.pk)
            if sum(map(len, found.values())) == count:
                return found
    raise AssertionError("too few people")


def contend(say: Say, number: int, cases: dict[str, list[int]], start: float) -> None:
    """One officer at every case: won, or refused with these words."""
    from django.core.exceptions import PermissionDenied

    from tongxing.casework.models import Case
    from tongxing.casework.refusal import Refused

    rng = random.Random(number)
    order = [(kind, key) for kind, keys in cases.items() for key in keys]
    rng.shuffle(order)
    order.sort(key=lambda pair: pair[1] // 5)  # near to each other, so that they meet
    by_key = Case.objects.in_bulk([key for _, key in order])
    time.sleep(max(0.0, start - time.time()))
    for kind, key in order:
        verb, call = attempt(kind, number, by_key[key], rng)
        line: dict[str, Any] = {"case": key, "verb": verb, "by": number}
        try:
            call()
            say(line | {"won": True})
        except (Refused, PermissionDenied) as why:
            say(line | {"won": False, "why": str(why), "kind": type(why).__name__})


def attempt(kind: str, number: int, case: Any, rng: random.Random) -> tuple[str, Callable[[], Any]]:
    from tests.faults.work.common import officer
    from tongxing.casework import actions

    town, county = officer("township_officer", number), officer("federation_county", number)
    if kind == "decide":
        return "decide", lambda: actions.decide(by=county, case=case, result="refused", reason="不符合")
    verb = rng.choice(STEPS)
    calls: dict[str, Callable[[], Any]] = {
        "accept": lambda: actions.accept(by=town, case=case),
        "hand_back": lambda: actions.hand_back(by=town, case=case, item="phone"),
        "withdraw": lambda: actions.withdraw(by=town, case=case, words="不办了"),
    }
    return verb, calls[verb]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--cases", type=int, default=100)
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args()
    if options.postgres:
        server = served_again(Path(os.environ["TONGXING_DATA"]))
        os.environ["TONGXING_DATABASE"] = server.uri
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxing.config.settings")
    import django

    django.setup()
    print(json.dumps(race(options.workers, options.cases), ensure_ascii=False))


def race(workers: int, count: int) -> dict[str, Any]:
    from tests.faults.work import cases as casework
    from tests.faults.work.common import read_the_pack

    read_the_pack()
    cases = alone(lambda: prepare(count))
    began, start = time.time(), time.time() + 0.3
    forks = [
        fork(lambda say, number=number: contend(say, number, cases, start))  # type: ignore[misc]
        for number in range(1, workers + 1)
    ]
    lines = [line for _, descriptor in forks for line in Lines(descriptor).all()]
    for pid, _ in forks:
        os.waitpid(pid, 0)
    wrong = alone(casework.casework_is_broken)
    return {"lines": lines, "wrong": wrong, "seconds": round(time.time() - began, 1), "cases": cases}


def alone(body: Callable[[], Any]) -> Any:
    """The answer of a fork, so that no connection is open here."""
    pid, descriptor = fork(lambda say: say({"answer": body()}))
    lines = Lines(descriptor).all()
    os.waitpid(pid, 0)
    assert "answer" in lines[0], lines[0]
    return lines[0]["answer"]


if __name__ == "__main__":
    main()
