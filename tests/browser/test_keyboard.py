"""Focus goes through the page as one reads (A7), past its head if wanted, and to a mistake first."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page as Tab

from tests.browser.eyes import stops
from tests.browser.pages import PAGES, Page

Open = Callable[..., Tab]


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("state", ["visitor", "township"])
def test_focus_goes_through_the_head_of_the_page_as_one_reads(width: int, state: str, open_page: Open) -> None:
    tab = open_page(next(page for page in PAGES if page.state == state), width)
    head = [stop for stop in stops(tab) if stop["inHeader"]]
    assert len(head) > 1
    for before, after in pairwise(head):
        same_row = after["top"] < before["bottom"] - 1
        assert after["left"] > before["left"] if same_row else after["top"] >= before["top"], (before, after)


@pytest.mark.parametrize("state", ["demo", "township", "long"])
def test_the_first_stop_leads_past_the_head(state: str, open_page: Open) -> None:
    tab = open_page(next(page for page in PAGES if page.state == state))
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("!!document.activeElement.closest('main')")


@pytest.mark.parametrize("page", [page for page in PAGES if page.state == "error" and page.status == 200], ids=str)
def test_a_mistake_is_said_in_the_title_and_gets_the_focus(page: Page, open_page: Open) -> None:
    tab = open_page(page)
    assert tab.title().startswith("有错误：")
    assert tab.evaluate("document.activeElement.id") == "errors"
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.matches('input, select, textarea')"), "the link leads to the field"
