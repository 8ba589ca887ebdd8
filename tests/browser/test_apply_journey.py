"""Begun, left and finished (A16, S23), and the yearly check (J11); by keyboard, without JavaScript, at 320."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, expect
from playwright.sync_api import Page as Tab

from tests.browser import eyes, sheets
from tests.browser.hands import Keyboard
from tests.browser.offices import Office, button, link, opened
from tests.browser.pages import QIN
from tests.browser.server import in_fork

NARROW, RELIEF = 320, "/apply/temporary_relief/"
HOSTILE: FilePayload = {
    "name": "照片.jpg",
    "mimeType": "image/jpeg",
    "buffer": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
}

YEAR_LATER = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxing.config.settings")
import django
django.setup()
from datetime import timedelta
from django.utils import timezone
from tongxing.payments.models import Award, Rate
from tongxing.registry.models import Status
today = timezone.localdate()
month = today.replace(year=today.year - 1, day=1)
Award.objects.filter(person=sys.argv[1], policy="nursing_allowance").update(from_month=month)
Rate.objects.filter(award__person=sys.argv[1]).update(from_month=month)
long_ago = today - timedelta(days=900)
Status.objects.filter(person=sys.argv[1], fact="needs_care").update(received_date=long_ago, from_date=long_ago)
"""


@pytest.fixture
def office(chromium: Browser, folders: dict[str, Path], tmp_path: Path) -> Iterator[Office]:
    with opened(chromium, folders["town"], tmp_path) as found:
        yield found


def narrow(hand: object) -> Keyboard:
    assert isinstance(hand, Keyboard)
    eyes.resize(hand.tab, NARROW)
    return hand


def a_guest(office: Office) -> Keyboard:
    return narrow(Keyboard(office.visits.fresh(None, java_script_enabled=False).new_page()))


def number_of(hand: Keyboard) -> str:
    """Her own phone number, as her own copy says it."""
    hand.tab.goto("/my/data/")
    with hand.tab.expect_download() as coming:
        hand._reach(button(hand.tab, "给电脑用的（JSON）"))
        hand.tab.keyboard.press("Enter")
    return str(json.loads(coming.value.path().read_bytes())["numbers"]["phone"])


def code_on_phone(tab: Tab) -> str:
    """The newest code, once the worker has sent it."""
    tab.goto(f"/demo/phone/{QIN}/")
    for _ in range(60):
        if found := re.search(r"验证码是 (\d{6})", tab.locator("main").inner_text()):
            return found[1]
        tab.wait_for_timeout(500)
        tab.reload()
    raise AssertionError("no code came")


def hand_in(hand: Keyboard) -> None:
    """A hostile file first: refused in words, nothing lost."""
    tab = hand.tab
    hand.attach(tab.locator("#give-file"), HOSTILE)
    hand.follow(button(tab, "交这一张"))
    expect(tab.locator("#errors")).to_contain_text("打不开这个文件")
    assert eyes.too_wide(tab) == []
    hand.attach(tab.locator("#give-file"), sheets.scan())
    hand.follow(button(tab, "交这一张"))


def leave(hand: Keyboard) -> str:
    hand.follow(button(hand.tab, "先存着，以后再交"))
    expect(hand.tab.locator("h1")).to_have_text("存好了")
    assert eyes.too_wide(hand.tab) == []
    number = hand.tab.locator("p.fig").inner_text()
    hand.follow(button(hand.tab, "退出"))
    return number


def come_back(office: Office, phone: str, number: str) -> Keyboard:
    hand = a_guest(office)
    hand.tab.goto("/apply/")
    hand.follow(link(hand.tab, "接着写"))
    hand.write(hand.tab.locator("#id_phone"), phone)
    hand.write(hand.tab.locator("#id_number"), number)
    hand.follow(button(hand.tab, "发短信给我"))
    assert eyes.too_wide(hand.tab) == []
    code = code_on_phone(a_guest(office).tab)
    hand.write(hand.tab.locator("#id_code"), code)
    hand.follow(button(hand.tab, "接着写"))
    return hand


def with_a_helper(hand: Keyboard) -> None:
    tab = hand.tab
    hand.unfold(tab.locator("summary", has_text="有人帮您写吗"))
    hand.choose(tab.get_by_label("家里人"))
    hand.write(tab.locator("#helper-name"), "女儿小芳")
    hand._reach(tab.locator("#helper-agreed"))
    tab.keyboard.press("Space")


def test_begun_left_and_finished_by_phone_and_number(office: Office) -> None:
    guest = a_guest(office)
    guest.tab.goto(RELIEF)
    expect(guest.tab.locator("h1")).to_have_text("用手机号登录")
    qin = narrow(office.enter("qin_haiyan", Keyboard))
    phone = number_of(qin)
    qin.tab.goto(RELIEF)
    assert eyes.too_wide(qin.tab) == []
    hand_in(qin)
    expect(qin.tab.locator("h1")).to_have_text("看看对不对")
    number = leave(qin)
    again = come_back(office, phone, number)
    said = again.tab.locator("section[aria-labelledby=h-mine]")
    expect(said).to_contain_text("收到一份")
    with_a_helper(again)
    assert eyes.too_wide(again.tab) == []
    again.follow(button(again.tab, "对，我要办"))
    expect(again.tab.locator("h1")).to_have_text("收到了")
    again.follow(link(again.tab, "看到哪一步了"))
    expect(again.tab.locator("section[aria-labelledby=h-e]")).to_contain_text("有人帮您写的申请")
    expect(again.tab.locator("section[aria-labelledby=h-p]")).to_be_visible()


def a_year_later(office: Office) -> None:
    """What she said of her care has grown old, her allowance is a year old, and a night has passed."""
    in_fork(office.data, "-c", YEAR_LATER, str(QIN))
    office.command("nightly")


def test_the_yearly_check_is_one_list_and_one_button(office: Office) -> None:
    a_year_later(office)
    qin = narrow(office.enter("qin_haiyan", Keyboard))
    qin.tab.goto("/home/")
    qin.follow(link(qin.tab, "看单子"))
    expect(qin.tab.locator("h1")).to_have_text("还是这样吗？")
    expect(qin.tab.locator("main dl")).to_contain_text("要长期照护")
    assert qin.tab.locator("main input:not([type=hidden])").count() == 0, "nothing is asked that is held"
    assert eyes.too_wide(qin.tab) == []
    qin.follow(button(qin.tab, "都还是这样"))
    expect(qin.tab.locator("main")).to_contain_text("核对好了，钱照发")
    expect(qin.tab.locator("section[aria-labelledby=h-e]")).to_contain_text("您说：都还是这样")
    office.command("nightly")
    qin.tab.goto("/home/")
    expect(qin.tab.locator("main")).not_to_contain_text("还是这样吗")
