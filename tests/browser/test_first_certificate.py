"""J2: 韦大叔 asks once, by keyboard, without JavaScript, on a narrow phone; the rest comes to him."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import eyes
from tests.browser.hands import Keyboard
from tests.browser.offices import Office, button, do, link, opened
from tests.browser.pages import COUNTY

NARROW, MOST_SCREENS, LEAST_LINKED = 320, 4, 3


@pytest.fixture
def office(chromium: Browser, folders: dict[str, Path], tmp_path: Path) -> Iterator[Office]:
    with opened(chromium, folders["town"], tmp_path) as found:
        yield found


class Phone:
    """A narrow phone without a mouse, that counts the pages until he is done and remembers what he was asked."""

    def __init__(self, hand: Keyboard) -> None:
        self.hand, self.screens, self.asked = hand, 0, list[str]()

    def on(self, name: str) -> None:
        tab = self.hand.tab
        assert eyes.too_wide(tab) == []
        shown = tab.locator("main input:not([type=hidden])")
        fields = sorted(set(shown.evaluate_all("all => all.map(one => one.name)")))
        assert not set(fields) & set(self.asked)
        self.asked += fields
        self.screens += 1
        self.hand.follow(button(tab, name))


def apply_by_phone(tab: Page, hand: Keyboard) -> Phone:
    phone = Phone(hand)
    hand.follow(link(tab, "第一次办残疾人证"))
    phone.on("对，往下")
    kind = tab.get_by_label("手脚或身体不方便")
    hand._reach(kind)
    tab.keyboard.press("Space")
    hand.choose(tab.get_by_label("能，自己去或有人陪"))
    phone.on("往下")
    hand.choose(tab.locator("#slot-1"))
    phone.on("往下")
    phone.on("对，就这样办")
    return phone


def assessed(office: Office) -> None:
    """The doctor forgets the grade first: what was chosen is still there."""
    doctor = office.enter("assessor")
    doctor.follow(link(doctor.tab, "韦有福"))
    doctor.tab.get_by_label("肢体").check()
    doctor.follow(button(doctor.tab, "记下，交县区残联"))
    expect(doctor.tab.locator("main")).to_contain_text("请选等级")
    expect(doctor.tab.get_by_label("肢体")).to_be_checked()
    doctor.choose(doctor.tab.get_by_label("二级"))
    doctor.follow(button(doctor.tab, "记下，交县区残联"))
    expect(doctor.tab.locator("h1")).to_have_text("等评定的人")


def signed(office: Office, number: str) -> None:
    """The county's federation."""
    office.hire(COUNTY, "county-of-wei", "小冯", "450512000000")
    county = office.enter(COUNTY, user="county-of-wei")
    county.tab.goto(f"/desk/cases/{number}/")
    expect(county.tab.locator("main")).to_contain_text("评定结果：肢体，二级")
    do(county, "granted")


def test_one_request_brings_the_certificate_and_what_follows_from_it(office: Office) -> None:
    hand = office.enter("wei_dashu", Keyboard)
    assert isinstance(hand, Keyboard)
    tab = hand.tab
    eyes.resize(tab, NARROW)
    tab.goto("/home/")
    hand.follow(link(tab, "办一件事"))
    phone = apply_by_phone(tab, hand)
    assert phone.screens <= MOST_SCREENS
    assert eyes.too_wide(tab) == []
    expect(tab.locator("h1")).to_have_text("收到了")
    number = tab.url.rstrip("/").rsplit("/", 1)[1]
    assessed(office)
    signed(office, number)

    tab.goto("/home/")
    hand.follow(link(tab, "看我的证"))
    assert eyes.too_wide(tab) == []
    expect(tab.locator("main dl")).to_contain_text("肢体")
    expect(tab.locator("main dl")).to_contain_text("二级")
    names = tab.locator("main form h3").all_text_contents()
    assert len(names) >= LEAST_LINKED
    hand.follow(button(tab, "这些都要"))
    expect(tab.locator("main")).to_contain_text("正在办的")
    assert tab.locator("section[aria-labelledby=h-run] > ul > li").count() == len(names)
