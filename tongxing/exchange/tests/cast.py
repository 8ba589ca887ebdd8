"""Officers and files of departments' lists; the people are those of tests/cast.py."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import xlsxwriter
from django.conf import settings

from tests.cast import *  # noqa: F403
from tests.cast import COUNTY, a_name, id_number, today
from tongxing.accounts.access import Actor
from tongxing.accounts.rights import Right
from tongxing.content.instance import pack
from tongxing.exchange.actions import upload
from tongxing.exchange.models import Batch
from tongxing.exchange.scope import Scope
from tongxing.registry.models import Certificate, Household, ListReceived, Member, Person, Status


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
