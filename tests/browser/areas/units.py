"""Organisations: an employer's page, a provider's entry, and the list that everybody finds it in."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press


def _all_open(tab: Tab) -> None:
    tab.evaluate("document.querySelectorAll('details').forEach(panel => panel.open = true)")


def _all_wrong(tab: Tab) -> None:
    for box in tab.locator("[name=offers]:checked").all():
        box.uncheck()
    tab.locator("#phone").fill("12")
    tab.locator("#free").fill("99")
    press(tab.locator("main button.big"))


def _wordless(tab: Tab) -> None:
    press(tab.locator("main button.big"))


PAGES = [
    Page("portal:unit", "employer", "employer", "/unit/", _all_open),
    Page("portal:unit", "provider", "provider", "/unit/"),
    Page("portal:unit-entry", "error", "provider", "/unit/entry/", _all_wrong),
    Page("portal:unit-correct", "error", "employer", "/unit/correct/staff/", _wordless),
    Page("desk:unit-requests", "empty", "federation_city", "/desk/requests/units/"),
    Page("portal:places", "filled", None, "/places/"),
    Page("portal:places", "empty", None, "/places/?offer=assessment&county=450503000000"),
]
POSTS = {"desk:unit-answer": "/desk/requests/units/1/answer/"}
