"""Casework: whole batches opened and taken back, and single steps of single cases."""

from __future__ import annotations

import random
from collections import Counter as Count
from typing import Any

from tests.faults.work.common import Say, attempt, hire, journal_is_broken, officer, read_the_pack
from tongxing.casework import actions, catalogue
from tongxing.casework.models import Batch, Case, Counter, Decision, Event, Task
from tongxing.casework.refusal import Refused
from tongxing.journal.models import Entry
from tongxing.policy.queries.gaps import Filter
from tongxing.policy.queries.runs import newest_run
from tongxing.proposals import actions as proposals

MOST = 4  # changes that a worker may finish before it dies
POLICIES = ("free_bus", "utility_discount", "venue_companion", "medical_premium", "rehab_service", "venue_free_entry")
JOURNAL_ONLY = ("looked",)  # nothing changed, so the history of the case does not tell it
STATES_OF_NONE = (Case.State.DECIDED, Case.State.CLOSED, Case.State.WITHDRAWN)


def warm_up() -> None:
    read_the_pack()


def prepare() -> list[str]:
    return hire()


def work(say: Say, rng: random.Random) -> None:
    while True:
        choice = rng.random()
        if choice < 0.3:
            open_many(say, rng)
        elif choice < 0.55:
            take_back(say, rng)
        else:
            one_step(say, rng)


def opener(policy: str, grants: bool) -> Any:
    """One who decides this service, so that a person's yes grants it; or one of a township, who passes it on."""
    service = catalogue.by_policy()[policy]
    return officer(str(service.step(service.decide).role) if grants else "township_officer")


def open_many(say: Say, rng: random.Random) -> None:
    run, policy = newest_run(), rng.choice(POLICIES)
    assert run is not None
    wanted, by = Filter(policy=policy), opener(policy, rng.random() < 0.5)
    attempt(say, "open_from_gaps", lambda: proposals.open_from_gaps(by=by, run=run, wanted=wanted), Refused)


def take_back(say: Say, rng: random.Random) -> None:
    standing = list(Batch.objects.filter(undone_at=None))
    if standing:
        batch = rng.choice(standing)
        by = opener(batch.policy, batch.grants)
        attempt(say, "undo_batch", lambda: proposals.undo_batch(by=by, batch=batch), Refused)


def one_step(say: Say, rng: random.Random) -> None:
    """Something that an officer could do now with one of the cases; what is refused is refused."""
    case = _any_case(rng)
    if case is None:
        return
    town, hers = officer("township_officer"), officer(case.role or "township_officer")
    if case.state == Case.State.PROPOSED:
        verb, call = rng.choice(
            [
                ("agree", lambda: proposals.agree(by=town, case=case)),
                ("turn_down", lambda: proposals.turn_down(by=town, case=case, words="不用了")),
                ("call_back", lambda: proposals.call_back(by=town, case=case)),
            ]
        )
    elif not case.waits:
        last = case.tasks.order_by("-done_at", "-pk")[0]
        verb, call = "undo", lambda: actions.undo(by=officer(last.role), case=case)
    else:
        verb, call = rng.choice(_of_open(case, town, hers))
    attempt(say, verb, call, Refused)


def _any_case(rng: random.Random) -> Case | None:
    """Mostly one that somebody has begun to work on, so that few batches are."""
    begun = Case.objects.exclude(state=Case.State.PROPOSED).exclude(state=Case.State.WITHDRAWN)
    found = list(begun.order_by("-pk")[:30]) if rng.random() < 0.85 else []
    found = found or list(Case.objects.filter(state=Case.State.PROPOSED).order_by("pk")[:5])
    return rng.choice(found) if found else None


def _of_open(case: Case, town: Any, hers: Any) -> list[tuple[str, Any]]:
    decide = ("decide", lambda: actions.decide(by=hers, case=case, result="granted", reason="核对过"))
    refuse = ("decide", lambda: actions.decide(by=hers, case=case, result="refused", reason="不符合"))
    return [
        decide,
        refuse,
        ("claim", lambda: actions.claim(by=hers, case=case)),
        ("accept", lambda: actions.accept(by=hers, case=case)),
        ("accept", lambda: actions.accept(by=hers, case=case)),
        ("hand_back", lambda: actions.hand_back(by=hers, case=case, item="phone")),
        ("receive", lambda: actions.receive(by=hers, case=case, item="phone")),
        ("forward", lambda: actions.forward(by=hers, case=case, role="education_county", words="请看")),
        ("withdraw", lambda: actions.withdraw(by=town, case=case, words="不办了")),
        ("undo", lambda: actions.undo(by=hers, case=case)),
    ]


