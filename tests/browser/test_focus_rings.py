"""A7, A2: the focus is a ring of 3 px that differs three to one from what was there, measured in pixels."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Tab

from tests.browser import colours
from tests.browser.pages import PAGES, Page

RICH = ["design-filled", "find-result-all-open", "person-county", "gaps-matrix", "start-demo"]
SHOWN = [page for page in PAGES if str(page) in RICH]


def test_the_rich_pages_are_in_the_inventory() -> None:
    assert {str(page) for page in PAGES} >= set(RICH)


@pytest.mark.parametrize("page", SHOWN, ids=str)
def test_focus_is_a_ring_that_stands_out(page: Page, open_page: Callable[..., Tab]) -> None:
    """The page of all components in every theme, others in two."""
    place = SHOWN.index(page)
    themes = colours.THEMES if page.url == "design" else ["default", colours.THEMES[1 + place % 4]]
    assert colours.faint_rings(open_page(page), themes) == []


@pytest.mark.release
@pytest.mark.parametrize("page", PAGES, ids=str)
def test_focus_is_a_ring_that_stands_out_in_every_theme_of_every_page(
    page: Page, open_page: Callable[..., Tab]
) -> None:
    assert colours.faint_rings(open_page(page), colours.THEMES) == []
