"""What a resident can get, from what is held."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press

QIN, HUANG, MOTHER = "qin_haiyan", "huang_jie", "xiaoyu"


def _nothing_said(tab: Tab) -> None:
    press(tab.locator("section[aria-labelledby=h-one] button").first)


def _all_open(tab: Tab) -> None:
    tab.evaluate("document.querySelectorAll('details').forEach(panel => panel.open = true)")


PAGES = [
    Page("portal:rights", "filled", QIN, "/my/rights/", _all_open),
    Page("portal:rights", "guardian", MOTHER, "/my/rights/"),
    Page("portal:rights", "error", HUANG, "/my/rights/", _nothing_said),
]
POSTS = {"portal:rights-tell": "/my/rights/tell/", "portal:rights-ask": "/my/rights/ask/"}