def wrong(acknowledged: list[dict[str, Any]], whole: bool) -> list[str]:
    return journal_is_broken(acknowledged, whole) + casework_is_broken()


def casework_is_broken() -> list[str]:
    """Gaps in the numbers, queues and tasks that disagree, halves of batches, history and journal that disagree."""
    return [*_ends(), *_numbers(), *_queues(), *_batches(), *_histories(), *_decisions()]


def _ends() -> list[str]:
    """Nothing happens to a withdrawn case but that it is undone."""
    found, last = [], dict[int, str]()
    for key, verb in Event.objects.order_by("pk").values_list("case_id", "verb"):
        if last.get(key) == "withdrawn" and verb not in ("undone", "appealed"):
            found.append(f"case {key}: {verb} after it was withdrawn")
        last[key] = verb
    return found


def _numbers() -> list[str]:
    found = []
    for counter in Counter.objects.all():
        numbers = Case.objects.filter(number__startswith=f"{counter.year}-").values_list("number", flat=True)
        given = sorted(int(number.partition("-")[2]) for number in numbers)
        if given != list(range(1, counter.last + 1)):
            found.append(f"{counter.year}: {len(given)} numbers up to {given[-1:]}, counter {counter.last}")
    return found


def _queues() -> list[str]:
    tasks: dict[int, list[tuple[str, str]]] = {}
    for case, role, division in Task.objects.filter(done_at=None).values_list("case_id", "role", "division_code"):
        tasks.setdefault(case, []).append((role, division))
    found = []
    for key, state, role, division in Case.objects.values_list("pk", "state", "role", "division_code"):
        expected = [] if state in STATES_OF_NONE else [(role, division)]
        if tasks.pop(key, []) != expected:
            found.append(f"case {key} ({state}) stands in {role} {division}, its open tasks elsewhere")
    return found + [f"tasks of cases that are not there: {tasks}"] * bool(tasks)


def _batches() -> list[str]:
    cases: dict[int, list[int]] = {}
    for batch, key in Case.objects.exclude(batch=None).values_list("batch_id", "pk"):
        cases.setdefault(batch, []).append(key)
    events: dict[str, set[int]] = {"opened": set(), "undone": set()}
    for verb, key in Event.objects.filter(verb__in=events).values_list("verb", "case_id"):
        events[verb].add(key)
    with_task = set(Task.objects.values_list("case_id", flat=True))
    found = []
    for batch in Batch.objects.all():
        hers = set(cases.pop(batch.pk, []))
        if len(hers) != batch.count or not hers <= events["opened"] or not hers <= with_task:
            found.append(f"batch {batch.pk} is half there: {len(hers)} of {batch.count} cases")
        if batch.undone_at and not hers <= events["undone"]:
            found.append(f"batch {batch.pk} is half taken back")
    return found


def _histories() -> list[str]:
    """Each line of a case's history has its line in the journal, and the other way round."""
    numbers = dict(Case.objects.values_list("pk", "number"))
    told = Count((numbers[key], verb) for key, verb in Event.objects.values_list("case_id", "verb"))
    lines = Entry.objects.filter(verb__startswith="case.").values_list("detail", "verb")
    named = ((detail["case"], verb.removeprefix("case.")) for detail, verb in lines if "case" in detail)
    kept = Count(line for line in named if line[1] not in JOURNAL_ONLY)
    return [f"history and journal disagree: {(told - kept) + (kept - told)}"] if told != kept else []


def _decisions() -> list[str]:
    decided = Event.objects.filter(verb="decided").values_list("detail", flat=True)
    told = Count(detail["decision"] for detail in decided)
    kept = Count(Decision.objects.values_list("pk", flat=True))
    return [f"decisions without history, or twice: {(told - kept) + (kept - told)}"] if told != kept else []
