"""Without an account: written, kept, taken up elsewhere, sent, the card seen, the case; by keyboard, bare, at 320."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect

from tests.browser import eyes, sheets
from tests.browser.areas.guests import NUMBERS, card, code
from tests.browser.hands import Keyboard
from tests.browser.offices import Office, button, link, opened
from tests.browser.test_apply_journey import a_guest, narrow
from tongxing.content.instance import pack


@pytest.fixture
def office(chromium: Browser, folders: dict[str, Path], tmp_path: Path) -> Iterator[Office]:
    with opened(chromium, folders["town"], tmp_path) as found:
        yield found


def take(hand: Keyboard, field: str, value: str) -> None:
    """A choice of a list, by the arrows."""
    control = hand.tab.locator(field)
    hand._reach(control)
    for _ in range(80):
        if control.input_value() == value:
            return
        hand.tab.keyboard.press("ArrowDown")
    raise AssertionError("the arrows do not lead to this choice")


def begun(office: Office) -> tuple[Keyboard, str, str]:
    """A service chosen, one question answered, one paper handed in, and kept."""
    hand, phone = a_guest(office), str(next(NUMBERS))
    tab = hand.tab
    tab.goto("/apply/")
    service = "a[href='/apply/temporary_relief/guest/']"
    hand.unfold(tab.locator("details", has=tab.locator(service)).locator("summary"))
    hand.follow(tab.locator(service))
    expect(tab.locator("main")).to_contain_text("不用登录")
    hand.follow(button(tab, "开始填"))
    hand.choose(tab.get_by_label("没有工作"))
    hand.follow(button(tab, "往下"))
    while not tab.locator("#give-file").count():
        hand.follow(button(tab, "不清楚"))
        assert eyes.too_wide(tab) == []
    hand.attach(tab.locator("#give-file"), sheets.scan())
    hand.follow(button(tab, "先存下，拿手机号接着写"))
    hand.write(tab.locator("#id_phone"), phone)
    hand.follow(button(tab, "发短信给我"))
    hand.write(tab.locator("#id_code"), code(tab, phone))
    hand.follow(button(tab, "存下"))
    expect(tab.locator("h1")).to_have_text("存好了")
    assert eyes.too_wide(tab) == []
    return hand, phone, tab.locator("p.fig").inner_text()


def taken_up(office: Office, phone: str, number: str) -> Keyboard:
    """On another device."""
    hand = a_guest(office)
    hand.tab.goto("/apply/back/")
    hand.write(hand.tab.locator("#id_phone"), phone)
    hand.write(hand.tab.locator("#id_number"), number)
    hand.follow(button(hand.tab, "发短信给我"))
    hand.write(hand.tab.locator("#id_code"), code(hand.tab, phone))
    hand.follow(button(hand.tab, "接着写"))
    return hand


def test_a_visitor_writes_keeps_comes_back_sends_and_the_township_opens_the_case(office: Office) -> None:
    _, phone, number = begun(office)
    again, identity = taken_up(office, phone, number), card()
    tab = again.tab
    expect(tab.locator("section[aria-labelledby=h-mine]")).to_contain_text("没有工作")
    expect(tab.locator("section[aria-labelledby=h-mine]")).to_contain_text("收到一份")
    assert eyes.too_wide(tab) == []
    again.follow(link(tab, "对，往下写是谁"))
    again.write(tab.locator("#id_name"), "Ou Yuan")
    again.write(tab.locator("#id_id_number"), identity)
    again.write(tab.locator("#id_phone"), phone)
    desk = pack(settings.PACK).roles["township_officer"].demo
    assert desk is not None
    take(again, "#id_township", str(desk.division))
    again.follow(button(tab, "往下"))  # the phone was proved a moment ago
    expect(tab.locator("h1")).to_have_text("收到了")
    assert eyes.too_wide(tab) == []
    number = tab.locator("p.fig").inner_text()
    officer = narrow(office.enter("township_officer", Keyboard))
    officer.tab.goto("/desk/requests/")
    officer.follow(officer.tab.locator("section[aria-labelledby=h-c] a", has_text=number))
    expect(officer.tab.locator("main")).to_contain_text("没有这个人，对上了就新建")
    officer.write(officer.tab.locator("#id_number"), identity)
    officer._reach(officer.tab.locator("#village"))
    officer.tab.keyboard.press("ArrowDown")
    officer.follow(button(officer.tab, "对上了，开件"))
    expect(officer.tab.locator("main")).to_contain_text("证件对上了，已经开件")
    expect(officer.tab.locator("main")).to_contain_text("Ou Yuan")
