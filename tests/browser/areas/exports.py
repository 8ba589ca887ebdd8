"""Lists as files: the form, what waits, one file, the two sides of an approval, and whose a found sheet is."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press

COUNTY, CITY, TOWN, AUDIT = "federation_county", "federation_city", "township_officer", "audit_admin"
LONG = "/desk/gaps/export/?list=unknown&all=1"
SHORT = "/desk/gaps/export/?list=missing&policy=living_allowance"


def _asked(tab: Tab) -> None:
    tab.get_by_label("做什么用").fill("按村分给协理员上门核对")
    press(tab.get_by_role("button", name="提上去"))


def _asked_and_back(tab: Tab) -> None:
    _asked(tab)
    tab.goto("/desk/exports/")


def _without_purpose(tab: Tab) -> None:
    tab.get_by_label("做什么用").fill("查")
    press(tab.get_by_role("button", name="提上去"))


def _another_decides(tab: Tab) -> None:
    """Asked in the county, looked at by the city's officer of the same department, who says no without a word."""
    _asked(tab)
    address = tab.url
    press(tab.get_by_role("button", name="退出"))
    tab.goto("/")
    press(tab.locator(f"ul form[action$='/demo-{CITY}/enter/'] button"))
    tab.goto(address)
    press(tab.get_by_role("button", name="不批准"))


def _unknown_sheet(tab: Tab) -> None:
    tab.get_by_label("按原来的顺序").fill("陈桂兰 水车村\n黄甲 水车村")
    press(tab.get_by_role("button", name="查是谁的"))


def _kept(tab: Tab) -> None:
    tab.get_by_text("存下这个条件…").click()
    tab.get_by_label("叫什么").fill("从没领过的")
    press(tab.get_by_role("button", name="存下", exact=True))


def _kept_and_home(tab: Tab) -> None:
    _kept(tab)
    tab.goto("/desk/")


PAGES = [
    Page("desk:gaps-export", "long", COUNTY, LONG),
    Page("desk:gaps-export", "error", TOWN, SHORT, _without_purpose),
    Page("desk:exports", "empty", TOWN, "/desk/exports/"),
    Page("desk:exports", "filled", COUNTY, LONG, _asked_and_back, city="busy"),
    Page("desk:export", "ready", TOWN, SHORT, _asked, city="busy"),
    Page("desk:export", "decides", COUNTY, LONG, _another_decides, city="busy"),
    Page("desk:saved", "empty", TOWN, "/desk/saved/"),
    Page("desk:saved", "filled", COUNTY, "/desk/gaps/?list=missing&policy=living_allowance", _kept, city="busy"),
    Page("desk:today", "watching", COUNTY, "/desk/cases/", _kept_and_home, city="busy"),
    Page("desk:exports-whose", "unsure", AUDIT, "/desk/exports/whose/", _unknown_sheet),
]
POSTS = {
    "desk:export-decide": "/desk/exports/1/decide/",
    "desk:export-file": "/desk/exports/1/file/",
    "desk:saved-drop": "/desk/saved/1/drop/",
}
