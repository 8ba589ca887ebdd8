"""J1: a guest answers six questions and sees what is likely, without JavaScript, at 320 px, by pointing and by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser import eyes
from tests.browser.conftest import Visits
from tests.browser.hands import Mouse, visitor

SAID = ("海城区", "43", "视力", "二级", "全家吃低保", "是")
LIKELY = ("困难残疾人生活补贴", "重度残疾人护理补贴")


@pytest.fixture(params=["mouse", "keyboard"])
def hand(request: pytest.FixtureRequest, visits: Visits, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mouse]:
    """A visitor at the first page."""
    with visitor(visits, request.param, "/find/", monkeypatch) as made:
        yield made


def choice(tab: Tab, words: str):  # type: ignore[no-untyped-def]
    return tab.locator("main label", has_text=words).first.locator("input[type=radio]")


def begin(hand: Mouse, whom: str) -> None:
    hand.choose(choice(hand.tab, whom))
    hand.follow(hand.tab.get_by_role("button", name="开始"))


def answer(hand: Mouse, words: str) -> None:
    """An age is written, anything else chosen."""
    typed = hand.tab.locator("main input[inputmode=numeric]")
    if typed.count():
        hand.write(typed, words)
    else:
        hand.choose(choice(hand.tab, words))
    hand.follow(hand.tab.locator("button[name=go][value=next]").first)


def test_six_answers_show_both_subsidies_with_amount_and_reason(hand: Mouse) -> None:
    tab = hand.tab
    begin(hand, "我自己")
    for number, words in enumerate(SAID, 1):
        assert f"第 {number} 题" in tab.title()
        assert eyes.too_wide(tab) == []
        answer(hand, words)
    assert tab.url.endswith("/find/result/"), "no answer stands in the address"
    expect(tab.locator("h1")).to_contain_text("很可能有")
    for name in LIKELY:
        card = tab.locator("article", has=tab.get_by_role("heading", name=name))
        expect(card.locator(".amt")).to_have_text("每月 80 元")
        expect(card.locator(".ticks li")).not_to_have_count(0)
    assert eyes.too_wide(tab) == []
    nothing_is_kept(tab)


def nothing_is_kept(tab: Tab) -> None:
    """Only the form's token is left in the browser, and the first page knows nothing."""
    assert {cookie["name"] for cookie in tab.context.cookies()} <= {"csrftoken", "display"}
    tab.goto("/find/")
    assert tab.locator("input:checked").count() == 0
    assert tab.locator("input[name=said]").count() == 0


def test_an_answer_is_changed_from_the_list_of_answers(hand: Mouse) -> None:
    tab = hand.tab
    begin(hand, "别人")
    for words in SAID:
        answer(hand, words)
    hand.follow(tab.locator("button[value='change:degree']"))
    assert choice(tab, "二级").is_checked()
    answer(hand, "四级")
    assert tab.get_by_role("heading", name=LIKELY[0]).count() == 1
    assert tab.locator("article").get_by_role("heading", name=LIKELY[1]).count() == 0


def test_nothing_chosen_is_said_first_and_the_way_back_keeps_the_answers(hand: Mouse) -> None:
    tab = hand.tab
    begin(hand, "我自己")
    answer(hand, "海城区")
    hand.follow(tab.locator("button[name=go][value=next]"))
    assert tab.title().startswith("有错误：")
    assert tab.locator("#errors").evaluate("el => el === document.activeElement")
    hand.follow(tab.get_by_role("button", name="上一题"))
    assert choice(tab, "海城区").is_checked()


def test_not_sure_at_every_question_still_ends_with_whom_to_ask(hand: Mouse) -> None:
    tab = hand.tab
    begin(hand, "我自己")
    for _ in range(6):
        if tab.locator("main input[inputmode=numeric]").count():
            hand.follow(tab.get_by_role("button", name="不清楚"))
        else:
            answer(hand, "不清楚")
    assert tab.url.endswith("/find/result/")
    expect(tab.locator("a[href='tel:12345']").first).to_be_visible()
