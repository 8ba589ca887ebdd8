"""What an officer comes for, from the front door to the end, without JavaScript: pointing, and by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Locator, expect
from playwright.sync_api import Page as Tab

from tests.browser import sheets
from tests.browser.conftest import Visits
from tests.browser.hands import Keyboard, Mouse, forbid_pointing
from tests.browser.pages import CHEN, CIVIL, COUNTY, PLANNER, TOWN, WEI, gaps, person

NOBODY = WEI + 1
Walk = Callable[[str], Mouse]


@pytest.fixture(params=["mouse", "keyboard"])
def walk(request: pytest.FixtureRequest, visits: Visits, monkeypatch: pytest.MonkeyPatch) -> Iterator[Walk]:
    """In through the demo door in a role, in a city that may be changed. Complaints of the browser fail the test."""
    contexts: list[BrowserContext] = []
    visits.complaints.clear()

    def begin(role: str) -> Mouse:
        contexts.append(visits.fresh(None, "busy", java_script_enabled=False))
        tab = contexts[-1].new_page()
        if request.param == "keyboard":
            forbid_pointing(monkeypatch)
        hand = Keyboard(tab) if request.param == "keyboard" else Mouse(tab)
        tab.goto("/")
        hand.follow(tab.locator(f"ul form[action$='/demo-{role}/enter/'] button"))
        return hand

    yield begin
    for context in contexts:
        context.close()
    assert not visits.complaints, visits.complaints


def button(place: Tab | Locator, name: str) -> Locator:
    return place.get_by_role("button", name=name, exact=True).first


def card_of(tab: Tab, policy: str) -> Locator:
    return tab.locator(f"details.panel:has(> summary b:text-is('{policy}'))").first


def to_a_person_with_a_question(hand: Mouse) -> Locator:
    """Today → what cannot be told → the first person with a form that asks for yes or no. Returns that form."""
    tab = hand.tab
    hand.follow(tab.locator(".figs a[href*='list=unknown']"))
    hand.follow(tab.locator("table.matrix tbody td a[href*='device_subsidy']").first)
    for row in range(tab.locator("#list tbody th a").count()):
        hand.follow(tab.locator("#list tbody th a").nth(row))
        form = tab.locator("details[open] form.notice.ask:has([type=radio][value=true])").first
        if form.count():
            return form
        tab.go_back()
    raise AssertionError("nobody on the list can be asked")


def test_a_missing_fact_is_answered_and_the_card_is_computed_again(walk: Walk) -> None:
    hand = walk(COUNTY)
    tab = hand.tab
    expect(tab.locator("h1")).to_contain_text("今天的情况")
    form = to_a_person_with_a_question(hand)
    fact = form.locator("[name=fact]").get_attribute("value")
    asked = tab.locator(f"form.notice.ask:has([name=fact][value='{fact}'])")
    assert asked.count()
    hand.choose(form.locator("[type=radio][value=true]"))
    hand.follow(button(form, "记下"))
    expect(tab.get_by_role("status")).to_contain_text("记下了")
    assert asked.count() == 0, "the cards still ask for what was told"


def test_a_no_is_kept_in_the_persons_words_and_may_be_taken_back(walk: Walk) -> None:
    hand = walk(COUNTY)
    tab = hand.tab
    hand.follow(tab.locator(".figs a[href*='list=missing']"))
    hand.follow(tab.locator("table.matrix tbody td a[href*='nursing_allowance']").first)
    name = tab.locator("table.matrix tr.on th").inner_text()
    hand.follow(tab.locator("#list tbody th a").first)
    card = card_of(tab, name)
    hand.unfold(card.get_by_text("本人说不要…"))
    hand.write(card.get_by_label("本人的原话"), "等孩子回来再说")
    hand.follow(button(card, "记下"))
    expect(tab.get_by_role("status")).to_contain_text("以后随时可以改主意")
    hand.unfold(card.locator("> summary"))
    expect(card).to_contain_text("本人说：“等孩子回来再说”")
    hand.follow(button(card, "本人又想要了"))
    expect(tab.get_by_role("status")).to_contain_text("又想要了")
    expect(card.get_by_text("本人说不要…")).to_be_visible()


def test_a_trial_shows_cost_and_who_gains_and_changes_nothing(walk: Walk) -> None:
    hand = walk(PLANNER)
    tab = hand.tab
    hand.follow(tab.get_by_role("link", name="试算"))
    amount = tab.locator("input[id^='k-'][inputmode=decimal]").first
    now = amount.input_value()
    hand.write(amount, "大概一百")
    hand.follow(button(tab, "算一次"))
    assert tab.title().startswith("有错误：")
    assert amount.input_value() == "大概一百"
    hand.follow(tab.locator("#errors a"))
    hand.write(amount, str(int(float(now)) + 20))
    hand.follow(button(tab, "算一次"))
    expect(tab.locator(".figs")).to_contain_text("一年多花")
    expect(tab.locator("#chart-table tfoot")).to_contain_text("合计")
    hand.follow(tab.get_by_role("link", name="回到现在"))
    assert amount.input_value() == now


def test_a_list_is_looked_at_taken_and_taken_back(walk: Walk) -> None:
    hand = walk(CIVIL)
    tab = hand.tab
    hand.follow(tab.get_by_role("link", name="部门名单"))
    send(hand, sheets.dibao(), "2026-11-20")
    expect(tab.locator("#h-p")).to_have_text("有错的行 2")
    here = tab.url
    hand.follow(button(tab, "收下没有错的行"))
    expect(tab.get_by_role("status")).to_contain_text("已入库")
    hand.write(tab.get_by_label("写一句为什么"), "交错了月份")
    hand.follow(button(tab, "撤回整批"))
    expect(tab.get_by_role("status")).to_contain_text("和入库以前一样")
    assert tab.url == here
    assert button(tab, "撤回整批").count() == 0


def send(hand: Mouse, sheet: sheets.FilePayload, as_of: str) -> None:
    card = hand.tab.locator("form[aria-labelledby=f-dibao]")
    hand.attach(card.locator("[type=file]"), sheet)
    hand.write(card.get_by_label("名单截到哪一天"), as_of)
    hand.follow(button(card, "看看会怎样"))


def test_a_bad_list_is_refused_and_what_was_typed_stays(walk: Walk) -> None:
    hand = walk(CIVIL)
    tab = hand.tab
    hand.follow(tab.get_by_role("link", name="部门名单"))
    send(hand, sheets.dibao(), "十一月底")
    assert tab.evaluate("document.activeElement.id") == "errors"
    day = tab.locator("#as-dibao")
    assert (day.input_value(), day.get_attribute("aria-invalid")) == ("十一月底", "true")
    send(hand, sheets.not_a_list(), "2026-11-20")
    assert day.input_value() == "2026-11-20"
    assert tab.locator("#file-dibao").get_attribute("aria-invalid") == "true"
    assert tab.evaluate("location.pathname").endswith("/upload/"), "nothing was kept"


def test_a_strangers_person_is_not_there(walk: Walk) -> None:
    hand = walk(TOWN)
    numbers = (WEI, NOBODY)
    answers = [hand.tab.goto(person(number)) for number in numbers]
    assert [answer.status for answer in answers if answer] == [404, 404]
    stranger, nobody = (plain(hand.tab.request.get(person(number)).text(), number) for number in numbers)
    assert stranger == nobody, "the answer tells that somebody is there"


def plain(html: str, number: int) -> str:
    """The page without its token, the number of this mistake, and its own address."""
    return re.sub(r'value="\w{64}"|>[0-9A-F]{8}<', "", html).replace(str(number), "")


def test_after_signing_out_nothing_comes_back(walk: Walk) -> None:
    """S31: neither Back nor the address shows what was open before."""
    hand = walk(COUNTY)
    tab = hand.tab
    tab.goto(person(CHEN))
    name = tab.locator("h1").inner_text()
    tab.goto(gaps(list="missing", policy="nursing_allowance"))
    hand.follow(button(tab, "退出"))
    for _ in range(2):
        tab.go_back()
        assert "/sign-in/" in tab.url or tab.get_by_role("button", name="退出").count() == 0
        assert name not in tab.content()
        assert tab.locator("#list tbody tr").count() == 0
    tab.goto(person(CHEN))
    assert "/sign-in/" in tab.url
