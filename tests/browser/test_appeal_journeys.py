"""Somebody is refused, hears why, does not agree, and is put right by another officer (J5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import sheets
from tests.browser.hands import Mouse
from tests.browser.offices import Office, apply, button, do, link, opened, read_letter
from tests.browser.pages import CIVIL, TOWN, VILLAGE, XIAOYU, person, send_sheet

POLICY = "living_allowance"
NAME = "困难残疾人生活补贴"


@pytest.fixture
def office(chromium: Browser, folders: dict[str, Path], tmp_path: Path) -> Iterator[Office]:
    with opened(chromium, folders["town"], tmp_path) as found:
        yield found


def test_a_no_is_explained_and_put_right_by_somebody_else(office: Office) -> None:
    """J5: a reason, the failed condition and its source; not by the same person; arrears from the first month."""
    office.hire(CIVIL, "zhong", "老钟")
    number = refused(office)
    zhou = office.enter(CIVIL)
    zhou.tab.goto(f"/desk/cases/{number}/")
    zhou.unfold(zhou.tab.get_by_text("本人不同意这个决定…"))
    zhou.write(zhou.tab.locator("#ap"), "我家早就吃低保了")
    hand_over = button(zhou.tab, "记下，换人复核")
    zhou.follow(hand_over)
    put_on_dibao(zhou)
    pay_this_month(office)
    appeal = take_appeal(zhou)
    do(zhou, "granted")
    expect(zhou.tab.locator("#errors")).to_contain_text("复核要由别人来办")
    zhong = office.enter(CIVIL, user="zhong")
    zhong.tab.goto(f"/desk/cases/{appeal}/")
    do(zhong, "granted")
    expect(zhong.tab.locator("#h-s")).to_have_text("批准")
    owed = arrears(office, zhong)
    assert len(owed) == 1, "the month that was paid without them is owed with the next"
    assert "80 元" in owed[0]


def refused(office: Office) -> str:
    """小陆 takes it down, 老莫 passes it on, 周姐 says no, with a reason; the letter says which condition."""
    lu, mo, zhou = office.enter(VILLAGE), office.enter(TOWN), office.enter(CIVIL)
    number = apply(lu, XIAOYU, POLICY)
    do(lu, "accept")
    mo.tab.goto(f"/desk/cases/{number}/")
    do(mo, "accept")
    zhou.tab.goto(f"/desk/cases/{number}/")
    do(zhou, "refused")
    expect(zhou.tab.locator("#errors")).to_contain_text("要写清楚理由")
    do(zhou, "refused", words="名单上没有您家。")
    read_letter(zhou, f"这次不能给您{NAME}")
    letter = zhou.tab.locator("article")
    expect(letter.locator(".tree")).to_contain_text("家里困难")
    expect(letter.locator(".tree .src")).to_contain_text("收到")
    for words in ("名单上没有您家", "规则 2016年1月版", "换一个人看", "行政复议", "60 日", "打官司", "6 个月"):
        expect(letter).to_contain_text(words)
    return number


def put_on_dibao(hand: Mouse) -> None:
    """The list of the department with this family on it, long ago."""
    tab = hand.tab
    tab.goto(person(XIAOYU, "file/"))
    hand.follow(tab.locator("button[value=id_number]"))
    found = re.search(r"\b\d{17}[\dX]\b", tab.locator("#main").inner_text())
    assert found
    row = ("吴小宇", found[0], "2025-06-01", "", "3", "1140.00")
    hand.follow(link(tab, "部门名单"))
    send_sheet(tab, "dibao", sheets.sheet("低保.csv", sheets.DIBAO, [row]), "2026-11-20")
    hand.follow(button(tab, "收下没有错的行"))


def pay_this_month(office: Office) -> None:
    office.command("pay", "build", "--as", "demo-civil_affairs_city")
    for user in ("demo-federation_city", "demo-finance_city"):
        office.command("pay", "approve", "--as", user)


def take_appeal(hand: Mouse) -> str:
    """The newest case of this person, from their page."""
    hand.tab.goto(person(XIAOYU))
    hand.follow(hand.tab.locator("section[aria-labelledby=h-cases] li a").first)
    expect(hand.tab.locator("#main")).to_contain_text("我家早就吃低保了")
    return hand.tab.url.rstrip("/").rsplit("/", 1)[1]


def arrears(office: Office, hand: Mouse) -> list[str]:
    """What the next month's run owes this person for months before."""
    following = (date.today().replace(day=1) + timedelta(days=32)).strftime("%Y-%m")
    office.command("pay", "build", "--month", following, "--as", "demo-civil_affairs_city")
    hand.tab.goto(f"/desk/pay/{following}/lines/")
    if (last := hand.tab.locator("nav.pager li a:not([rel])").last).count():  # what is owed for before stands last
        hand.follow(last)
    rows = hand.tab.locator("tr", has=hand.tab.get_by_role("link", name="吴小宇", exact=True))
    return rows.filter(has_text="补发").all_inner_texts()
