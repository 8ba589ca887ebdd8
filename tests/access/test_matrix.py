"""S1, S2: every address × every role × whose it is × GET and POST has the declared answer.

Not every combination goes the whole way through the server, for most are refused and a refusal is the same code:
- What is open, or not found, and everything that a visitor asks, goes the whole way: there the object decides.
- So does the first refusal of each role at each address. Any other object or method behind the same mark is tried at
  the view itself, as the middleware left the request of that same session (`at_the_view`): a mark in the wrong place,
  a view that looks for its object first, or a method that is let through shows there just as well.
- By htmx the answer can differ only where code asks for it; no code of ours does (`test_nothing_asks_…`), so one role
  walks that way everywhere, and the others need not.
"""

from __future__ import annotations

import logging
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver, path, resolve, reverse

from tests.access.declared import DOORS
from tests.access.door import Door
from tests.access.objects import NOBODY, Behind, Objects, Officer, officers
from tests.access.writing import Written
from tongxing.accounts.access import declared_urls, refuse_undeclared
from tongxing.accounts.rights import Right
from tongxing.policy.models import Run

HTMX = {"HX-Request": "true"}
WAYS: list[tuple[str, dict[str, str]]] = [("GET", {}), ("POST", {}), ("GET", HTMX)]
BY_HTMX = "civil_affairs_county"  # a role of which much is asked and much refused
PUT_THERE = ("user", "session", "actor", "signed_in", "resident", "sitting", "_messages")  # by the middleware
PARTS = 4  # the roles are shared out, so that both workers have something to do
CHECKS_OF_A_PART = 5_000
SIGN_IN = ("/sign-in/", "/enter/?next=")


@cache
def patterns() -> dict[str, URLPattern]:
    """Every address of the site by its full name."""
    samples = {"int": "1", "slug": "x", "str": "x"}
    return {
        resolve("/" + re.sub(r"<(\w+):\w+>", lambda found: samples[found[1]], route)).view_name: pattern
        for route, pattern in declared_urls()
    }


def test_every_address_is_declared_twice_with_the_same_rights() -> None:
    marked = {name: pattern.callback.access for name, pattern in patterns().items()}
    assert marked == {name: door.rights or () for name, door in DOORS.items()}


def test_a_server_with_an_undeclared_address_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    refuse_undeclared()
    monkeypatch.setattr(get_resolver(), "url_patterns", [path("back-door/", lambda request: None)])
    with pytest.raises(ImproperlyConfigured, match="back-door/"):
        refuse_undeclared()


def test_nothing_asks_whether_a_request_came_by_htmx() -> None:
    """Where this changes, every role walks by htmx again: BY_HTMX goes."""
    code = [path for path in Path("tongxing").rglob("*.py") if "tests" not in path.parts]
    assert len(code) > 200
    assert [path for path in code if re.search("HX.(Request|Boosted|Target)|htmx", path.read_text(), re.I)] == []


@dataclass(frozen=True)
class Try:
    """One request, and the word for the answer it must get."""

    door: str
    behind: Behind | None
    method: str
    headers: dict[str, str]
    expected: str

    @property
    def path(self) -> str:
        """What is named first stands behind the path; whatever is named after it is nobody's."""
        names = list(patterns()[self.door].pattern.converters)
        values = [self.behind.value if self.behind else "", *[NOBODY] * len(names)]
        return reverse(self.door, kwargs=dict(zip(names, values, strict=False)))

    def made_by(self, client: Client | RequestFactory) -> Any:
        said = DOORS[self.door].query if self.method == "GET" else DOORS[self.door].body
        ask = client.get if self.method == "GET" else client.post
        return ask(self.path, said, headers=self.headers)

    def at_the_view(self, before: HttpRequest) -> str:
        """The word for what the view itself answers, to whoever sent the request before."""
        request = self.made_by(RequestFactory())
        for name in PUT_THERE:
            setattr(request, name, getattr(before, name, None))
        found = resolve(request.path)
        try:
            return answer(found.func(request, *found.args, **found.kwargs))
        except PermissionDenied:
            return "403"
        except Http404:
            return "404"

    def __str__(self) -> str:
        whose = f" ({self.behind.relation})" if self.behind else ""
        return f"{self.method} {'htmx ' if self.headers else ''}{self.door}{whose}"


def expected(door: Door, officer: Officer | None, method: str, is_visible: bool) -> str:
    """From what is declared and who sees whom, in the order in which a server must refuse."""
    if method not in door.methods:
        return "405"
    if door.rights is not None and officer is None:
        return "401" if Right.OWN_AFFAIRS in door.rights and method == "POST" else "sign in"
    if door.rights and officer and not officer.rights.issuperset(door.rights):
        return "403"
    return "open" if is_visible else "404"


