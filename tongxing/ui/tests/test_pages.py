"""A20 on the pages of the look itself, and what the pages for mistakes say."""

from __future__ import annotations

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.urls("tongxing.ui.tests.urls")
PAGES = ["/design/", "/failed/400/", "/failed/403/", "/failed/404/", "/failed/500/"]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_one_heading_landmarks_a_title_and_a_skip_link(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    assert len(re.findall(r"<h1\b", page)) == 1
    assert re.search(r"<title>\S.* · 同行</title>", page)
    assert page.index('class="skip" href="#main"') < page.index("<header")
    assert [len(re.findall(mark, page)) for mark in ("<header ", "<main ", "<footer ")] == [1, 1, 1]


@pytest.mark.parametrize("path", PAGES)
def test_headings_skip_no_level(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    levels = [int(n) for n in re.findall(r"<h([1-6])\b", page.split("<h1", 1)[1])]
    assert all(after <= before + 1 for before, after in zip([1, *levels], levels, strict=False))


@pytest.mark.parametrize("path", PAGES)
def test_ids_are_unique_and_labels_have_their_controls(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    named = re.findall(r'(?:\sfor|aria-labelledby|aria-describedby)="([^"]+)"', page)
    assert {name for names in named for name in names.split()} <= set(ids)


@pytest.mark.parametrize("status", [400, 403, 404, 500])
def test_a_page_for_a_mistake_says_what_to_do_and_gives_a_number(client: Client, status: int) -> None:
    page = client.get(f"/failed/{status}/").content.decode()
    assert "7F3A09C2" in page
    assert re.search("请|回首页|回工作台", page.split("<main")[1])


def test_the_reason_of_a_refusal_is_shown_escaped(client: Client) -> None:
    page = client.get("/failed/403/", {"message": "这个账号不能<b>导出</b>。"}).content.decode()
    assert "这个账号不能&lt;b&gt;导出&lt;/b&gt;。" in page


@pytest.mark.parametrize("demo", [True, False])
def test_only_a_demo_says_that_its_data_are_made_up(client: Client, settings: object, demo: bool) -> None:
    settings.DEMO = demo  # type: ignore[attr-defined]
    assert ("人名和数字都是编的。" in client.get("/design/").content.decode()) is demo
