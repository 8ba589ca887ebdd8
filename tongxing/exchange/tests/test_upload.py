"""A list is looked at, row by row and cell by cell; nothing of the registry moves before somebody commits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tongxing.exchange import queries
from tongxing.exchange.lines import Refused
from tongxing.exchange.models import Batch, Row
from tongxing.exchange.tests import cast
from tongxing.journal.models import Entry
from tongxing.lib.identity import check_digit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _city(city: None) -> None:
    pass


def swapped_digit(number: str) -> str:
    """The same ID with another, wrong last character."""
    return number[:17] + next(last for last in "0123456789X" if last != number[17])


def found(batch: Batch) -> set[tuple[int, str]]:
    return {(one.row, one.column) for one in queries.all_problems(batch)}


def test_the_preview_tells_who_starts_stops_changes_and_stays() -> None:
    people = [cast.new_person(number) for number in range(4)]
    for person in people[:3]:
        cast.on_dibao(person)
    before = cast.registry()
    batch = cast.send_dibao([cast.dibao_row(1), cast.dibao_row(2, since="2025-03-01"), cast.dibao_row(3)])
    counts = batch.counts
    assert (counts["start"], counts["stop"], counts["change"], counts["unchanged"]) == (1, 1, 1, 1)
    assert batch.state == Batch.State.PREVIEWED
    assert cast.registry() == before


def test_thirty_seven_planted_errors_are_all_named_by_row_and_column() -> None:
    for at in range(60):
        cast.new_person(at)
    name, number, since = cast.dibao_header()
    rows = [cast.dibao_row(at) for at in range(5000)]
    planted: set[tuple[int, str]] = set()
    mistakes: list[tuple[range, str, Callable[[int], dict[str, Any]]]] = [
        (range(100, 110), number, lambda at: {"id_number": swapped_digit(cast.id_number(at))}),
        (range(200, 208), since, lambda at: {"since": "2025-13-01"}),
        (range(300, 305), name, lambda at: {"name": ""}),
        (range(400, 408, 2), number, lambda at: {"id_number": cast.id_number(at - 1)}),
        (range(40, 45), name, lambda at: {"name": "不对人"}),
        (range(500, 503), since, lambda at: {"since": (cast.today() + timedelta(days=9)).isoformat()}),
        (range(600, 601), number, lambda at: {"id_number": ""}),
        (range(601, 602), number, lambda at: {"id_number": "4.59902E+17"}),
    ]
    for places, column, mistake in mistakes:
        for at in places:
            rows[at] = cast.dibao_row(at, **mistake(at))
            planted.add((at + 2, column))
    assert len(planted) == 37
    batch = cast.send_dibao(rows)
    assert found(batch) == planted
    assert (batch.counts["bad"], batch.counts["good"]) == (37, 4963)
    assert len(queries.all_problems(batch)) == 37


def test_each_message_says_how_to_put_it_right() -> None:
    bad = cast.dibao_row(1, id_number=swapped_digit(cast.id_number(1)), since="25-1-1")
    for problem in queries.all_problems(cast.send_dibao([bad, cast.dibao_row(2)])):
        assert "请" in problem.message
        assert cast.id_number(1)[:17] not in problem.message


def test_a_row_without_a_person_in_the_registry_is_passed_over_not_wrong() -> None:
    batch = cast.send_dibao([cast.dibao_row(5)])
    assert (batch.counts["not_ours"], batch.counts["bad"]) == (1, 0)


def test_a_second_member_of_the_household_counts_once() -> None:
    first, second = cast.new_person(1), cast.new_person(2, with_household=False)
    cast.join(second, cast.home_of(first), "spouse")
    batch = cast.send_dibao([cast.dibao_row(1), cast.dibao_row(2)])
    assert (batch.counts["start"], batch.counts["unchanged"]) == (1, 1)


def test_a_person_of_another_county_is_a_problem_of_the_row() -> None:
    cast.new_person(1, cast.FAR_VILLAGE)
    batch = cast.send_dibao([cast.dibao_row(1), cast.dibao_row(2)])
    assert [one.row for one in queries.all_problems(batch)] == [2]


def test_a_file_without_one_good_row_is_quarantined() -> None:
    batch = cast.send_dibao([cast.dibao_row(1, since="昨天")])
    assert batch.state == Batch.State.QUARANTINED


def test_xlsx_and_gb18030_give_the_same_as_utf8() -> None:
    cast.new_person(1)
    rows, day = [cast.dibao_row(1)], cast.today() - timedelta(days=30)
    sheet = cast.xlsx_bytes(cast.dibao_header(), [[*rows[0][:2], day]])
    assert cast.send("dibao", sheet, filename="名单.xlsx").counts["start"] == 1
    assert cast.send("dibao", cast.csv_bytes(cast.dibao_header(), rows, "gb18030")).counts["start"] == 1


def test_no_number_of_a_person_stands_in_the_rows_or_the_journal() -> None:
    cast.new_person(1)
    batch = cast.send_dibao([cast.dibao_row(1), cast.dibao_row(2, since="昨天")])
    kept = str(list(Row.objects.values())) + str(list(Batch.objects.values())) + str(list(Entry.objects.values()))
    for number in (1, 2):
        assert cast.id_number(number) not in kept
        assert cast.a_name(number) not in kept
    assert Entry.objects.get().subject == f"batch:{batch.pk}"


def test_cells_of_a_row_open_only_at_their_own_row() -> None:
    batch = cast.send_dibao([cast.dibao_row(1), cast.dibao_row(2)])
    first, second = batch.rows.order_by("line")
    Row.objects.filter(pk=first.pk).update(cells_sealed=second.cells_sealed)
    with pytest.raises(Exception, match="密文打不开"):
        queries.kept_cells(batch)


def test_a_list_of_a_day_to_come_is_refused() -> None:
    with pytest.raises(Refused, match="还没到"):
        cast.send_dibao([cast.dibao_row(1)], as_of_date=cast.today() + timedelta(days=1))


def test_a_list_that_ends_most_statuses_is_warned_of() -> None:
    for number in range(10):
        cast.on_dibao(cast.new_person(number))
    batch = cast.send_dibao([cast.dibao_row(1)])
    assert any("停掉 9 个" in warning for warning in batch.counts["warnings"])


def test_check_digits_of_the_cast_are_right() -> None:
    assert all(check_digit(cast.id_number(at)[:17]) == cast.id_number(at)[17] for at in (0, 899, 900, 50_000))
