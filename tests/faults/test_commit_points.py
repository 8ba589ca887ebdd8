"""A verb that is cut off at any of its writes leaves nothing behind (R2)."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from tests.faults.work import feeds
from tests.faults.work import payments as money
from tests.faults.work.common import hire, officer
from tongxing.casework import actions, catalogue
from tongxing.casework.clocks import today
from tongxing.casework.models import Batch, Case
from tongxing.casework.models import Decision as Decided
from tongxing.payments.models import Run as PayRun
from tongxing.policy.models import Run
from tongxing.policy.queries.gaps import Filter
from tongxing.proposals import actions as proposals
from tongxing.residents.voices import is_asked

pytestmark = pytest.mark.django_db
MANY, MONTHLY = "rehab_service", "living_allowance"
WRITES = ("INSERT", "UPDATE", "DELETE")


class Cut(Exception):
    """The process ends here, as far as the verb can tell."""


@contextmanager
def cut_after(number: int) -> Iterator[list[str]]:
    """The write with this number is done, and then everything stops. Gives the tables written to."""
    written: list[str] = []

    def wrapper(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        if sql.lstrip().upper().startswith(WRITES):
            written.append(sql.split('"')[1])
            if len(written) == number:
                raise Cut
        return result

    with connection.execute_wrapper(wrapper):
        yield written


def rows_of(table: str) -> str:
    """A fingerprint of every row."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}" ORDER BY 1')
        return sha256(repr(cursor.fetchall()).encode()).hexdigest()


def cut_everywhere(verb: Callable[[], Any]) -> set[str]:
    """Cuts the verb at its first write, its second …, until it comes through; the tables that it wrote to."""
    before = {model._meta.db_table: rows_of(model._meta.db_table) for model in apps.get_models()}
    for number in range(1, 500):
        with cut_after(number) as written:
            try:
                verb()  # in no transaction but its own, or what it leaves behind would be hidden
            except Cut:
                left = [table for table in set(written) if rows_of(table) != before[table]]
                assert not left, f"write {number}, to {written[-1]}, left something in {left}"
                continue
        assert len(written) < number, f"the verb went on after write {number} failed"
        assert any(rows_of(table) != before[table] for table in set(written))
        return set(written)
    raise AssertionError("the verb never ends")


@pytest.fixture(autouse=True)
def _officers(city: Run, db: None) -> None:
    hire(2)


def opened(city: Run, policy: str, role: str = "township_officer") -> Batch:
    return proposals.open_from_gaps(by=officer(role), run=city, wanted=Filter(policy=policy))


def at_the_last_step(city: Run, policy: str) -> Case:
    """A proposal to which the person said yes and that went up to who decides."""
    cases = opened(city, policy).cases.select_related("person")
    case = next(case for case in cases if not is_asked(case.person, today()))  # heard first, or nobody decides
    proposals.agree(by=officer("township_officer"), case=case)
    case.refresh_from_db()
    while case.role != str(catalogue.service_of(case).steps[-1].role):
        actions.accept(by=officer(case.role), case=case)
        case.refresh_from_db()
    return case


def test_opening_a_list_of_twenty(city: Run) -> None:
    written = cut_everywhere(lambda: opened(city, MANY))
    assert Batch.objects.get().count >= 20
    assert {"casework_case", "casework_task", "casework_event", "journal_entry"} <= written


def test_taking_a_batch_back(city: Run) -> None:
    batch = opened(city, MANY)
    by = officer("township_officer")
    cut_everywhere(lambda: proposals.undo_batch(by=by, batch=Batch.objects.get(pk=batch.pk)))


@pytest.mark.parametrize("policy", [MANY, MONTHLY])
@pytest.mark.parametrize("result", ["granted", "refused"])
def test_deciding(city: Run, policy: str, result: str) -> None:
    case = at_the_last_step(city, policy)
    by = officer(case.role)
    decide = {"by": by, "result": result, "reason": "核对过"}
    cut_everywhere(lambda: actions.decide(case=Case.objects.get(pk=case.pk), **decide))
    assert Decided.objects.filter(case=case).count() == 1


def test_undoing_a_decision(city: Run) -> None:
    case = at_the_last_step(city, MANY)
    by = officer(case.role)
    actions.decide(by=by, case=case, result="granted")
    cut_everywhere(lambda: actions.undo(by=by, case=Case.objects.get(pk=case.pk)))


def test_committing_a_list_and_taking_it_back() -> None:
    batch, by = feeds.upload(random.Random(1)), officer(feeds.SENDER)
    fresh = feeds.Batch.objects.filter(pk=batch.pk)
    cut_everywhere(lambda: feeds.actions.commit(by=by, batch=fresh.get(), skip_bad=True))
    cut_everywhere(lambda: feeds.actions.roll_back(by=by, batch=fresh.get(), reason="传错了"))


def test_sending_a_list() -> None:
    cut_everywhere(lambda: feeds.upload(random.Random(1)))


def test_a_month_of_payments_from_building_to_the_banks_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    month = money.next_month()
    monkeypatch.setattr(money.months, "this_month", lambda: month)
    cut_everywhere(lambda: money.actions.build(by=officer(money.BUILDER), month=month))
    run = PayRun.objects.filter(month=month)
    cut_everywhere(lambda: money.actions.build(by=officer(money.BUILDER), month=month))
    cut_everywhere(lambda: money.actions.approve(by=officer(money.FIRST), run=run.get()))
    cut_everywhere(lambda: money.actions.approve(by=officer(money.SECOND), run=run.get()))
    banker = officer(money.BANKER, 2)
    cut_everywhere(lambda: money.actions.bank_file(by=banker, run=run.get()))
    content = money.answer(run.get(), half=False)
    reply = {"by": banker, "name": "回单.csv", "content": content}
    cut_everywhere(lambda: money.actions.bank_returns(run=run.get(), **reply))
