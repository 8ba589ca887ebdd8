"""S9, S10, S11, S14: no page, file or row of the database tells a number; each look at a person is one entry."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import pyarrow.parquet as pq
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.access.files import file_of
from tests.access.objects import content
from tests.access.reading import read
from tongxing.exchange.tests.cast import csv_bytes, dibao_header, id_number
from tongxing.journal.models import Entry
from tongxing.lib.crypto import SealBroken
from tongxing.policy.models import Run
from tongxing.registry.models import Certificate, Person
from tongxing.registry.queries import household_of

ROLES = [role for role, said in content("roles.yaml").items() if said.get("demo")]
LOOKING = ["village_worker", "federation_county", "education_city"]
FIELDS = ("id_number", "phone", "account", "address")
ALONE = r"(?<![0-9A-Za-z]){}(?![0-9A-Za-z])"
NUMBERS = re.compile("|".join(ALONE.format(one) for one in (r"\d{17}[\dXx]", r"1[3-9]\d{9}", r"\d{16,20}(?:[BX]\d)?")))
ID, PHONE = "450521199001011237", "13800138000"
PAGES = 120
Enter = Callable[[str | None], Client]


def opened(person: Person) -> dict[str, str]:
    return {field: text for field in FIELDS if (text := person.opened(field))}


@pytest.fixture
def sealed(city: Run, db: None) -> set[str]:
    """Everything that is sealed in this city, in plain."""
    texts = {text for person in Person.objects.all() for text in opened(person).values()}
    return texts | {certificate.number for certificate in Certificate.objects.all()}


def kind_of(url: str) -> tuple[str, ...]:
    """Addresses of one kind differ only by numbers and by what a filter is set to."""
    parts = urlsplit(url)
    return re.sub(r"\d+", "9", parts.path), *sorted(key for key, _ in parse_qsl(parts.query))


NOT_OF_OFFICERS = (
    "/my/",
    "/apply/",
    "/find/",
    "/plan/",
)  # residents and the public, crawled elsewhere


def crawl(client: Client, starts: list[str]) -> Iterator[tuple[str, Any]]:
    """Up to PAGES answers that links lead to; every kind of address has its turn, so that none crowds out another."""
    seen: set[str] = set(starts)
    waiting: dict[tuple[str, ...], deque[str]] = {kind_of(url): deque([url]) for url in starts}
    count = 0
    while count < PAGES and any(waiting.values()):
        for urls in [urls for urls in waiting.values() if urls]:
            url = urls.popleft()
            response = client.get(url, follow=True)
            count += 1
            yield url, response
            for link in read(response.content.decode()).links if "html" in response["Content-Type"] else []:
                found = urljoin(url, link.href).split("#")[0]
                if found.startswith("/") and not found.startswith(NOT_OF_OFFICERS) and found not in seen:
                    seen.add(found)
                    waiting.setdefault(kind_of(found), deque()).append(found)


def cells(file: bytes) -> str:
    sheets = CalamineWorkbook.from_filelike(BytesIO(file))
    return "\n".join(
        str(cell) for name in sheets.sheet_names for row in sheets.get_sheet_by_name(name).to_python() for cell in row
    )


def told(response: Any) -> str:
    """What an answer says, whether page, sheet or letter."""
    if "spreadsheet" in response["Content-Type"]:
        return cells(response.content)
    return response.content.decode() if "html" in response["Content-Type"] else ""


def prepared(client: Client, city: Run) -> list[str]:
    """A case and a preview of a list with wrong numbers, by those who may make them; where the crawl begins."""
    starts = ["/desk/home/", "/"]
    first = re.search(r"/desk/people/(\d+)/", client.get("/desk/people/?q=黄").content.decode())
    if first:
        starts += [f"/desk/people/{first[1]}/", f"/desk/people/{first[1]}/file/"]
        opening = client.post(f"/desk/people/{first[1]}/apply/", {"service": "living_allowance"})
        starts += [opening["Location"]] if opening.status_code == 302 else []
    rows = [["黄甲", ID, "2025-01-01"], ["黄乙", id_number(1), "2025-01-01"], ["黄丙", "99" + ID, "x"]]
    file = SimpleUploadedFile("dibao.csv", csv_bytes(dibao_header(), rows))
    sent = client.post("/desk/feeds/dibao/upload/", {"file": file, "as_of": "2026-01-01"})
    return starts + ([sent["Location"]] if sent.status_code == 302 else [])


@pytest.mark.parametrize("role", ROLES)
def test_no_page_or_file_tells_a_number_or_an_address(role: str, city: Run, sealed: set[str], client_of: Enter) -> None:
    client, wrong, kinds = client_of(role), [], set()
    addresses = {text for text in sealed if not text[:2].isdigit()}
    for url, response in crawl(client, prepared(client, city)):
        text = told(response)
        kinds.add(kind_of(url))
        own = text if "errors" not in url else ""  # the sender's own file with our remarks
        wrong += [f"{url}: {found[0]}" for found in NUMBERS.finditer(own)]
        wrong += [f"{url}: an address" for address in addresses if address in text]
        if "html" in response["Content-Type"]:
            wrong += [f"{url}: title {text}" for text in re.findall(r"\d{6,}|\*", read(text).title)]
        if response.status_code >= 400:
            wrong.append(f"{url}: {response.status_code}")
    assert wrong == []
    assert len(kinds) >= 4


def test_the_crawl_would_notice_a_number(sealed: set[str], client_of: Enter) -> None:
    """The one answer that does tell a number: one field, one person, not kept in any cache, never in the title."""
    client = client_of("federation_county")
    person = next(p for p in visible_to(client) if len(opened(p)) >= 3)
    for field, plain in opened(person).items():
        response = client.post(f"/desk/people/{person.pk}/unmask/", {"field": field})
        others = set(opened(person).values()) - {plain}
        assert plain in told(response)
        assert not [other for other in others if other in told(response)]
        assert field == "address" or NUMBERS.search(told(response))
        assert "no-store" in response["Cache-Control"]
        assert plain not in read(told(response)).title
        assert plain not in told(client.get(f"/desk/people/{person.pk}/file/"))


def visible_to(client: Client) -> list[Person]:
    found = re.findall(r"/desk/people/(\d+)/", client.get("/desk/people/?q=黄").content.decode())
    return list(Person.objects.filter(pk__in=found))


@pytest.mark.parametrize("kind", ["missing", "wrong", "unknown", "declined"])
def test_a_downloaded_list_tells_no_number(kind: str, sealed: set[str], client_of: Enter) -> None:
    response = file_of(client_of("federation_city"), f"?list={kind}")
    text = told(response)
    assert NUMBERS.findall(text) == []
    assert not [plain for plain in sealed if plain in text]
    assert re.fullmatch(r'attachment; filename="[a-z]+-\d{4}-\d\d-\d\d-\d+\.xlsx"', response["Content-Disposition"])


def dumped() -> Iterator[tuple[str, str]]:
    """(table, every value of it as text)."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    kept = bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
                    yield table, kept


