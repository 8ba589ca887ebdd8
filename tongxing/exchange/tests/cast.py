"""A very small city for lists: two counties, households of one or two, and files as departments send them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils import timezone

from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.exchange.actions import upload
from tongxing.exchange.models import Batch
from tongxing.exchange.scope import Scope
from tongxing.lib.identity import certificate_number, check_digit
from tongxing.organisation.models import Division
from tongxing.registry.keys import ring
from tongxing.registry.models import Certificate, Household, ListReceived, Member, Person, Status

CITY, COUNTY, OTHER_COUNTY = "459900000000", "459921000000", "459922000000"
VILLAGE, NEXT_VILLAGE, FAR_VILLAGE = "459921100201", "459921100202", "459922100201"
DIVISIONS = [
    (CITY, "示例市", "city", None),
    (COUNTY, "甲县", "county", CITY),
    ("459921100000", "东风镇", "township", COUNTY),
    (VILLAGE, "水边村", "village", "459921100000"),
    (NEXT_VILLAGE, "山下村", "village", "459921100000"),
    (OTHER_COUNTY, "乙县", "county", CITY),
    ("459922100000", "西关镇", "township", OTHER_COUNTY),
    (FAR_VILLAGE, "桥头村", "village", "459922100000"),
]
SURNAMES, GIVEN = "黄陈李梁吴劳苏林张王", "甲乙丙丁戊己庚辛壬癸"


def today() -> date:
    return timezone.localdate()


def build_divisions() -> None:
    for code, name, level, parent in DIVISIONS:
        Division.objects.create(code=code, name=name, level=level, parent_id=parent)


def id_number(number: int, birth: date = date(1980, 1, 1)) -> str:
    """Distinct for each number below 900 × 999; valid in form, of a division that never was."""
    code, sequence = divmod(number, 900)
    digits = f"4599{code % 90 + 10}{birth:%Y%m%d}{sequence + 100:03}"
    return digits + check_digit(digits)


def a_name(number: int) -> str:
    tens, ones = divmod(number, 10)
    return SURNAMES[ones] + GIVEN[tens % 10] + GIVEN[tens // 10 % 10]


def new_person(number: int, village: str = VILLAGE, *, with_household: bool = True) -> Person:
    """Person number `number` of the cast, alone in a household."""
    code, keys, id_ = id_number(number), ring(), 10**12 + number
    person = Person.objects.create(
        id=id_,
        name=a_name(number),
        initials="X",
        sex="male",
        hukou="rural",
        local_hukou=True,
        birth_date=date(1980, 1, 1),
        village_code=village,
        id_number_sealed=keys.seal(code, place=f"person.id_number.{id_}"),
        id_number_index=keys.blind_index("id_number", code),
        registered_date=date(2020, 1, 1),
    )
    if with_household:
        household = Household.objects.create(id=2 * 10**12 + number, village_code=village)
        join(person, household)
    return person


def certify(person: Person) -> Certificate:
    """A valid certificate, visual impairment of grade 2, for ten years."""
    number = certificate_number(person.opened("id_number") or "", "visual", 2)
    return Certificate.objects.create(
        person=person,
        number_sealed=ring().seal(number, place=f"certificate.number.{person.id}"),
        number_index=ring().blind_index("certificate", number),
        category="visual",
        grade=2,
        issued_date=date(2024, 5, 1),
        valid_until_date=date(2034, 5, 1),
        source="残联",
        received_date=date(2024, 5, 2),
    )


def join(person: Person, household: Household, relation: str = "head") -> None:
    Member.objects.create(household=household, person=person, relation=relation, from_date=date(2020, 1, 1))


def home_of(person: Person) -> Household:
    return Household.objects.get(members__person=person)


def on_dibao(person: Person, since: date = date(2025, 1, 1)) -> Status:
    """The household of this person is on the list already."""
    return Status.objects.create(
        household=home_of(person), fact="dibao", value="true", from_date=since, source="民政", received_date=since
    )


def officer(feed: str, division: str = COUNTY) -> Actor:
    """Who may send this feed for this area."""
    return Actor(
        user_id=7,
        name="周姐",
        role="officer",
        role_name="县里的经办",
        department=pack(settings.PACK).feeds[feed].department,
        division_code=division,
        purpose="feeds",
        people="all",
        rights=frozenset({Right.SEND_FEEDS}),
    )


def header_of(feed: str, *fields: str) -> list[str]:
    """The pack's own names of these columns."""
    names: dict[str, str] = {column.field: column.name for column in pack(settings.PACK).feeds[feed].columns}
    return [names[field] for field in fields]


def first_day_field(feed: str) -> str:
    """The field of the feed that holds the first day of the status."""
    scope = Scope(pack(settings.PACK).feeds[feed], COUNTY, today(), today(), 0)
    assert scope.from_field
    return scope.from_field


def dibao_row(number: int, since: str = "2025-01-01", **changes: Any) -> list[Any]:
    row = {"name": a_name(number), "id_number": id_number(number), "since": since} | changes
    return [row["name"], row["id_number"], row["since"]]


def dibao_header() -> list[str]:
    return header_of("dibao", "name", "id_number", first_day_field("dibao"))


def csv_bytes(header: Sequence[str], rows: Sequence[Sequence[Any]], encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode(encoding)


def xlsx_bytes(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    """Texts as texts, days as Excel days."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet()
    for at, row in enumerate([header, *rows]):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(at, place, cell, day)
            elif isinstance(cell, str):
                sheet.write_string(at, place, cell)
            else:
                sheet.write(at, place, cell)
    book.close()
    return file.getvalue()


def send(feed: str, content: bytes, **changes: Any) -> Batch:
    """Uploaded by somebody who may, for county 甲, as of today."""
    call: dict[str, Any] = {
        "by": officer(feed),
        "feed": feed,
        "filename": "名单.csv",
        "content": content,
        "as_of_date": today(),
        "division_code": COUNTY,
    } | changes
    return upload(**call)


def send_dibao(rows: Sequence[Sequence[Any]], **changes: Any) -> Batch:
    return send("dibao", csv_bytes(dibao_header(), rows), **changes)


def list_came(division: str = COUNTY, days_ago: int = 1) -> ListReceived:
    day = today() - timedelta(days=days_ago)
    return ListReceived.objects.create(
        fact="dibao", division_code=division, as_of_date=day, received_date=day, source="民政"
    )


@dataclass(frozen=True)
class Registry:
    """Everything that a list may change, to compare before and after."""

    rows: Mapping[str, list[dict[str, Any]]]


def registry() -> Registry:
    models = (Person, Certificate, Status, ListReceived, Household, Member)
    return Registry({model.__name__: [dict(row) for row in model.objects.order_by("pk").values()] for model in models})
