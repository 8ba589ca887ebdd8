"""On paper and step by step: what is said stays said (A9, A10, A29)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page as Tab

from tests.browser import colours
from tests.browser.page import press
from tests.browser.pages import COUNTY, PAGES, XIAOYU, Page, person

Open = Callable[..., Tab]
CASE = next(page for page in PAGES if str(page) == "case-asked")
ON_PAPER = """() => [...document.querySelectorAll('.panel .tree .cond')].map(el => ({
  shown: el.checkVisibility({contentVisibilityAuto: true}) && el.getBoundingClientRect().height > 0,
  said: el.innerText}))"""


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


def test_what_is_mine_on_paper_keeps_its_state_and_moves_and_blinks_nowhere(open_page: Open) -> None:
    """A9, A10 and A29 along one way: the case, its letter, all my things."""
    tab = open_page(CASE, reduced_motion="reduce")
    for name in ("", "看信", "我的事"):
        if name:
            press(tab.get_by_role("link", name=name, exact=True).first)
        states = tab.locator("main :is(h1, .tag, ul.meta, dl.facts)").filter(visible=True)
        said = states.all_inner_texts()
        tab.emulate_media(media="print")
        assert said and states.all_inner_texts() == said
        assert not tab.locator(".nav, .foot, main .btn").filter(visible=True).count()
        tab.emulate_media(media="screen", forced_colors="active")
        assert colours.bare(tab) == [] and tab.evaluate("document.getAnimations().length") == 0
        tab.emulate_media(media="screen", forced_colors="none")


def test_paper_is_white_in_every_look(open_page: Open) -> None:
    tab = open_page(Page("desk:person", "print", COUNTY, person(XIAOYU)), display="dark")
    tab.emulate_media(media="print")
    for what in ("body", ".card, .panel", ".tag"):
        assert tab.locator(what).first.evaluate("el => getComputedStyle(el).backgroundColor") == "rgb(255, 255, 255)"
        assert tab.locator(what).first.evaluate("el => getComputedStyle(el).color") == "rgb(0, 0, 0)"


@pytest.mark.parametrize("name", ["design-filled", "plan-filled"])
def test_paper_takes_no_background_and_every_word_is_dark(name: str, open_page: Open) -> None:
    """Every component there is, and the page with the most states; chips that stand light on dark turn round."""
    page = next(page for page in PAGES if str(page) == name)
    for theme in ("", "dark"):
        assert colours.pale_on_paper(open_page(page, display=theme)) == []