def test_rows_of_the_database_hold_nothing_sealed(sealed: set[str], client_of: Enter) -> None:
    client = client_of("civil_affairs_county")
    rows = [["黄甲", ID, "2025-01-01"], ["黄乙", id_number(1), "2025-01-01"]]
    sent = SimpleUploadedFile("dibao.csv", csv_bytes(dibao_header(), rows))
    assert client.post("/desk/feeds/dibao/upload/", {"file": sent, "as_of": "2026-01-01"}).status_code == 302
    planted = sealed | {ID, id_number(1), PHONE}
    words = {text for text in planted if not text[:2].isdigit()}
    found = []
    for table, value in dumped():
        found += [f"{table}: {n}" for n in planted.intersection(re.findall(r"\d[\dXxBb]{9,}", value))]
        found += [f"{table}: {text}" for text in words if text in value]
    assert found == []


def test_files_of_a_run_hold_nothing_sealed(city: Run, sealed: set[str]) -> None:
    folder: Path = settings.DATA / "runs" / city.folder
    files = list(folder.glob("*.parquet"))
    assert len(files) >= 4
    for file in files:
        values = {str(v) for row in pq.read_table(file).to_pylist() for v in row.values()}
        assert not values & sealed, file.name


def test_a_sealed_value_moved_elsewhere_does_not_open(sealed: set[str]) -> None:
    one, other = [p for p in Person.objects.all() if len(opened(p)) == len(FIELDS)][:2]
    for field in FIELDS:
        mixed = Person.objects.get(pk=one.pk)
        setattr(mixed, f"{field}_sealed", getattr(other, f"{field}_sealed"))
        with pytest.raises(SealBroken):
            mixed.opened(field)
    one.account_sealed = one.phone_sealed
    with pytest.raises(SealBroken):
        one.opened("account")


