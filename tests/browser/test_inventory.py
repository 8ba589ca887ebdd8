"""No page is forgotten: every URL pattern stands in the inventory, and what a role alone sees on one stays narrow."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLResolver, get_resolver
from playwright.sync_api import Page as Tab

from tests.browser import eyes
from tests.browser.conftest import Visits, unsafe
from tests.browser.pages import CIVIL, FILES, LINKED, PAGES, POSTS, REDIRECTS, Page, send_sheet
from tests.browser.sheets import dibao
from tongxing.accounts.access import declared_urls
from tongxing.content.instance import pack


def url_names() -> dict[str, tuple[object, ...]]:
    """Every named address with the rights that it asks for."""
    found = {}
    for top in get_resolver().url_patterns:
        face = f"{top.namespace}:" if isinstance(top, URLResolver) else ""
        found |= {face + str(pattern.name): pattern.callback.access for _, pattern in declared_urls([top])}
    return found


def test_every_url_pattern_stands_in_the_inventory() -> None:
    listed = {page.url for page in PAGES} | set(FILES) | set(LINKED) | set(POSTS) | REDIRECTS
    assert {name for name in url_names() if name not in listed} == set()
    assert {name for name in listed if not name.startswith("errors:")} <= set(url_names())


PART = re.compile(r'<\w+(?: class="[^"]*")?|<h\d[^<]*')  # what a page is built of, and its headings
TITLE = re.compile(r"<title>(.+?)</title>", re.DOTALL)
PLAIN = {page.url: page for page in reversed(PAGES) if page.status == 200 and page.then is None and page.city == "town"}


@pytest.mark.parametrize("page", [page for url, page in PLAIN.items() if url.startswith("desk:")], ids=str)
def test_a_page_stays_narrow_whatever_parts_a_role_has_on_it(page: Page, visits: Visits) -> None:
    """Who may open it is the access matrix's; here a role's page is looked at if it has a part not seen before."""
    wanted, known = set(map(str, url_names()[page.url])), set[str]()
    for role in (role for role in pack(settings.PACK).roles.values() if role.demo):
        if not (wanted and wanted <= set(map(str, role.rights))):
            continue
        context = visits.context(role.id)
        parts = set(PART.findall(context.request.get(page.path).text()))
        if not parts <= known:
            known |= parts
            tab = context.new_page()
            eyes.resize(tab, 320)
            answer = tab.goto(page.path)
            assert answer is not None and answer.status in {200, 404}, role.name
            assert tab.locator("h1").count() == 1
            assert eyes.too_wide(tab) == [], role.name
            tab.close()


@pytest.mark.parametrize("url", FILES)
def test_a_file_comes_as_a_download(url: str, visits: Visits, tmp_path: Path) -> None:
    role, path = FILES[url]
    tab = visits.tab(role)
    if "{batch}" in path:
        tab.goto("/desk/feeds/")
        send_sheet(tab, "dibao", dibao())
        path = path.format(batch=tab.url.rstrip("/").rsplit("/", 1)[1])
    answer = tab.context.request.get(path)
    assert answer.ok
    assert unsafe(path, answer.headers) == []
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.body()[:2] in (b"PK", b"\xef\xbb")  # a workbook, or a CSV that Excel knows for UTF-8
    tab.close()


@pytest.mark.parametrize("url", LINKED)
def test_a_paper_opens_from_its_page(url: str, open_page: Callable[..., Tab]) -> None:
    tab = open_page(next(page for page in PAGES if str(page) == LINKED[url]))
    path = tab.locator("main a[href$='.pdf'], main img").first.evaluate("it => it.href || it.src")
    answer = tab.context.request.get(path)
    assert (answer.status, answer.body()[:4]) == (200, b"%PDF" if path.endswith("pdf") else b"\xff\xd8\xff\xe0")
    assert unsafe(path, answer.headers) == []


@pytest.mark.parametrize("url", POSTS)
def test_what_changes_something_cannot_be_opened_like_a_page(url: str, visits: Visits) -> None:
    assert visits.context(CIVIL).request.get(POSTS[url]).status == 405


def test_titles_tell_pages_apart(visits: Visits) -> None:
    # each read at once: a context that grew old is closed, and what it was answered with it
    asked = {url: visits.context(page.role).request.get(page.path).text() for url, page in PLAIN.items()}
    titles = {url: TITLE.findall(answer)[0] for url, answer in asked.items()}
    known = list(titles.values())
    assert {url: title for url, title in titles.items() if known.count(title) > 1} == {}
