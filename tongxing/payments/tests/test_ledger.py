"""The ledger: each movement cancels out, nothing in it is ever changed, and its books say where the money is."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Sum

from tongxing.payments.models import Entry, Run
from tongxing.payments.queries import balances
from tongxing.payments.tests.conftest import FEN, Money, a_file, a_row


@pytest.fixture
def run(money: Money) -> Run:
    """Three were sent; one is paid, one came back, of one we do not know."""
    for number in (1, 2, 3):
        money.grant(money.person(number), FEN * number)
    run = money.sent()
    lines = list(run.lines.order_by("number"))
    money.answer(run, a_file(a_row(run, lines[0]), a_row(run, lines[1], "失败", "账号已销户")))
    return run


def test_each_movement_is_two_entries_that_cancel_out(run: Run) -> None:
    moves = Entry.objects.values("movement").annotate(n=Count("pk"), fen=Sum("amount_fen"))
    assert [(move["n"], move["fen"]) for move in moves] == [(2, 0)] * 5


def test_the_books_say_where_the_money_is(run: Run) -> None:
    found = balances(run)
    assert found == {"budget": -4 * FEN, "sent": 3 * FEN, "paid": FEN}
    assert sum(found.values()) == 0


def test_when_all_is_answered_nothing_is_on_its_way(money: Money, run: Run) -> None:
    money.answer(run, a_file(a_row(run, run.lines.get(number=3))))
    assert balances(run)["sent"] == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE payments_entry SET amount_fen = 0",
        "UPDATE payments_entry SET book = 'paid' WHERE id = (SELECT min(id) FROM payments_entry)",
        "DELETE FROM payments_entry",
    ],
)
def test_the_database_refuses_to_change_it(run: Run, statement: str) -> None:
    before = list(Entry.objects.values_list("pk", "book", "amount_fen"))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Entry.objects.values_list("pk", "book", "amount_fen")) == before


def test_also_the_framework_cannot_change_it(run: Run) -> None:
    entry = Entry.objects.first()
    assert entry is not None
    for change in (entry.delete, entry.save, Entry.objects.all().delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_a_run_that_was_not_sent_has_no_entry(money: Money) -> None:
    money.grant(money.person(1))
    assert balances(money.approved()) == {}
