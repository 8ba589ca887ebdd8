"""D13: a figure that is a link leads to a list that is as long as the figure says, for officers of all four levels."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urljoin

import pytest
from django.test import Client

from tests.access.reading import read
from tongxing.policy.models import Run

ROLES = ["federation_city", "civil_affairs_county", "township_officer", "village_worker"]
KINDS = ["missing", "wrong", "unknown", "declined"]
NOTHING = ("没有人", "没有要问的", "没有要办的")
MOST = 30  # figures opened of one page, evenly
Enter = Callable[[str | None], Client]


def figures(url: str, html: str) -> Iterator[tuple[int, str]]:
    """(figure, where it leads) of every link that is a number; pages of a pager are not figures."""
    body = re.sub(r'<nav class="pager".*?</nav>', "", html, flags=re.S)
    for link in read(body).links:
        if link.number is not None:
            yield link.number, urljoin(url, link.href).split("#")[0]


def total_of(html: str) -> int | None:
    """How long the list of a page says it is: under a list, in the corner of the matrix, or nobody."""
    page = read(html)
    found = re.search(r"共 ([\d,]+) (?:条|个问题|件)", page.text)
    if found:
        return int(found[1].replace(",", ""))
    corners = [table.rows[-1][1] for table in page.tables if table.part and table.part[-1] == "tfoot"]
    if corners:
        return int(corners[0].replace(",", ""))
    return 0 if any(words in page.text for words in NOTHING) else None


def rows_of(html: str) -> int | None:
    """The rows of the list on this page; None where there is only the matrix."""
    listed = [table for table in read(html).tables if table.rows and table.rows[0][0] == "姓名"]
    return len(listed[0].body()) if listed else None


def wrong_figures(client: Client, url: str) -> tuple[int, list[str]]:
    """Opens the figures of one page: (how many, what does not agree)."""
    html = client.get(url).content.decode()
    found = sorted(set(figures(url, html)))
    found = found[:: -(-len(found) // MOST) or 1]
    wrong = []
    for figure, address in found:
        there = client.get(address).content.decode()
        if total_of(there) != figure:
            wrong.append(f"{url}: {figure} leads to {total_of(there)} at {address}")
        elif rows_of(there) not in (None, min(figure, 50)):
            wrong.append(f"{url}: {figure} leads to {rows_of(there)} rows at {address}")
    return len(found), wrong


def starts(client: Client) -> list[str]:
    """Today, the four lists, one list of each, the questions, the policies and every fifth policy."""
    html = client.get("/desk/policies/").content.decode()
    policies = sorted(set(re.findall(r'href="(/desk/policies/\w+/)"', html)))
    lists = [f"/desk/gaps/?list={kind}" for kind in KINDS]
    inside = [f"/desk/gaps/?list={kind}&policy=medical_premium" for kind in KINDS[:3]]
    return ["/desk/", *lists, *inside, "/desk/policies/", *policies[::5]]


@pytest.mark.parametrize("role", ROLES)
def test_every_figure_leads_to_a_list_of_that_length(role: str, city: Run, client_of: Enter) -> None:
    client, count, wrong = client_of(role), 0, []
    for url in starts(client):
        opened, differing = wrong_figures(client, url)
        count += opened
        wrong += differing
    assert wrong == []
    assert count >= 20, count


@pytest.mark.parametrize("role", ROLES)
def test_the_number_of_questions_is_the_length_of_their_list(role: str, city: Run, client_of: Enter) -> None:
    client = client_of(role)
    said = re.search(r"全部 ([\d,]+) 个问题", client.get("/desk/").content.decode())
    total = int(said[1].replace(",", "")) if said else 0
    assert total_of(client.get("/desk/questions/").content.decode()) == total


@pytest.mark.parametrize("role", ROLES)
def test_rows_of_the_matrix_add_up(role: str, city: Run, client_of: Enter) -> None:
    """Every row to its total, every column to its foot, the corner to both."""
    client = client_of(role)
    for kind in KINDS:
        for table in read(client.get("/desk/gaps/", {"list": kind}).content.decode()).tables[:1]:
            numbers = [
                [int(re.split(r"\D", cell.strip().replace(",", ""))[0]) for cell in row[1:]] for row in table.rows[1:]
            ]
            *body, foot = numbers
            assert [sum(column) for column in zip(*body, strict=True)] == foot
            assert all(row[0] == sum(row[1:]) for row in numbers if len(row) > 1)
