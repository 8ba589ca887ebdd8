"""Every look at a page sees the fault that it is there for: shown on a page that has it, and on one that has not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from tests.browser import colours, eyes

Look = Callable[[Tab], list[str]]
SHEET = """body { background: #fff; color: #000; font: 16px sans-serif; padding: 20px } a { color: inherit }
  button { border: 2px solid #333; background: #eee; color: #000 } a[aria-current] { outline: 2px solid }
  :focus-visible { outline: 3px solid #000; outline-offset: 2px }
  [data-theme=dark] body { background: #111; color: #eee }
  [data-theme=dark] :focus-visible { outline-color: #fff }"""


def themes(tab: Tab) -> list[str]:
    return colours.pale(tab, ["default", "dark"])


def rings(tab: Tab) -> list[str]:
    return colours.faint_rings(tab, ["default", "dark"])


def far(tab: Tab) -> list[str]:
    return ["far"] if eyes.is_far(eyes.stops(tab), 15) else []


def sixty(tab: Tab) -> list[str]:
    return eyes.small_primary(tab, 60)


def unsure(tab: Tab) -> list[str]:
    return eyes.axe(tab, ["color-contrast"])


LINKS = "".join(f"<a href='#{number}'>{number}</a>" for number in range(15))
FAULTS: dict[
    str, tuple[Look, str, str]
] = {  # the number of the quality list, the look, a page with the fault, one without
    "A1 unsure": (unsure, "<p style='background: url(data:,)'>words</p>", "<p>words</p>"),
    "A2 text": (themes, "<p style='color: #888'>words</p>", "<p>words</p>"),
    "A2 edge": (
        themes,
        "<input style='border: 1px solid #ccc; background: #fff'>",
        "<input style='border: 1px solid #777'>",
    ),
    "A2 icon": (themes, "<svg class=i style='stroke: #ddd'></svg>", "<svg class=i style='stroke: #777'></svg>"),
    "A2 chart": (
        themes,
        "<svg><rect width=9 height=9 fill='#ccc'/></svg>",
        "<svg><rect width=9 height=9 fill='#777'/></svg>",
    ),
    "A2 one theme": (themes, "<p style='color: #000'>words</p>", "<p style='color: inherit'>words</p>"),
    "A4": (eyes.clipped, "<p style='width: 9px; overflow: hidden'>words</p>", "<p>words</p>"),
    "A5": (
        sixty,
        "<main><a class=btn href=#>x</a></main>",
        "<main><textarea style='width: 60px; height: 60px'></textarea></main>",
    ),
    "A6": (far, f"{LINKS}<main><input></main>", "<main><input></main>"),
    "A7 faint": (rings, "<p><button style='outline-color: #ddd'>go</button>", "<p><button>go</button>"),
    "A7 thin": (rings, "<p><button style='outline-width: 2px'>go</button>", "<p><button>go</button>"),
    "A7 cut off": (
        rings,
        "<div style='width: 40px; overflow: hidden'><button style='width: 80px'>go</button></div>",
        "<p><button>go</button>",
    ),
    "A9 paper": (
        colours.pale_on_paper,
        "<p><b style='background: #000; color: #fff'>words</b>",
        "<p><b style='background: #000; color: #333'>words</b>",
    ),
    "A10 edge": (colours.bare, "<button class=btn style='border: 0'>go</button>", "<button class=btn>go</button>"),
    "A10 current": (
        colours.unseen_states,
        "<a href=# style='outline: 0' aria-current=page>x</a>",
        "<a href=# aria-current=page>x</a>",
    ),
    "A10 chosen": (
        colours.unseen_states,
        "<p class=choices><label><input type=radio checked style='appearance: none; width: 2em'></label></p>",
        "<p class=choices><label><input type=radio checked></label></p>",
    ),
    "A27": (eyes.unpasted, "<input>", "<input id=open>"),
}


@pytest.fixture(scope="module")
def blank(chromium: Browser) -> Iterator[Tab]:
    tab = chromium.new_page(viewport={"width": 600, "height": 400})
    yield tab
    tab.close()


@pytest.mark.parametrize("fault", FAULTS)
def test_every_look_sees_its_fault_and_no_other(fault: str, blank: Tab) -> None:
    look, bad, good = FAULTS[fault]
    blank.emulate_media(forced_colors="active" if fault.startswith("A10") else "none")
    found = []
    for body in (bad, good):
        blank.set_content(f"<!DOCTYPE html><style>{SHEET}</style><a class=skip href=#>past</a>{body}")
        if fault == "A27":
            blank.evaluate("""() => { document.querySelector('input').onpaste =
                event => { if (!event.target.id) event.preventDefault(); }; }""")
        found.append(bool(look(blank)))
    assert found == [True, False]


@pytest.mark.release
def test_what_axe_left_to_us_is_looked_at_again_in_time() -> None:
    assert date.today() < eyes.REVIEWED_UNTIL
