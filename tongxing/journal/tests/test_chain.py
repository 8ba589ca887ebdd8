"""S13: the journal can only grow, and any change of what was written is found, a cut at the end included."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from tongxing.journal.actions import Note, record, record_many
from tongxing.journal.anchors import anchor, anchor_file
from tongxing.journal.models import Entry
from tongxing.journal.queries import first_break

pytestmark = pytest.mark.django_db
GUARDS = ("journal_no_update", "journal_no_delete")


@pytest.fixture
def ten_entries() -> list[Entry]:
    return record_many(by=None, notes=[Note("registry.looked", f"person:{i}", {"step": i}) for i in range(10)])


def break_in(sql: str) -> None:
    """Somebody with the database's own password, the guards taken off."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER journal_no_change")
        else:
            for guard in GUARDS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard}")
        cursor.execute(sql)
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE journal_entry ENABLE TRIGGER journal_no_change")


def test_an_untouched_journal_is_whole(ten_entries: list[Entry]) -> None:
    record(by=None, verb="accounts.signed_in")
    assert [entry.number for entry in Entry.objects.order_by("number")] == list(range(1, 12))
    assert first_break() is None


@pytest.mark.parametrize("sql", ["UPDATE journal_entry SET verb = 'x' WHERE number = 3", "DELETE FROM journal_entry"])
def test_the_database_itself_refuses_to_change_it(ten_entries: list[Entry], sql: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    ("sql", "number"),
    [
        ("UPDATE journal_entry SET verb = 'x' WHERE number = 4", 4),
        ("DELETE FROM journal_entry WHERE number = 6", 6),
        ("UPDATE journal_entry SET subject = 'person:1' WHERE number = 10", 10),
    ],
)
def test_an_edit_or_a_gap_is_named_by_its_number(ten_entries: list[Entry], sql: str, number: int) -> None:
    break_in(sql)
    broken = first_break()
    assert broken is not None
    assert broken.number == number


def test_a_cut_at_the_end_shows_against_the_anchor(ten_entries: list[Entry]) -> None:
    assert anchor() == 10
    break_in("DELETE FROM journal_entry WHERE number > 7")
    broken = first_break()
    assert broken is not None
    assert broken.number == 8


def test_a_forged_anchor_is_refused(ten_entries: list[Entry]) -> None:
    anchor()
    anchor_file().write_text(anchor_file().read_text().replace('"number": 10', '"number": 9'))
    with pytest.raises(ValueError, match="签名"):
        first_break()
