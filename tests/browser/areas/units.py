"""The page of an organisation."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser.page import Page


def _all_open(tab: Tab) -> None:
    tab.evaluate("document.querySelectorAll('details').forEach(panel => panel.open = true)")


PAGES = [Page("portal:unit", "employer", "employer", "/unit/", _all_open)]
