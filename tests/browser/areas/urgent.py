"""A file outside one's scope: the form, a mistake in it."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press

TOWN = "township_officer"


def _nobody(tab: Tab) -> None:
    tab.locator("#number").fill("459902199001010026")
    tab.locator("#name").fill("没有这人")
    tab.locator("#reason").fill("在我这里走失，要联系家里人")
    press(tab.get_by_role("button", name="打开，看一小时"))


PAGES = [
    Page("desk:urgent", "empty", TOWN, "/desk/urgent/"),
    Page("desk:urgent", "error", TOWN, "/desk/urgent/", _nobody),
]
POSTS = {
    "desk:urgent-open": "/desk/urgent/open/",
    "desk:urgent-review": "/desk/urgent/1/review/",
}
