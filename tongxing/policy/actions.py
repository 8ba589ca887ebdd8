"""The night's evaluation, who begins it, and a resident's no."""

from __future__ import annotations

import time
from datetime import date, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tongxing.accounts.access import Actor, check_may
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.journal.actions import record
from tongxing.lib.progress import step
from tongxing.policy.models import Declined, Night, Run
from tongxing.policy.night import History, Snapshot, evaluate
from tongxing.policy.program import program
from tongxing.registry.facts import fact_tables
from tongxing.registry.models import Person
from tongxing.registry.queries import check_person
from tongxing.warehouse.store import write_folder

RECEIVED_BEFORE = """
SELECT fact, COALESCE(person_id, household_id) FROM registry_status
WHERE fact LIKE 'receives_%%' AND until_date IS NOT NULL AND until_date <= %s
"""


def run_night(*, as_of: date, by: Actor | None = None) -> Run:
    """1 take a snapshot of facts  2 evaluate every policy  3 write both  4 leave a row that says so.

    Running twice makes a second run of the same day; the newest counts. Nothing is visible before step 4.
    """
    if by is not None:
        check_may(by, Right.RUN_NIGHTLY)
    started = time.monotonic()
    with step("收集每个人的事实"):
        tables = fact_tables(as_of)
        snapshot = Snapshot(tables.persons, tables.households, tables.employers)
    with step("按每条政策核对"):
        results = evaluate(program(as_of), snapshot, _history(as_of))
    with step("写下快照和名单"):
        folder = _folder(as_of)
        facts = {"persons": tables.persons, "households": tables.households, "employers": tables.employers}
        about = {"as_of": as_of.isoformat(), "pack": pack(settings.PACK).digest, "persons": tables.persons.num_rows}
        write_folder(folder, facts | results, about)
    holders = int(np.count_nonzero(tables.persons.column("has_cert").to_numpy(zero_copy_only=False)))
    return _finish(as_of, folder, (tables.persons.num_rows, holders), time.monotonic() - started, by)


@transaction.atomic
def claim_night(*, due: date, now: datetime) -> bool:
    """Whether this caller begins the night of that date; of two at the same moment, one. The insert is the claim."""
    if Night.objects.filter(due_date=due).exists():
        return False
    try:
        with transaction.atomic():
            Night.objects.create(due_date=due, begun_at=now)
    except IntegrityError:  # the other one was faster by a moment
        return False
    return True


@transaction.atomic
def _finish(as_of: date, folder: Path, size: tuple[int, int], seconds: float, by: Actor | None) -> Run:
    run = Run.objects.create(
        as_of_date=as_of,
        folder=folder.name,
        pack_digest=pack(settings.PACK).digest,
        persons=size[0],
        holders=size[1],
        seconds=round(seconds, 2),
    )
    record(by=by, verb="policy.night", subject=f"run:{run.pk}", as_of=as_of.isoformat(), pack=run.pack_digest)
    return run


def _folder(as_of: date) -> Path:
    stamp = timezone.now().strftime("%H%M%S%f")
    folder: Path = settings.DATA / "runs" / f"{as_of.isoformat()}-{stamp}"
    return folder


def _history(as_of: date) -> History:
    with connection.cursor() as cursor:
        cursor.execute(RECEIVED_BEFORE, [as_of])
        before = _grouped((fact.removeprefix("receives_"), unit) for fact, unit in cursor.fetchall())
    said_no = Declined.objects.filter(withdrawn_at=None).values_list("policy", "person_id")
    shared = frozenset(name for name, policy in pack(settings.PACK).policies.items() if policy.shared_list)
    return History(before, _grouped(said_no), shared)


def _grouped(pairs: object) -> dict[str, npt.NDArray[np.int64]]:
    units: dict[str, list[int]] = {}
    for policy, unit in pairs:  # type: ignore[attr-defined]
        units.setdefault(policy, []).append(unit)
    return {policy: np.array(ids, "i8") for policy, ids in units.items()}


@transaction.atomic
def decline(*, person: Person, policy: str, words: str, by: Actor) -> Declined:
    """Writes down that the person does not want a benefit, in their words. The right itself stays."""
    check_person(by, person, Right.RECORD_DECLINED, Right.OWN_AFFAIRS)
    declined, _ = Declined.objects.get_or_create(
        person=person,
        policy=policy,
        withdrawn_at=None,
        defaults={"words": words, "told_date": timezone.localdate(), "recorded_by_id": by.user_id},
    )
    record(by=by, verb="policy.declined", subject=f"person:{person.pk}", policy=policy)
    return declined


@transaction.atomic
def want_again(*, declined: Declined, by: Actor) -> Declined:
    """The person changed their mind."""
    check_person(by, declined.person, Right.RECORD_DECLINED, Right.OWN_AFFAIRS)
    Declined.objects.filter(pk=declined.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())
    declined.refresh_from_db()
    record(by=by, verb="policy.wanted_again", subject=f"person:{declined.person_id}", policy=declined.policy)
    return declined
