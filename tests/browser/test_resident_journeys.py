"""Residents do it themselves: by keyboard alone, without JavaScript, on a narrow phone (J3, J4, J5, J12)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import eyes, sheets
from tests.browser.hands import Keyboard, Mouse
from tests.browser.offices import Office, apply, button, do, link, opened
from tests.browser.pages import CHEN, CIVIL, COUNTY, LIVING, QIN, VILLAGE, XIAOYU, person
from tests.browser.test_appeal_journeys import refused

NARROW = 320


@pytest.fixture
def office(chromium: Browser, folders: dict[str, Path], tmp_path: Path) -> Iterator[Office]:
    with opened(chromium, folders["town"], tmp_path) as found:
        yield found


def at_home(office: Office, door: str) -> Keyboard:
    """Somebody with a small phone and no mouse."""
    hand = office.enter(door, Keyboard)
    assert isinstance(hand, Keyboard)
    eyes.resize(hand.tab, NARROW)
    return hand


def looked_at(hand: Mouse) -> None:
    """Every page of the way fits and has nothing that axe minds."""
    assert eyes.too_wide(hand.tab) == []


def proposals(office: Office) -> None:
    """周姐 sends one to everybody on her list."""
    zhou = office.enter(CIVIL)
    zhou.tab.goto("/desk/cases/open/" + LIVING)
    zhou.follow(zhou.tab.locator("form button.big"))


def test_a_proposal_is_taken_by_the_person_and_by_the_village_for_whoever_has_no_phone(office: Office) -> None:
    """J3: one message, one step; 陈阿婆 through 小陆, and everywhere it says that he did it."""
    proposals(office)
    qin = at_home(office, "qin_haiyan")
    qin.follow(link(qin.tab, "困难残疾人生活补贴"))
    looked_at(qin)
    expect(qin.tab.locator("h1")).to_have_text("困难残疾人生活补贴：等您回答")
    qin.follow(button(qin.tab, "要"))
    expect(qin.tab.locator("main")).to_contain_text("记下了：您要")
    expect(qin.tab.locator("h1")).to_contain_text("已决定")
    lu = office.enter(VILLAGE)
    lu.tab.goto(person(CHEN))
    lu.follow(button(lu.tab, "本人说同意，开始代办"))
    expect(lu.tab.locator("main")).to_contain_text("代办中")
    lu.follow(link(lu.tab, "困难残疾人生活补贴"))
    lu.follow(button(lu.tab, "要"))
    expect(lu.tab.locator("h1")).to_contain_text("已决定")
    expect(lu.tab.locator("section[aria-labelledby=h-e]")).to_contain_text("代办")
    lu.follow(button(lu.tab, "办完了，结束代办"))
    assert lu.tab.context.request.get("/my/").status == 403


def test_a_text_opens_one_answer(office: Office) -> None:
    """J3 without signing in: the link in the text, once."""
    proposals(office)
    hand = Keyboard(office.visits.fresh(None, java_script_enabled=False).new_page())
    eyes.resize(hand.tab, NARROW)
    hand.tab.goto(f"/demo/phone/{QIN}/")
    hand.follow(hand.tab.locator("main a[href^='/a/']"))
    looked_at(hand)
    address = hand.tab.url
    hand.follow(button(hand.tab, "要"))
    expect(hand.tab.locator("h1")).to_have_text("好了")
    assert hand.tab.context.request.get(address).status == 404


def test_the_one_missing_paper_goes_in_from_the_phone(office: Office) -> None:
    """J4: state, unit and day first; one paper is asked for, one button hands it in."""
    lu = office.enter(VILLAGE)
    apply(lu, CHEN, "temporary_relief")
    do(lu, "hand_back", item="hardship", words="照片看不清")
    chen = at_home(office, "chen_guilan")
    chen.follow(link(chen.tab, "临时救助"))
    expect(chen.tab.locator("h1")).to_contain_text("需要您补")
    expect(chen.tab.locator("ul.meta").first).to_contain_text("村协理员手上")
    assert chen.tab.locator("input[type=file]").count() == 1
    looked_at(chen)
    chen.attach(chen.tab.locator("#give"), sheets.scan())
    chen.follow(button(chen.tab, "交上去"))
    expect(chen.tab.locator("main")).to_contain_text("收到了")
    assert chen.tab.locator("input[type=file]").count() == 0


def test_a_mother_does_not_agree_for_her_child(office: Office) -> None:
    """J5 by the guardian: the letter names what failed, and one step brings it before somebody else."""
    number = refused(office)
    su = at_home(office, "xiaoyu")
    su.tab.goto("/my/for/")
    su.choose(su.tab.locator(f"[name=person][value='{XIAOYU}']"))
    su.follow(button(su.tab, "就办这个人的"))
    su.follow(link(su.tab, "困难残疾人生活补贴"))
    su.follow(link(su.tab, "看信"))
    looked_at(su)
    expect(su.tab.locator("article")).to_contain_text("名单上没有您家")
    su.write(su.tab.locator("#words"), "我家早就吃低保了")
    su.follow(button(su.tab, "我不同意"))
    expect(su.tab.locator("h1")).to_have_text("先答应一次")  # S28: he is five
    su.follow(button(su.tab, "我答应，接着办"))
    expect(su.tab.locator("main")).to_contain_text("换一个人再看")
    assert number not in su.tab.url
    zhou = office.enter(CIVIL)
    zhou.tab.goto(su.tab.url.replace("/my/", "/desk/"))
    do(zhou, "granted")
    expect(zhou.tab.locator("#errors")).to_contain_text("复核要由别人来办")


def test_who_looked_is_mine_to_know(office: Office) -> None:
    """J12: the look of a moment ago with unit and purpose; a fact put right by its department; a copy to take away."""
    li = office.enter(COUNTY)
    li.tab.goto(person(QIN))
    qin = at_home(office, "qin_haiyan")
    qin.follow(link(qin.tab, "我的资料"))
    looked_at(qin)
    expect(qin.tab.locator("section[aria-labelledby=h-looks]")).to_contain_text(
        re.compile("小黎.*残联.*看了资料", re.S)
    )
    expect(qin.tab.locator("section[aria-labelledby=h-looks]")).to_contain_text("核对应享待遇")
    qin.tab.goto("/my/data/correct/dibao/")
    qin.write(qin.tab.locator("#words"), "我家上个月刚进低保")
    qin.follow(button(qin.tab, "请他们改"))
    zhou = office.enter(CIVIL)
    zhou.tab.goto("/desk/requests/")
    zhou.write(zhou.tab.locator("main textarea").first, "查了，下月名单上有。")
    zhou.follow(button(zhou.tab, "答复"))
    qin.tab.goto("/my/data/")
    expect(qin.tab.locator("section[aria-labelledby=h-req]")).to_contain_text("下月名单上有")
    with qin.tab.expect_download() as coming:
        qin._reach(button(qin.tab, "给电脑用的（JSON）"))
        qin.tab.keyboard.press("Enter")
    assert json.loads(coming.value.path().read_bytes())["person"]["name"]


def test_a_passkey_opens_what_is_mine_with_one_press(chromium: Browser, office: Office) -> None:
    """A14: stored once, then no number, no code, nothing to remember. A key needs a host with a name."""
    address = office.visits.address("town").replace("127.0.0.1", "localhost")
    context = chromium.new_context(base_url=address)
    tab = context.new_page()
    keys = context.new_cdp_session(tab)
    keys.send("WebAuthn.enable")
    device = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    ready = {"isUserVerified": True, "automaticPresenceSimulation": True}
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": device | ready})
    tab.goto("/")
    tab.locator("form[action$='/demo-qin_haiyan/enter/'] button").click()
    tab.goto("/my/keys/add/")
    tab.locator("#id_name").fill("我的手机")
    tab.locator("main button.big").click()
    expect(tab.locator("main")).to_contain_text("我的手机")
    button(tab, "退出").click()
    tab.goto("/enter/passkey/")
    tab.locator("#go").click()
    tab.wait_for_url("**/my/")
    expect(tab.locator("h1")).to_have_text("我的事")
    context.close()
