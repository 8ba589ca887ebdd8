"""A4, A5, A6, A27 on the open pages for residents: 200 % text, 60 px for elders, the way to the first field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Tab

from tests.browser import eyes
from tests.browser.conftest import Visits
from tests.browser.page import press
from tests.browser.pages import PAGES, Page

Open = Callable[..., Tab]
ADDRESSES = {
    "portal:home": "guest",
    "portal:help": "guest",
    "portal:enter": "filled",
    "portal:follow": "filled",
    "portal:find": "empty",
    "public:words": "filled",
    "public:accessibility": "filled",
}
OPEN = [page for page in PAGES if ADDRESSES.get(page.url) == page.state]
FORMS = [page for page in OPEN if page.url in ("portal:enter", "portal:follow", "portal:find")]
PRIMARY = """least => [...document.querySelectorAll('main :is(.btn, .choices label, .go, summary, select, textarea), ' +
    'main input:not([type=hidden], [type=radio], [type=checkbox])')]
  .filter(el => el.checkVisibility()).map(el => [el.getBoundingClientRect(), el])
  .filter(([box]) => Math.min(box.width, box.height) < least - .5)
  .map(([box, el]) => `${Math.round(box.width)}×${Math.round(box.height)} ${el.outerHTML.slice(0, 120)}`)"""
PASTE = """() => [...document.querySelectorAll('input:not([type=hidden])')].filter(el =>
  !el.dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true}))).map(el => el.name)"""


def test_no_open_page_is_left_out() -> None:
    assert len(OPEN) == len(ADDRESSES)


@pytest.mark.parametrize("page", OPEN, ids=str)
def test_controls_are_sixty_pixels_for_elders_and_text_at_200_percent_is_whole(page: Page, open_page: Open) -> None:
    tab = open_page(page, 320)
    eyes.dress(tab, size="elder")
    assert tab.evaluate(PRIMARY, 60) == []
    eyes.dress(tab, text="200")
    for width in (320, 1280):
        eyes.resize(tab, width)
        assert eyes.too_wide(tab) == []
        assert eyes.clipped(tab) == []


@pytest.mark.parametrize("page", FORMS, ids=str)
def test_the_first_field_is_at_most_fifteen_tabs_away_and_takes_what_is_pasted(page: Page, open_page: Open) -> None:
    tab = open_page(page)
    for _ in range(15):
        tab.keyboard.press("Tab")
        if tab.evaluate("document.activeElement.matches('main :is(input, select, textarea)')"):
            break
    else:
        pytest.fail("no field within fifteen Tabs")
    assert tab.evaluate(PASTE) == []


def test_what_one_chose_is_on_the_next_device_too_without_javascript(visits: Visits) -> None:
    """Kept with the account; the device itself is as it was, once one has gone."""
    here, there = (visits.fresh("chen_guilan", java_script_enabled=False).new_page() for _ in range(2))
    here.goto("/display/")
    here.get_by_label("深色").check()
    here.locator("[name=size][value=elder]").check()
    press(here.get_by_role("button", name="存下", exact=True))
    there.goto("/my/")
    assert there.locator("html[data-theme=dark][data-size=elder]").count() == 1
    assert eyes.too_wide(there) == []
    press(there.get_by_role("button", name="退出"))
    assert there.locator("html[data-theme], html[data-size]").count() == 0
    for tab in (here, there):
        tab.context.close()
