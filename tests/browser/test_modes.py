"""Forced colours, reduced motion, print: what is said stays said (A9, A10, A29)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Tab

from tests.browser import eyes
from tests.browser.pages import COUNTY, PAGES, XIAOYU, Page, person

Open = Callable[..., Tab]
SHOWN = [page for page in PAGES if str(page) in {"start-demo", "today-township", "person-child", "simulate-result"}]
ON_PAPER = """() => [...document.querySelectorAll('.panel .tree .cond')].map(el => ({
  shown: el.checkVisibility({contentVisibilityAuto: true}) && el.getBoundingClientRect().height > 0,
  said: el.innerText}))"""


@pytest.mark.parametrize("page", SHOWN, ids=str)
def test_forced_colours_keep_every_border_and_icon(page: Page, open_page: Open) -> None:
    tab = open_page(page, forced_colors="active")
    assert tab.evaluate("matchMedia('(forced-colors: active)').matches")
    bare = tab.evaluate("""() => [...document.querySelectorAll('.btn, .tag, .chip, .card, .panel')].filter(el =>
      el.checkVisibility() && parseFloat(getComputedStyle(el).borderTopWidth) < 1)
      .map(el => el.outerHTML.slice(0, 99))""")
    assert bare == []
    pale = tab.evaluate("""() => [...document.querySelectorAll('svg.i')].filter(el => el.checkVisibility() &&
      getComputedStyle(el).stroke !== getComputedStyle(el).color).map(el => el.outerHTML.slice(0, 99))""")
    assert pale == []
    assert eyes.axe(tab) == []


@pytest.mark.parametrize("page", SHOWN, ids=str)
def test_nothing_moves_by_itself(page: Page, open_page: Open) -> None:
    for motion in ("reduce", "no-preference"):
        tab = open_page(page, reduced_motion=motion)
        assert tab.evaluate("document.getAnimations().length") == 0


def test_a_person_on_paper_keeps_every_state_and_reason_as_words(open_page: Open) -> None:
    tab = open_page(Page("desk:person", "print", COUNTY, person(XIAOYU)))
    states = tab.locator("main .tag").all_inner_texts()
    tab.emulate_media(media="print")
    assert states
    assert tab.locator("main .tag").all_inner_texts() == states
    reasons = tab.evaluate(ON_PAPER)
    assert reasons
    assert [row for row in reasons if not row["shown"] or not row["said"].strip()] == []
    assert not tab.locator(".nav, .seek, .foot, main .btn").filter(visible=True).count()
    assert tab.pdf(format="A4").startswith(b"%PDF")


def test_paper_is_white_in_every_look(open_page: Open) -> None:
    tab = open_page(Page("desk:person", "print", COUNTY, person(XIAOYU)), display="dark")
    tab.emulate_media(media="print")
    for what in ("body", ".card, .panel", ".tag"):
        assert tab.locator(what).first.evaluate("el => getComputedStyle(el).backgroundColor") == "rgb(255, 255, 255)"
        assert tab.locator(what).first.evaluate("el => getComputedStyle(el).color") == "rgb(0, 0, 0)"
