"""The plan for everybody, before and after its first release."""

from __future__ import annotations

from datetime import date

from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press


def _all_open(tab: Tab) -> None:
    tab.evaluate("document.querySelectorAll('details').forEach(panel => panel.open = true)")


def _nothing_said(tab: Tab) -> None:
    tab.locator("#words").fill("打我电话 13800138000")
    press(tab.get_by_role("button", name="交上去"))


FIGURE = "/plan/indicators/i04/"
PAGES = [
    Page("public:plan", "filled", None, "/plan/"),
    Page("public:plan", "empty", None, "/plan/", city="before_night"),
    Page("public:plan-system", "filled", None, "/plan/t5/"),
    Page("public:plan-easy", "open", None, "/plan/easy/", _all_open),
    Page("public:plan-data", "open", None, "/plan/data/", _all_open),
    Page("public:plan-indicator", "open", None, FIGURE, _all_open),
    Page("public:plan-indicator", "entered", None, "/plan/indicators/i01/"),
    Page("public:plan-indicator", "error", None, FIGURE, _nothing_said),
]
FILES = {
    "public:plan-newest-file": (None, "/plan/data/newest/areas.csv?bom=1"),
    "public:plan-file": ("planner", f"/plan/data/{date.today()}/groups.csv?bom=1"),
}
POSTS = {"public:plan-say": f"{FIGURE}say/"}
