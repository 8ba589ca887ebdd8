"""A person is found, asked and granted what is theirs; refused, heard and put right; a morning by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.hands import Mouse
from tests.browser.offices import Office, button, link, opened
from tests.browser.pages import CIVIL, VILLAGE, gaps

POLICY = "living_allowance"
NAME = "困难残疾人生活补贴"


@pytest.fixture
def office(chromium: Browser, folders: dict[str, Path], tmp_path: Path) -> Iterator[Office]:
    with opened(chromium, folders["town"], tmp_path) as found:
        yield found


def open_all(hand: Mouse) -> int:
    """From the list of who misses it to the page of the batch. How many cases."""
    tab = hand.tab
    tab.goto(gaps(list="missing", policy=POLICY))
    hand.follow(link(tab, "一键开件"))
    said = re.search(r"给 ([\d,]+) 人", tab.locator("h1").inner_text())
    assert said
    hand.follow(button(tab, f"开这 {said[1]} 件"))
    expect(tab.locator("h1")).to_have_text(f"开了 {said[1]} 件")
    return int(said[1].replace(",", ""))


def take(hand: Mouse, name: str) -> str:
    """The case of this person in one's queue. Its number."""
    hand.follow(link(hand.tab, "办件"))
    hand.follow(hand.tab.locator("#list").get_by_role("link", name=name, exact=True).first)
    return hand.tab.url.rstrip("/").rsplit("/", 1)[1]


def do(
    hand: Mouse, choice: str, *, then: str = "定了，留在这一件", words: str = "", item: str = "", role: str = ""
) -> None:
    """One choice of the step, with what belongs to it."""
    tab = hand.tab
    hand.choose(tab.locator(f"[name=what][value={choice}]"))
    if item:
        tab.locator("#item").select_option(item)
    if role:
        tab.locator("#role").select_option(role)
    if words:
        hand.write(tab.locator("#reason"), words)
    hand.follow(button(tab, then))


def in_payment(hand: Mouse) -> int:
    """How many the policy's page says receive it, in one's own area."""
    hand.tab.goto(f"/desk/policies/{POLICY}/")
    figure = hand.tab.locator(".figs li").filter(has_text="在领").locator(".fig")
    return int(figure.inner_text().replace(",", ""))


def test_one_click_finds_asks_and_grants_what_somebody_missed(office: Office) -> None:
    """J3: open all, take all back, open again; one yes in the village; it counts after the night."""
    zhou = office.enter(CIVIL)
    before = in_payment(zhou)
    count = open_all(zhou)
    take_all_back(zhou)
    assert open_all(zhou) == count
    lu = office.enter(VILLAGE)
    number = take(lu, "陈桂兰")
    do(lu, "agree", words="同意")
    zhou.tab.goto(f"/desk/cases/{number}/")
    expect(zhou.tab.locator("#h-s")).to_have_text("批准")
    read_letter(zhou, f"{NAME}批准了")
    office.night()
    assert in_payment(zhou) == before + 1


def take_all_back(hand: Mouse) -> None:
    hand.follow(button(hand.tab, "整批撤销"))
    expect(hand.tab.get_by_role("status")).to_contain_text("没有人会收到通知")
    expect(hand.tab.locator("h1")).to_have_text("这一批撤销了")


def read_letter(hand: Mouse, title: str) -> None:
    """As a page and as a file."""
    hand.follow(link(hand.tab, "看给本人的信"))
    expect(hand.tab.locator("h1")).to_have_text(title)
    with hand.tab.expect_download() as coming:
        link(hand.tab, "PDF").click()
    assert coming.value.path().read_bytes().startswith(b"%PDF")
    assert coming.value.suggested_filename.endswith(".pdf")
