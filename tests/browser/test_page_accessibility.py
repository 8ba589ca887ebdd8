"""Every page of the inventory held to A1, A3, A4, A5, A6, A20, A22 and A27 of the quality list, wide and narrow.

A page is opened once and looked at in every way, so that a hundred pages take minutes; all faults are said together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Page as Tab

from tests.browser import eyes
from tests.browser.pages import PAGES, Page

Found = Iterator[tuple[str, list[str]]]


def least(page: Page, tab: Tab) -> int:
    """Targets: 44 px on the face for residents, which visitors see; 24 px on the desk."""
    face = tab.locator("body.face").count() == 1
    assert face or page.role or page.url == "design", "a visitor sees the desk"
    return 44 if face else 24


FIRST = {page.url: page for page in reversed(PAGES)}  # each address once in every run, its other states in a release
SHOWN = [page if FIRST[page.url] is page else pytest.param(page, marks=pytest.mark.release) for page in PAGES]


@pytest.mark.parametrize("page", SHOWN, ids=str)
def test_everybody_can_use_the_page(page: Page, open_page: Callable[..., Tab]) -> None:
    tab = open_page(page)
    looks = [built(tab), focus(tab), plain(tab, least(page, tab)), elder(tab), dark(tab), spaced(tab)]
    faults = {what: found for look in looks for what, found in look if found}
    assert faults == {}


def plain(tab: Tab, target: int) -> Found:
    """As most see it: axe wide and on a phone, nothing sideways, controls that can be hit."""
    for width in (1280, 768, 320):
        eyes.resize(tab, width)
        yield f"sideways at {width}", eyes.too_wide(tab)
        yield f"regions without a name at {width}", eyes.silent_regions(tab)
        if width != 768:
            yield f"axe at {width}", eyes.axe(tab)
            yield f"small at {width}", eyes.small_targets(tab, target)


def focus(tab: Tab) -> Found:
    """Focus shows wherever Tab leads, and nothing covers it."""
    for width in (320, 1280):
        eyes.resize(tab, width)
        found = eyes.stops(tab)
        faint = [stop["html"] for stop in found if stop["outline"] == "none" or stop["width"] < 3]
        yield f"focus that cannot be seen at {width}", faint
        hidden = [stop["html"] for stop in found if stop["covered"] or not stop["whole"]]
        yield f"focus covered or out of sight at {width}", hidden


def elder(tab: Tab) -> Found:
    eyes.dress(tab, size="elder")
    yield "axe, elder mode on a phone", eyes.axe(tab, eyes.SIZED)
    for width in (320, 1280):
        eyes.resize(tab, width)
        yield f"sideways, elder mode at {width}", eyes.too_wide(tab)


def dark(tab: Tab) -> Found:
    eyes.dress(tab, theme="dark")
    yield "contrast in the dark", eyes.axe(tab, eyes.CONTRAST)
    eyes.dress(tab)


def spaced(tab: Tab) -> Found:
    """A reader's own space between letters and lines (WCAG 1.4.12)."""
    tab.evaluate(eyes.SPACING)
    for width in (1280, 320):
        eyes.resize(tab, width)
        yield f"cut off when spaced at {width}", eyes.clipped(tab)
        yield f"sideways when spaced at {width}", eyes.too_wide(tab)


def built(tab: Tab) -> Found:
    """Headings, landmarks, language and title; no script in the page, and none that the page waits for."""
    seen = eyes.structure(tab)
    frame = (seen["lang"], seen["mains"], seen["banners"], seen["feet"], seen["first"], seen["levels"].count(1))
    yield "frame", [] if frame == ("zh-CN", 1, 1, 1, "#main", 1) else [str(frame)]
    yield "headings that jump a level", [str(two) for two in pairwise(seen["levels"]) if two[1] - two[0] > 1]
    yield "title", [] if seen["title"].endswith(" · 同行") else [seen["title"]]
    for what in ("nameless", "dangling", "handlers"):
        yield what, seen[what]
    yield "charts without a table", [chart for chart in seen["charts"] if chart != "TABLE"]
    yield "zoom", [word for word in ("user-scalable", "maximum-scale") if word in seen["zoom"]]
    yield "order of its own, or scripts", [f"{seen['jumps']} {seen['scripts']}"] * any((seen["jumps"], seen["scripts"]))
