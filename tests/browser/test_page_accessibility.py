"""Every page of the inventory held to A1–A7, A9, A10, A20–A22 and A27 of the quality list, wide and narrow.

A page is opened once and looked at in every way, so that a hundred pages take minutes; all faults are said together,
each under the number that it breaks. That every look sees its fault is `test_eyes.py`'s to show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Page as Tab

from tests.browser import colours, eyes, spoken
from tests.browser.pages import PAGES, Page

Found = Iterator[tuple[str, list[str]]]
MOST_TABS = 15  # from the top of a page to its first field


def least(page: Page, tab: Tab) -> int:
    """Targets: 44 px on the face for residents, which visitors see; 24 px on the desk."""
    face = tab.locator("body.face").count() == 1
    assert face or page.role or page.url == "design", "a visitor sees the desk"
    return 44 if face else 24


FIRST = {page.url: page for page in reversed(PAGES)}  # each address once in every run, its other states in a release
SHOWN = [page if FIRST[page.url] is page else pytest.param(page, marks=pytest.mark.release) for page in PAGES]
OTHERS = colours.THEMES[1:]


@pytest.mark.parametrize("page", SHOWN, ids=str)
def test_everybody_can_use_the_page(page: Page, open_page: Callable[..., Tab], folders: dict[str, Path]) -> None:
    tab = open_page(page)
    said = spoken.unlike_before(page, tab, folders[page.city])
    target = least(page, tab)
    near = target == 44 and "open" not in page.state  # nobody meets a page with everything unfolded
    looks = [built(tab), focus(tab, near), plain(tab, target), themes(tab, OTHERS[PAGES.index(page) % len(OTHERS)])]
    looks += [elder(tab, target), still(tab), spaced(tab), forced(tab, target)]  # the last takes the page's states away
    faults = {what: found for look in looks for what, found in look if found}
    assert faults | ({"A21 said otherwise": said} if said else {}) == {}


def test_what_is_said_is_held_fast_for_pages_of_every_run() -> None:
    files = set(spoken.FOLDER.glob("*.txt"))
    assert 15 <= len(files) <= 25
    assert files <= {spoken.file_of(page) for page in FIRST.values()}


def plain(tab: Tab, target: int) -> Found:
    """As most see it: axe wide and on a phone, nothing sideways, controls that can be hit.

    Colours do not change with the width: both contrast rules run wide, and narrow in another theme.
    """
    for width in (1280, 768, 320):
        eyes.resize(tab, width)
        yield f"A3 sideways at {width}", eyes.too_wide(tab)
        yield f"A3 regions without a name at {width}", eyes.silent_regions(tab)
        if width != 768:
            yield f"A1 axe at {width}", eyes.axe(tab, but=[] if width == 1280 else eyes.CONTRAST)
            yield f"A5 small at {width}", eyes.small_targets(tab, target)
    yield "A27 paste refused", eyes.unpasted(tab)


def focus(tab: Tab, near: bool) -> Found:
    """Focus shows wherever Tab leads, nothing covers it, and a resident's first field is near."""
    for width in (320, 1280):
        eyes.resize(tab, width)
        found = eyes.stops(tab)
        faint = [stop["html"] for stop in found if stop["outline"] == "none" or stop["width"] < 3]
        yield f"A7 focus that cannot be seen at {width}", faint
        hidden = [stop["html"] for stop in found if stop["covered"] or not stop["whole"]]
        yield f"A7 focus covered or out of sight at {width}", hidden
        far = [stop["html"] for stop in found[:MOST_TABS]] if near and eyes.is_far(found, MOST_TABS) else []
        yield f"A6 no field within {MOST_TABS} Tabs at {width}", far


def themes(tab: Tab, other: str) -> Found:
    """Every theme by what the browser computed; one, which changes from page to page, by axe on a phone as well."""
    eyes.resize(tab, 320)
    yield "A2 pale", colours.pale(tab, colours.THEMES)
    eyes.dress(tab, theme=other)
    yield f"A2 contrast in {other}", eyes.axe(tab, eyes.CONTRAST)
    eyes.dress(tab)


def elder(tab: Tab, target: int) -> Found:
    """Larger things, then text of twice the size."""
    eyes.dress(tab, size="elder")
    yield "A1 axe, elder mode on a phone", eyes.axe(tab, eyes.SIZED)
    if target == 44:
        yield "A5 under 60 px, elder mode on a phone", eyes.small_primary(tab, 60)
    for width in (320, 1280):
        eyes.resize(tab, width)
        yield f"A3 sideways, elder mode at {width}", eyes.too_wide(tab)
    eyes.dress(tab, text="200")
    for width in (1280, 320):
        eyes.resize(tab, width)
        yield f"A4 sideways with text of 200 % at {width}", eyes.too_wide(tab)
        yield f"A4 cut off with text of 200 % at {width}", eyes.clipped(tab)
    eyes.dress(tab)


def still(tab: Tab) -> Found:
    """Nothing moves by itself, whether one asked for it or not."""
    for motion in ("reduce", "no-preference"):
        tab.emulate_media(reduced_motion=motion)  # type: ignore[arg-type]
        moving = tab.evaluate("document.getAnimations().map(one => String(one.effect.target?.outerHTML).slice(0, 120))")
        yield f"A9 moves ({motion})", moving


def forced(tab: Tab, target: int) -> Found:
    """With the colours of the system alone, controls keep their edges and what is chosen still looks chosen."""
    eyes.resize(tab, 1280)
    tab.emulate_media(forced_colors="active")
    yield "A10 lost under forced colours", colours.bare(tab)
    if target == 44:
        yield "A10 states that cannot be told under forced colours", colours.unseen_states(tab)


def spaced(tab: Tab) -> Found:
    """A reader's own space between letters and lines (WCAG 1.4.12)."""
    tab.evaluate(eyes.SPACING)
    for width in (320, 1280):
        eyes.resize(tab, width)
        yield f"A4 cut off when spaced at {width}", eyes.clipped(tab)
        yield f"A4 sideways when spaced at {width}", eyes.too_wide(tab)


def built(tab: Tab) -> Found:
    """Headings, landmarks, language and title; no script in the page, and none that the page waits for."""
    seen = eyes.structure(tab)
    frame = (seen["lang"], seen["mains"], seen["banners"], seen["feet"], seen["first"], seen["levels"].count(1))
    yield "A20 frame", [] if frame == ("zh-CN", 1, 1, 1, "#main", 1) else [str(frame)]
    yield "A20 headings that jump a level", [str(two) for two in pairwise(seen["levels"]) if two[1] - two[0] > 1]
    yield "A20 title", [] if seen["title"].endswith(" · 同行") else [seen["title"]]
    for what in ("nameless", "dangling", "handlers"):
        yield f"A20 {what}", seen[what]
    yield "A20 no help in its place", ["no 12345 in the foot"] * seen["helpless"]
    yield "A22 charts without a table", [chart for chart in seen["charts"] if chart != "TABLE"]
    yield "A27 zoom", [word for word in ("user-scalable", "maximum-scale") if word in seen["zoom"]]
    yield (
        "A20 order of its own, or scripts",
        [f"{seen['jumps']} {seen['scripts']}"] * any((seen["jumps"], seen["scripts"])),
    )
