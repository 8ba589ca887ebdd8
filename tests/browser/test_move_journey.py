"""Somebody moves within the city: says it on a small phone without JavaScript, the township there says yes (J11)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import eyes
from tests.browser.areas.moves import town
from tests.browser.hands import Keyboard
from tests.browser.offices import Office, apply, button, link, opened
from tests.browser.pages import CHEN, QIN, VILLAGE, person
from tests.browser.test_resident_journeys import at_home

TOWN, FAR = "township_officer", "450503101000"


@pytest.fixture
def office(chromium: Browser, folders: dict[str, Path], tmp_path: Path) -> Iterator[Office]:
    with opened(chromium, folders["town"], tmp_path) as found:
        yield found


def say(hand: Keyboard, place: str, village: int) -> str:
    """From the page of what is held; the name of the village."""
    hand.tab.goto("/my/data/")
    hand.follow(link(hand.tab, "搬家了"))
    assert eyes.too_wide(hand.tab) == []
    hand.tab.locator("#id_town").select_option(place)
    hand.follow(button(hand.tab, "往下"))
    assert eyes.too_wide(hand.tab) == []
    option = hand.tab.locator("#id_village option").nth(village)
    name = option.inner_text()
    hand.tab.locator("#id_village").select_option(option.get_attribute("value"))
    hand.write(hand.tab.locator("#id_address"), "二组 8 号")
    hand.write(hand.tab.locator("#id_day"), hand.tab.locator("#day-h .nb").inner_text())
    hand.follow(button(hand.tab, "告诉那边"))
    return name


def test_who_moves_says_it_once_and_everything_follows(office: Office) -> None:
    lu = office.enter(VILLAGE)
    apply(lu, CHEN, "temporary_relief")
    office.hire(TOWN, "there", "老方", FAR)
    chen = at_home(office, "chen_guilan")
    say(chen, FAR, 1)
    expect(chen.tab.locator("main")).to_contain_text("核实以后告诉您")
    here = office.enter(TOWN)
    here.tab.goto("/desk/requests/")
    expect(here.tab.locator("main")).not_to_contain_text("说搬到这里来")
    there = office.enter(TOWN, user="there")
    assert there.tab.context.request.get(person(CHEN)).status == 404
    there.tab.goto("/desk/requests/")
    there.follow(there.tab.get_by_role("link", name="陈桂兰").first)
    expect(there.tab.locator("main")).to_contain_text("1 件，一起转来")
    there.follow(button(there.tab, "住在这里，转过来"))
    expect(there.tab.locator("main")).to_contain_text("记好了")
    assert there.tab.url.endswith(person(CHEN))
    expect(there.tab.locator("main")).to_contain_text("临时救助")
    here.tab.goto("/desk/requests/")
    here.follow(here.tab.get_by_role("link", name="陈桂兰").first)
    expect(here.tab.locator("main")).to_contain_text("资料已经转走")
    assert here.tab.context.request.get(person(CHEN)).status == 404
    chen.tab.goto("/my/data/")
    assert eyes.too_wide(chen.tab) == []
    expect(chen.tab.locator("section[aria-labelledby=h-req]")).to_contain_text(re.compile("搬好了.*起，归.*管", re.S))


def test_a_mistake_is_taken_back_and_what_the_township_asks_is_read(office: Office) -> None:
    qin = at_home(office, "qin_haiyan")
    say(qin, town(), 1)
    qin.follow(button(qin.tab, "撤回，不搬了"))
    expect(qin.tab.locator("section[aria-labelledby=h-req]")).to_contain_text("本人撤回了")
    say(qin, town(), 2)
    mo = office.enter(TOWN)
    mo.tab.goto("/desk/requests/")
    mo.follow(mo.tab.get_by_role("link", name="覃海燕").first)
    mo.write(mo.tab.locator("#words"), "这个门牌没有人住，是几号？")
    mo.follow(button(mo.tab, "不在这里，请本人再说"))
    qin.tab.goto("/my/data/")
    expect(qin.tab.locator("section[aria-labelledby=h-req]")).to_contain_text("是几号？")
    qin.tab.goto(f"/demo/phone/{QIN}/")
    expect(qin.tab.locator("main")).to_contain_text("还没有办")
