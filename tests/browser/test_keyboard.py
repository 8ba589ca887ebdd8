"""Focus: it shows, nothing covers it, and it goes through the page as one reads (A6, A7)."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page as Tab

from tests.browser.eyes import FOCUS
from tests.browser.pages import PAGES, Page

Open = Callable[..., Tab]
MOST = 90  # stops looked at on one page; long lists repeat themselves


def stops(tab: Tab) -> list[dict[str, Any]]:
    """Tab by Tab from the top until the page ends."""
    found: list[dict[str, Any]] = []
    while len(found) < MOST:
        tab.keyboard.press("Tab")
        stop = tab.evaluate(FOCUS)
        if stop is None:
            break
        found.append(stop)
    return found


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_focus_is_always_seen_and_never_covered(page: Page, width: int, open_page: Open) -> None:
    tab = open_page(page, width)
    tab.evaluate("document.activeElement.blur()")
    found = stops(tab)
    assert found
    wrong = [s["html"] for s in found if s["outline"] == "none" or s["width"] < 3]
    assert wrong == [], "no visible focus"
    assert [s["html"] for s in found if s["covered"] or not s["whole"]] == [], "covered or out of sight"


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
    assert tab.evaluate("document.activeElement.matches('input, select')"), "the link leads to the field"
