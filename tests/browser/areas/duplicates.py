"""Two files of one person: the queue, the two side by side, a word too few, a merge done."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press

CITY = "federation_city"
QUEUE = "/desk/duplicates/"


def _first(tab: Tab) -> None:
    press(tab.locator("#list tbody th a").first)


def _too_short(tab: Tab) -> None:
    _first(tab)
    tab.locator("#words").fill("不")
    press(tab.get_by_role("button", name="记下，不再问"))


PAGES = [
    Page("desk:duplicates", "filled", CITY, QUEUE),
    Page("desk:duplicates", "empty", CITY, f"{QUEUE}?part=waiting"),
    Page("desk:duplicate", "filled", CITY, QUEUE, _first),
    Page("desk:duplicate", "error", CITY, QUEUE, _too_short),
]
POSTS = {"desk:duplicate-do": f"{QUEUE}1/do/"}