def test_a_certificate_number_moved_to_another_person_does_not_open(city: Run, db: None) -> None:
    one, other = Certificate.objects.all()[:2]
    one.number_sealed = other.number_sealed
    with pytest.raises(SealBroken):
        _ = one.number


def test_every_way_to_write_a_number_finds_the_same_person(client_of: Enter) -> None:
    client = client_of("federation_city")
    person = next(p for p in Person.objects.all() if (p.opened("id_number") or "").endswith("X"))
    number = person.opened("id_number") or ""
    wide = number.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"})
    for written in (number, number.lower(), wide, f" {number[:6]} {number[6:14]} {number[14:]} "):
        assert f"/desk/people/{person.pk}/" in client.get("/desk/people/", {"q": written}).content.decode(), written


def looks(person: Person) -> int:
    return Entry.objects.filter(subject=f"person:{person.pk}").count()


@pytest.mark.parametrize("role", LOOKING)
def test_every_answer_that_shows_a_person_is_one_entry(role: str, client_of: Enter) -> None:
    client = client_of(role)
    person = next(p for p in visible_to(client) if household_of(p))
    page = f"/desk/people/{person.pk}/"
    number = client.post(f"{page}apply/", {"service": "living_allowance"})["Location"].split("/")[-2]
    asked = [("get", page + tab, {}) for tab in ("", "file/", "family/", "looks/")]
    asked += [
        ("post", f"{page}answer/", {"fact": "no_such_fact", "value": "1"}),
        ("post", f"{page}unmask/", {"field": "phone"}),
    ]
    asked += [("get", f"/desk/cases/{number}/", {}), ("post", f"/desk/cases/{number}/do/", {"what": "nothing"})]
    for method, url, form in asked:
        before = looks(person)
        response = getattr(client, method)(url, form)
        shows = person.name in response.content.decode()
        assert response.status_code in (200, 422, 403), url
        assert looks(person) - before == int(shows), (method, url)


def test_who_is_refused_leaves_no_look_and_learns_no_name(client_of: Enter) -> None:
    shown = {p.pk for p in visible_to(client_of("village_worker"))}
    person = Person.objects.exclude(pk__in=shown).exclude(village_code__startswith="4505211112")[0]
    for role in ("village_worker", "planner", "system_admin", "audit_admin", None):
        before = looks(person)
        for tab in ("", "file/", "family/", "looks/"):
            response = client_of(role).get(f"/desk/people/{person.pk}/{tab}")
            assert response.status_code in (302, 403, 404)
            assert person.name not in response.content.decode()
        assert looks(person) == before


def test_a_visitor_reads_no_number_and_reaches_nobody(sealed: set[str], client_of: Enter) -> None:
    client = client_of(None)
    for url, response in crawl(client, ["/", "/sign-in/", "/display/", "/design/", "/desk/people/", "/nowhere/"]):
        assert NUMBERS.findall(told(response)) == [], url
        assert "/desk/people/" not in told(response).replace("next=/desk/people/", "") or response.redirect_chain
        assert response.request["PATH_INFO"].split("/")[1] != "desk", url
