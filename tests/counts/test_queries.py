"""A list page asks the database as often for fifty rows as for ten."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.objects import worker
from tests.access.reading import Page
from tongxing.accounts.models import Post
from tongxing.casework import actions as casework
from tongxing.exchange.tests.cast import csv_bytes, dibao_header, id_number, new_person, officer, send
from tongxing.journal.actions import Note, record_many
from tongxing.registry.models import Person

Enter = Callable[[str | None], Client]
FEW, MANY = 10, 50
AT = 80_000  # numbers of the cast that no other test of this folder uses


def asked(client: Client, url: str) -> tuple[int, int]:
    """(rows of the longest table, questions to the database) once everything is warm."""
    client.get(url)
    with CaptureQueriesContext(connection) as questions:
        response = client.get(url)
    assert response.status_code == 200, url
    return max((len(table.body()) for table in Page(response.content.decode()).tables), default=0), len(questions)


def rows(client: Client, url: str) -> int:
    """Rows of the list at the end of the page."""
    return len(Page(client.get(url).content.decode()).tables[-1].body())


@pytest.mark.parametrize(
    "url",
    [
        "/desk/gaps/?list=missing&all=1",
        "/desk/gaps/?list=missing&policy=telecom_discount",
        "/desk/gaps/?list=unknown&all=1&sort=age",
        "/desk/questions/",
    ],
)
def test_lists_of_the_newest_run(url: str, client_of: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    client, lengths, questions = client_of("federation_city"), [], []
    for size in (FEW, MANY):
        for module in ("gaps", "questions"):
            monkeypatch.setattr(f"tongxing.desk.{module}.PAGE", size)
        lengths.append(rows(client, url))
        questions.append(asked(client, url)[1])
    assert lengths == [FEW, MANY]
    assert questions[0] == questions[1]


def people(village: str, start: int, count: int, name: str) -> list[Person]:
    made = [new_person(AT + start + number, village) for number in range(count)]
    Person.objects.filter(pk__in=[person.pk for person in made]).update(name=name)
    return made


def village_of(role: str) -> str:
    return Post.objects.get(user__username=f"demo-{role}").division_code


def test_a_search(client_of: Enter) -> None:
    client, village = client_of("village_worker"), village_of("village_worker")
    people(village, 0, FEW, "竺少")
    people(village, FEW, MANY, "贲多")
    few, many = asked(client, "/desk/people/?q=竺"), asked(client, "/desk/people/?q=贲")
    assert (few[0], many[0]) == (FEW, MANY)
    assert few[1] == many[1]


def test_the_queue_of_cases(client_of: Enter) -> None:
    client, village = client_of("village_worker"), village_of("village_worker")
    seen = []
    for start, count in ((0, FEW), (FEW, MANY - FEW)):
        for person in people(village, start, count, "竺甲"):
            casework.open_case(by=worker(village), person=person, service="living_allowance")
        seen.append(asked(client, "/desk/cases/"))
    assert [length for length, _ in seen] == [FEW, MANY]
    assert seen[0][1] == seen[1][1]


def test_the_stations_of_cases(client_of: Enter) -> None:
    client, villages = client_of("federation_county"), distinct_villages("450521", MANY)
    seen = []
    for start, end in ((0, FEW), (FEW, MANY)):
        for number, village in enumerate(villages[start:end], start):
            [person] = people(village, number, 1, "竺甲")
            casework.open_case(by=worker(village), person=person, service="living_allowance")
        seen.append(asked(client, "/desk/cases/stations/"))
    assert [length for length, _ in seen] == [FEW, MANY]
    assert seen[0][1] == seen[1][1]


def distinct_villages(prefix: str, count: int) -> list[str]:
    codes = Person.objects.filter(village_code__startswith=prefix).order_by("village_code")
    return list(codes.values_list("village_code", flat=True).distinct()[:count])


def test_the_journal(client_of: Enter) -> None:
    client = client_of("audit_admin")
    record_many(by=None, notes=[Note("registry.looked", f"person:{n}") for n in range(FEW)])
    few = asked(client, "/desk/journal/")
    record_many(by=None, notes=[Note("registry.looked", f"person:{n}") for n in range(MANY)])
    many = asked(client, "/desk/journal/")
    assert few[0] <= many[0] == MANY  # the city's own entries may fill the first page already
    assert few[1] == many[1]


def test_a_preview_of_a_department_list(client_of: Enter) -> None:
    client, seen = client_of("civil_affairs_county"), []
    county = village_of("civil_affairs_county")
    made = people(f"{county[:6]}111201", 0, MANY, "竺甲")
    for count in (FEW, MANY):
        lines = [["竺甲", person.opened("id_number"), "2025-01-01"] for person in made[:count]]
        bad = [["竺乙", f"{id_number(AT + n)[:-1]}?", "2025-01-01"] for n in range(count)]
        batch = send(
            "dibao", csv_bytes(dibao_header(), [*lines, *bad]), by=officer("dibao", county), division_code=county
        )
        seen.append(asked(client, f"/desk/feeds/batches/{batch.pk}/"))
    assert seen[0][0] < seen[1][0]
    assert seen[0][1] == seen[1][1]


def test_the_batches_of_a_department(client_of: Enter) -> None:
    client, county, seen = client_of("civil_affairs_county"), village_of("civil_affairs_county"), []
    for start, end in ((0, 5), (5, 25)):
        for number in range(start, end):
            content = csv_bytes(dibao_header(), [[f"竺{number}", "?", "?"]])
            send("dibao", content, by=officer("dibao", county), division_code=county)
        seen.append(asked(client, "/desk/feeds/"))
    assert [length for length, _ in seen] == [5, 25]
    assert seen[0][1] == seen[1][1]


def test_who_looked_at_a_person(client_of: Enter) -> None:
    client, village = client_of("village_worker"), village_of("village_worker")
    [person] = people(village, 0, 1, "竺甲")
    url, seen = f"/desk/people/{person.pk}/looks/", []
    for count in (FEW, MANY):
        record_many(by=None, notes=[Note("registry.looked", f"person:{person.pk}")] * count)
        seen.append((client.get(url).content.decode().count("看了资料"), asked(client, url)[1]))
    assert seen[0][0] < seen[1][0]
    assert seen[0][1] == seen[1][1]