def tries(objects: Objects, officer: Officer | None, anyone: Officer) -> Iterator[Try]:
    """All requests of one officer, or of a visitor, who tries the doors of `anyone`."""
    for name, door in DOORS.items():
        parts = list(patterns()[name].pattern.converters)
        behind: list[Behind | None] = [None]
        if parts:
            behind = list(objects.behind(name, parts[0], officer or anyone))
        for one in behind:
            by_htmx = (one is None or one.relation == "own") and (officer is None or officer.role == BY_HTMX)
            for method, headers in WAYS if by_htmx else WAYS[:2]:
                is_visible = one is None or (one.is_visible and len(parts) == 1)
                yield Try(name, one, method, headers, expected(door, officer, method, is_visible))


def answer(response: Any) -> str:
    if response.status_code == 302 and response["Location"].startswith(SIGN_IN):
        return "sign in"
    return "open" if response.status_code in (200, 302, 422, 429) else str(response.status_code)


def entered(officer: Officer | None, one: Try) -> Client:
    client = Client(raise_request_exception=False)
    if officer is not None:
        client.force_login(officer.colleague if one.behind and one.behind.by_colleague else officer.user)
    return client


def is_changing(one: Try) -> bool:
    """Whether the next request needs a session of its own: one signs out here, or begins to act for somebody."""
    door = DOORS[one.door]
    return one.door == "desk:person-assist" or (door.rights is None and "GET" not in door.methods)


def without_chance(response: Any, path: str) -> str:
    """The page without the number to quote, the form's token and the address that was asked for."""
    text = re.sub(r'<b class="nb">[0-9A-F]{8}</b>|value="[A-Za-z0-9]{64}"', "", response.content.decode())
    return text.replace(path, "").replace(quote(path, safe=""), "")


@dataclass
class Walk:
    """Tries doors, counts them, keeps what was wrong, and the 404 pages that must not tell nobody from somebody."""

    count: int = 0
    wrong: list[str] = field(default_factory=list)
    not_found: dict[tuple[str, ...], set[str]] = field(default_factory=lambda: defaultdict(set))
    written: Written = field(default_factory=Written)  # while somebody only looked (S22)

    def through(self, whole: Iterator[Try], officer: Officer | None) -> None:
        who, walker = officer.role if officer else "visitor", Walker(officer, self.written)
        for one in whole:
            self.count += 1
            said, response = walker.tried(one)
            if said != one.expected:
                self.wrong.append(f"{who}: {one}: {said} instead of {one.expected}")
            if response and response.status_code == 404 and one.behind:
                self.not_found[who, one.door, one.method, str(one.headers)].add(without_chance(response, one.path))


class Walker:
    """An officer and a colleague, each in a session of their own, or a visitor."""

    def __init__(self, officer: Officer | None, written: Written) -> None:
        self.officer, self.written = officer, written
        self.clients: dict[bool, Client] = {}
        self.requests: dict[bool, HttpRequest] = {}  # the last of each session, as the middleware left it
        self.refused: set[str] = set()  # the doors that were shut to this role, the whole way

    def tried(self, one: Try) -> tuple[str, Any]:
        """The word for the answer, and the answer where the request went the whole way."""
        is_colleague = bool(one.behind and one.behind.by_colleague)
        is_same = one.expected == "405" or (one.expected == "403" and one.door in self.refused)
        if self.officer and is_same and is_colleague in self.requests:
            return one.at_the_view(self.requests[is_colleague]), None
        client = self._client(one, is_colleague)
        with self.written.noting(one.door if one.method == "GET" else ""):
            response = one.made_by(client)
        if is_changing(one):
            del self.clients[is_colleague]
        elif self.officer:
            self.requests[is_colleague] = response.wsgi_request
        self.refused |= {one.door} if response.status_code == 403 else set()
        return answer(response), response

    def _client(self, one: Try, is_colleague: bool) -> Client:
        if is_changing(one) or is_colleague not in self.clients:
            self.clients[is_colleague] = entered(self.officer, one)
        return self.clients[is_colleague]


@pytest.fixture
def quiet() -> Iterator[None]:
    """Thousands of refusals are meant: nobody has to read them."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_role_gets_the_declared_answer_at_every_address(
    part: int, city: Run, db: None, quiet: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tongxing.letters.forms.letter_file", lambda letter: b"%PDF")  # who may, not how it looks
    objects, walk, everybody = Objects(), Walk(), officers()
    assert len(everybody) == 27
    with connection.execute_wrapper(walk.written):
        for officer in [*everybody, None][part::PARTS]:
            walk.through(tries(objects, officer, everybody[0]), officer)
    print(f"{walk.count:,} checks")
    assert walk.wrong == []
    assert walk.written.beyond_looking() == {}
    assert "journal_entry" in walk.written.tables, "nothing was noticed"
    assert walk.count >= CHECKS_OF_A_PART
    telling = [key for key, pages in walk.not_found.items() if len(pages) > 1]
    assert telling == []
