"""Every page of the inventory held to A1, A3, A4, A5, A20, A22 and A27 of the quality list, wide and narrow."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Page as Tab

from tests.browser import eyes
from tests.browser.pages import PAGES, Page

Open = Callable[..., Tab]
EVERY = pytest.mark.parametrize("page", PAGES, ids=str)
PHONE = {"width": 320, "height": 640}


def face(page: Page) -> bool:
    """The public face: pages for residents and whoever has not signed in."""
    return page.url.startswith("public:") or (page.role is None and page.url != "design")


@EVERY
def test_axe_finds_nothing_wide_or_narrow(page: Page, open_page: Open) -> None:
    tab = open_page(page)
    assert eyes.axe(tab) == []
    tab.set_viewport_size(PHONE)
    assert eyes.axe(tab) == []


@EVERY
def test_axe_finds_nothing_in_elder_mode_on_a_phone(page: Page, open_page: Open) -> None:
    tab = open_page(page, 320, "elder")
    assert eyes.axe(tab) == []
    assert eyes.too_wide(tab) == []
    tab.set_viewport_size({"width": 1280, "height": 800})
    assert eyes.too_wide(tab) == []


@EVERY
def test_dark_has_contrast(page: Page, open_page: Open) -> None:
    assert eyes.axe(open_page(page, 1280, "dark"), eyes.CONTRAST) == []


@EVERY
def test_nothing_scrolls_sideways_but_named_regions(page: Page, open_page: Open) -> None:
    tab = open_page(page, 320)
    for width in (320, 768, 1280):
        tab.set_viewport_size({"width": width, "height": 640})
        assert eyes.too_wide(tab) == []
        assert eyes.silent_regions(tab) == []


@EVERY
def test_controls_are_large_enough_to_hit(page: Page, open_page: Open) -> None:
    tab = open_page(page)
    least = 44 if face(page) else 24
    for width in (1280, 320):
        tab.set_viewport_size({"width": width, "height": 640})
        assert eyes.small_targets(tab, least) == []


@EVERY
def test_more_space_between_letters_and_lines_cuts_nothing_off(page: Page, open_page: Open) -> None:
    tab = open_page(page)
    tab.evaluate(eyes.SPACING)
    for width in (1280, 320):
        tab.set_viewport_size({"width": width, "height": 640})
        assert eyes.clipped(tab) == []
        assert eyes.too_wide(tab) == []


@EVERY
def test_the_page_is_well_built(page: Page, open_page: Open) -> None:
    seen = eyes.structure(open_page(page))
    assert (seen["lang"], seen["mains"], seen["banners"], seen["feet"]) == ("zh-CN", 1, 1, 1)
    levels = seen["levels"]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels)), levels
    assert seen["title"].endswith(" · 同行")
    assert seen["first"] == "#main"
    assert (seen["nameless"], seen["jumps"], seen["dangling"]) == ([], 0, [])
    assert set(seen["charts"]) <= {"TABLE"}
    assert "user-scalable" not in seen["zoom"] and "maximum-scale" not in seen["zoom"]


@EVERY
def test_the_page_needs_no_javascript(page: Page, open_page: Open) -> None:
    seen = eyes.structure(open_page(page))
    assert (seen["scripts"], seen["handlers"]) == (0, [])
