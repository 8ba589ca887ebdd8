"""What the preview showed is what is done: good lines go in, bad ones wait, doubtful ones are not stopped."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tongxing.exchange.actions import commit, discard
from tongxing.exchange.lines import Refused
from tongxing.exchange.models import Batch, Change
from tongxing.exchange.tests import cast
from tongxing.journal.models import Entry
from tongxing.registry.models import ListReceived, Status

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _city(city: None) -> None:
    pass


def put_in(batch: Batch, *, skip_bad: bool = False) -> Batch:
    return commit(by=cast.officer(batch.feed), batch=batch, skip_bad=skip_bad)


def active() -> set[int]:
    return set(Status.objects.filter(fact="dibao", until_date=None).values_list("household_id", flat=True))


def test_a_complete_list_starts_stops_and_is_noted_as_received() -> None:
    stays, goes, comes = (cast.new_person(number) for number in range(3))
    cast.on_dibao(stays)
    ended = cast.on_dibao(goes)
    batch = put_in(cast.send_dibao([cast.dibao_row(0), cast.dibao_row(2, since="2025-05-01")]))
    assert active() == {cast.home_of(stays).id, cast.home_of(comes).id}
    ended.refresh_from_db()
    assert ended.until_date == cast.today()
    started = Status.objects.get(household=cast.home_of(comes))
    assert (started.from_date, started.batch, started.received_date) == (date(2025, 5, 1), batch.pk, cast.today())
    assert ListReceived.objects.get().batch == batch.pk
    assert batch.state == Batch.State.COMMITTED


def test_a_changed_first_day_closes_the_old_status_and_keeps_it() -> None:
    person = cast.new_person(1)
    old = cast.on_dibao(person)
    put_in(cast.send_dibao([cast.dibao_row(1, since="2025-03-01")]))
    old.refresh_from_db()
    assert (old.from_date, old.until_date) == (date(2025, 1, 1), cast.today())
    assert Status.objects.get(until_date=None).from_date == date(2025, 3, 1)


def test_the_same_file_again_changes_nothing_and_says_so() -> None:
    cast.new_person(1)
    first = put_in(cast.send_dibao([cast.dibao_row(1)]))
    before = cast.registry()
    again = put_in(cast.send_dibao([cast.dibao_row(1)]))
    assert cast.registry() == before
    assert (first.counts["same_as"], again.counts["same_as"]) == (None, first.pk)
    assert not Change.objects.filter(batch=again).exists()


def test_the_same_content_in_another_file_changes_nothing() -> None:
    cast.new_person(1)
    put_in(cast.send_dibao([cast.dibao_row(1)]))
    before = cast.registry()
    sheet = cast.xlsx_bytes(cast.dibao_header(), [cast.dibao_row(1)])
    again = put_in(cast.send("dibao", sheet, filename="b.xlsx"))
    assert cast.registry() == before
    assert again.counts["same_as"] is None


def test_bad_lines_hold_the_commit_until_they_are_left_out_on_purpose() -> None:
    cast.new_person(1)
    batch = cast.send_dibao([cast.dibao_row(1), cast.dibao_row(2, since="昨天")])
    before = cast.registry()
    with pytest.raises(Refused, match="1 行有错"):
        put_in(batch)
    assert cast.registry() == before
    assert put_in(batch, skip_bad=True).state == Batch.State.COMMITTED
    assert len(active()) == 1


def test_nobody_is_stopped_whose_own_line_is_the_bad_one() -> None:
    by_number, by_name, gone = (cast.new_person(number) for number in range(3))
    for person in (by_number, by_name, gone):
        cast.on_dibao(person)
    wrong_number = cast.id_number(1)[:17] + ("1" if cast.id_number(1)[17] != "1" else "2")
    rows = [cast.dibao_row(0, since="昨天"), cast.dibao_row(1, id_number=wrong_number), cast.dibao_row(9)]
    batch = put_in(cast.send_dibao(rows), skip_bad=True)
    assert active() == {cast.home_of(by_number).id, cast.home_of(by_name).id}
    assert (batch.counts["held"], batch.counts["stop"]) == (2, 1)


def test_a_list_of_one_county_leaves_the_others_alone() -> None:
    far = cast.new_person(1, cast.FAR_VILLAGE)
    cast.on_dibao(far)
    cast.new_person(2)
    put_in(cast.send_dibao([cast.dibao_row(2)]))
    assert cast.home_of(far).id in active()


def test_committing_twice_is_refused_and_changes_nothing() -> None:
    cast.new_person(1)
    batch = put_in(cast.send_dibao([cast.dibao_row(1)]))
    before = cast.registry()
    with pytest.raises(Refused, match="已入库"):
        put_in(batch)
    assert cast.registry() == before


def test_a_preview_that_no_longer_holds_is_refused() -> None:
    person = cast.new_person(1)
    batch = cast.send_dibao([cast.dibao_row(1)])
    cast.on_dibao(person)
    before = cast.registry()
    with pytest.raises(Refused, match="再传一次"):
        put_in(batch)
    assert cast.registry() == before
    batch.refresh_from_db()
    assert batch.state == Batch.State.PREVIEWED


def test_an_older_list_never_covers_a_newer_one() -> None:
    cast.new_person(1)
    put_in(cast.send_dibao([cast.dibao_row(1)]))
    with pytest.raises(Refused, match="旧名单不能盖新名单"):
        cast.send_dibao([cast.dibao_row(1)], as_of_date=cast.today() - timedelta(days=3))


def test_a_discarded_batch_forgets_the_rows_and_cannot_be_committed() -> None:
    cast.new_person(1)
    batch = cast.send_dibao([cast.dibao_row(1)])
    discard(by=cast.officer("dibao"), batch=batch)
    assert not batch.rows.exists()
    with pytest.raises(Refused, match="已放弃"):
        put_in(batch)


def test_each_verb_leaves_one_line_in_the_journal() -> None:
    cast.new_person(1)
    put_in(cast.send_dibao([cast.dibao_row(1)]))
    assert list(Entry.objects.values_list("verb", flat=True)) == ["feed.uploaded", "feed.committed"]


def test_a_failure_in_the_middle_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    cast.on_dibao(cast.new_person(1))
    cast.new_person(2)
    batch = cast.send_dibao([cast.dibao_row(2)])
    before = cast.registry()

    def fail(*_: object) -> int:
        raise RuntimeError("power cut")

    monkeypatch.setattr("tongxing.exchange.actions.committing.keep_changes", fail)
    with pytest.raises(RuntimeError):
        put_in(batch)
    assert cast.registry() == before
    batch.refresh_from_db()
    assert batch.state == Batch.State.PREVIEWED
