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


def _said(tab: Tab) -> None:
    """A citizen says something; the planner opens it."""
    tab.goto("/plan/indicators/i10/")
    tab.locator("#words").fill("镇上的康复站一个月只来一次。")
    press(tab.get_by_role("button", name="交上去"))
    tab.goto("/desk/plan/remarks/")


def _asked(tab: Tab) -> None:
    _said(tab)
    press(tab.locator("main tbody a").first)


def _no_answer(tab: Tab) -> None:
    _asked(tab)
    tab.locator("#words").fill("请打 13800138000")
    press(tab.get_by_role("button", name="答复"))


def _made(tab: Tab) -> None:
    press(tab.get_by_role("button", name="做一期"))


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
    Page("desk:plan-remarks", "empty", "civil_affairs_city", "/desk/plan/remarks/"),
    Page("desk:plan-remarks", "filled", "planner", "/desk/plan/remarks/", _said, city="busy"),
    Page("desk:plan-remark", "error", "planner", "/desk/plan/remarks/", _no_answer, city="busy"),
    Page("desk:plan-releases", "out", "planner", "/desk/plan/releases/"),
    Page("desk:plan-releases", "made", "planner", "/desk/plan/releases/", _made, city="busy"),
]
FILES = {
    "public:plan-newest-file": (None, "/plan/data/newest/areas.csv?bom=1"),
    "public:plan-file": ("planner", f"/plan/data/{date.today()}/groups.csv?bom=1"),
}
POSTS = {"public:plan-say": f"{FIGURE}say/", "desk:plan-release-do": "/desk/plan/releases/do/"}
