"""A list of certificates adds and renews; what was replaced stays as history."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tongxing.exchange import queries
from tongxing.exchange.actions import commit, roll_back
from tongxing.exchange.models import Batch
from tongxing.exchange.tests import cast
from tongxing.lib.identity import certificate_number
from tongxing.lib.pinyin import initials
from tongxing.registry.models import Certificate, Person

pytestmark = pytest.mark.django_db
FIELDS = (
    "name",
    "id_number",
    "certificate_number",
    "category",
    "grade",
    "issued_date",
    "valid_until_date",
    "village_code",
    "state",
)


@pytest.fixture(autouse=True)
def _city(city: None) -> None:
    pass


def row(number: int, reissue: int = 0, changes: dict[str, str] | None = None, **more: str) -> list[str]:
    """Visual impairment of grade 2, issued on 1 May 2024 for ten years."""
    row = (
        {
            "name": cast.a_name(number),
            "id_number": cast.id_number(number),
            "certificate_number": certificate_number(cast.id_number(number), "visual", 2, reissue),
            "category": "视力",
            "grade": "二级",
            "issued_date": "2024-05-01",
            "valid_until_date": "2034-05-01",
            "village_code": "水边村",
            "state": "",
        }
        | (changes or {})
        | more
    )
    return [row[field] for field in FIELDS]


def send(*rows: list[Any]) -> Batch:
    return cast.send("certificates", cast.csv_bytes(cast.header_of("certificates", *FIELDS), rows))


def put_in(batch: Batch, *, skip_bad: bool = False) -> Batch:
    return commit(by=cast.officer("certificates"), batch=batch, skip_bad=skip_bad)


def test_a_first_certificate_is_added() -> None:
    person = cast.new_person(1)
    put_in(send(row(1)))
    (certificate,) = person.certificates.all()
    assert (certificate.category, certificate.grade, certificate.state) == ("visual", 2, "valid")
    assert certificate.number == certificate_number(cast.id_number(1), "visual", 2)


def test_the_same_list_again_changes_nothing() -> None:
    cast.new_person(1)
    put_in(send(row(1)))
    before = cast.registry()
    assert put_in(send(row(1))).counts["unchanged"] == 1
    assert cast.registry() == before


def test_a_reissue_replaces_the_old_one_and_a_roll_back_brings_it_back() -> None:
    person = cast.new_person(1)
    put_in(send(row(1)))
    before = cast.registry()
    batch = put_in(send(row(1, reissue=1, issued_date="2025-06-01")))
    assert set(person.certificates.values_list("state", "issued_date")) == {
        ("replaced", date(2024, 5, 1)),
        ("valid", date(2025, 6, 1)),
    }
    assert batch.counts["change"] == 1
    roll_back(by=cast.officer("certificates"), batch=batch, reason="证还没发")
    assert cast.registry() == before


def test_an_old_list_does_not_bring_back_a_replaced_certificate() -> None:
    person = cast.new_person(1)
    put_in(send(row(1)))
    put_in(send(row(1, reissue=1, issued_date="2025-06-01")))
    put_in(send(row(1)))
    assert person.certificates.get(state="valid").issued_date == date(2025, 6, 1)


def test_a_longer_validity_of_the_same_number_is_written_down() -> None:
    person = cast.new_person(1)
    put_in(send(row(1)))
    put_in(send(row(1, valid_until_date="2044-05-01")))
    assert person.certificates.get().valid_until_date == date(2044, 5, 1)


def test_a_new_holder_is_entered_without_a_household_and_taken_back_whole() -> None:
    before = cast.registry()
    batch = put_in(send(row(1)))
    person = Person.objects.get()
    assert (person.opened("id_number"), person.birth_date) == (cast.id_number(1), date(1980, 1, 1))
    assert (person.village_code, person.memberships.count()) == (cast.VILLAGE, 0)
    assert any("还没有户" in warning for warning in batch.counts["warnings"])
    roll_back(by=cast.officer("certificates"), batch=batch, reason="试传")
    assert cast.registry() == before


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("grade", "五级", "只有一级到四级"),
        ("grade", "三级", "第 20 位"),
        ("category", "听力", "第 19 位"),
        ("category", "眼睛", "可选的词"),
        ("certificate_number", certificate_number(cast.id_number(2), "visual", 2), "前 18 位"),
        ("certificate_number", cast.id_number(1) + "15", "第 20 位是等级"),
        ("issued_date", (cast.today() + timedelta(days=2)).isoformat(), "之后"),
        ("valid_until_date", "2024-04-30", "不晚于发证日期"),
        ("village_code", "没有村", "没有“没有村”"),
    ],
)
def test_a_certificate_that_cannot_be_is_named_with_its_column(field: str, value: str, reason: str) -> None:
    cast.new_person(1)
    (problem,) = queries.all_problems(send(row(1, changes={field: value}), row(3)))
    assert (problem.row, problem.column) == (2, cast.header_of("certificates", field)[0])
    assert reason in problem.message


def test_a_certificate_number_that_belongs_to_somebody_else_is_refused() -> None:
    other = cast.new_person(2)
    put_in(send(row(1), row(2)))
    Certificate.objects.filter(person_id=Person.objects.exclude(pk=other.pk).get().pk).update(
        person=other, state="replaced"
    )
    batch = send(row(1), row(3))
    assert [one.row for one in queries.all_problems(batch)] == [2]


def test_a_cancelled_certificate_is_not_made_valid_by_a_list_without_states() -> None:
    person = cast.new_person(1)
    put_in(send(row(1)))
    person.certificates.update(state="cancelled")
    put_in(send(row(1)))
    assert person.certificates.get().state == "cancelled"


def test_the_old_and_the_new_certificate_may_come_in_one_list() -> None:
    person = cast.new_person(1)
    put_in(send(row(1)))
    before = cast.registry()
    batch = put_in(send(row(1, 1, {"issued_date": "2025-06-01"}), row(1, changes={"state": "已注销"})))
    states = dict(person.certificates.values_list("issued_date", "state"))
    assert states == {date(2024, 5, 1): "cancelled", date(2025, 6, 1): "valid"}
    roll_back(by=cast.officer("certificates"), batch=batch, reason="试传")
    assert cast.registry() == before


def test_a_newcomer_who_looks_like_somebody_held_is_entered_and_the_note_says_whom_to_compare() -> None:
    held = cast.new_person(1)
    Person.objects.filter(pk=held.pk).update(name=cast.a_name(2), initials=initials(cast.a_name(2)))
    batch = send(row(2), row(3))
    notes = dict(batch.rows.values_list("line", "note"))
    assert notes[2].startswith(f"像库里的人员 {held.pk}：姓名和出生日期都一样")
    assert "像库里" not in notes[3]
    assert batch.counts["start"] == 2


def test_a_number_of_a_merged_file_speaks_of_the_file_that_counts() -> None:
    gone, kept = cast.new_person(1), cast.new_person(2)
    Person.objects.filter(pk=gone.pk).update(merged_into=kept)
    Person.objects.filter(pk=kept.pk).update(name=gone.name)
    put_in(send(row(1)))
    assert Certificate.objects.get().person == kept
