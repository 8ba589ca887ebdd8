"""A month's money: built by one, approved by two others once, sent, sent back, asked about and paid after all (J19)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, expect
from playwright.sync_api import Page as Tab
from python_calamine import CalamineWorkbook

from tests.browser.hands import Keyboard, Mouse, forbid_pointing
from tests.browser.offices import Office, button, link, opened
from tests.browser.pages import CITY, VILLAGE

BUILDER, FINANCE = "civil_affairs_city", "finance_city"
MONTH = date.today().strftime("%Y-%m")
NEXT = (date.today().replace(day=1) + timedelta(days=32)).strftime("%Y-%m")
APPROVE = "我看过了，批准"
NEW_ACCOUNT = "9999000000000000019"


@pytest.fixture
def office(chromium: Browser, folders: dict[str, Path], tmp_path: Path) -> Iterator[Office]:
    with opened(chromium, folders["town"], tmp_path) as found:
        yield found


def build(hand: Mouse, month: str) -> None:
    hand.follow(link(hand.tab, "发放"))
    hand.tab.locator("#month").select_option(month)
    hand.follow(button(hand.tab, "做这个月的发放"))


def run_page(hand: Mouse, month: str) -> Tab:
    hand.follow(link(hand.tab, "发放"))
    hand.follow(link(hand.tab, spoken(month)))
    return hand.tab


def spoken(month: str) -> str:
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def state(tab: Tab) -> str:
    return tab.locator("h1 + .meta li").first.inner_text()


def approve(hand: Mouse, month: str) -> None:
    hand.follow(button(run_page(hand, month), APPROVE))
    expect(hand.tab.get_by_role("status")).to_contain_text("您批准了")


def fen(text: str) -> int:
    """1,234.50 元 → 123450."""
    found = re.search(r"-?[\d,]+(\.\d+)?", text)
    assert found
    return round(float(found[0].replace(",", "")) * 100)


def test_two_others_approve_what_one_has_built(office: Office) -> None:
    """The builder has no button and is refused; one person counts once, also by a double click or in two browsers."""
    huang, liang = office.enter(BUILDER), office.enter(CITY)
    build(huang, MONTH)
    assert button(huang.tab, APPROVE).count() == 0
    expect(huang.tab.locator("#approve")).to_have_text("这一批是您做的，要由别人批准。")
    stale = liang.tab.context.new_page()  # the same person has the page open twice
    stale.goto(f"/desk/pay/{MONTH}/")
    button(run_page(liang, MONTH), APPROVE).dblclick()
    expect(liang.tab.locator("section[aria-labelledby=h-a] dl > div")).to_have_count(1)
    Mouse(stale).follow(button(stale, APPROVE))
    expect(stale.locator("#errors")).to_contain_text("第二次要换一个人")
    at_once(office)
    huang.tab.reload()
    expect(huang.tab.locator("section[aria-labelledby=h-a] dl > div")).to_have_count(2)
    assert state(huang.tab) == "批准了，等交银行"


def at_once(office: Office) -> None:
    """The second approval, pressed in two browsers before either has answered."""
    tabs = [run_page(office.enter(FINANCE), MONTH) for _ in range(2)]
    for tab in tabs:
        button(tab, APPROVE).click(no_wait_after=True)
    for tab in tabs:
        expect(tab.locator("section[aria-labelledby=h-a] dl > div")).to_have_count(2)


def test_approving_by_keyboard_alone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.command("pay", "build", "--as", f"demo-{BUILDER}")
    hands = [office.enter(role, Keyboard) for role in (CITY, FINANCE)]
    forbid_pointing(monkeypatch)
    for hand in hands:
        approve(hand, MONTH)
    assert state(hands[1].tab) == "批准了，等交银行"


def test_money_that_came_back_is_asked_about_and_paid_with_the_next_run(office: Office) -> None:
    approved(office, MONTH)
    chen = office.enter(FINANCE)
    rows = bank_rows(chen, MONTH)
    back = rejected(rows)
    answer(chen, reply(rows, back))
    ledger(chen, paid=sum(fen(row["金额"]) for row in rows if row["流水号"] not in back))
    lu = office.enter(VILLAGE)
    for name in sorted(back.values()):
        tell_account(lu, name)
    approved(office, NEXT)
    again = bank_rows(chen, NEXT)
    assert sorted(row["户名"] for row in again if row["账号"] == NEW_ACCOUNT) == sorted([*back.values()] * 2)


def approved(office: Office, month: str) -> None:
    office.command("pay", "build", "--month", month, "--as", f"demo-{BUILDER}")
    for role in (CITY, FINANCE):
        office.command("pay", "approve", "--month", month, "--as", f"demo-{role}")


def bank_rows(hand: Mouse, month: str) -> list[dict[str, str]]:
    """The lines of the bank's file, the same in both forms, with the sums that stand on the page."""
    tab = run_page(hand, month)
    table = list(csv.reader(io.StringIO(download(hand, "csv").decode("utf-8-sig"))))
    book = CalamineWorkbook.from_filelike(io.BytesIO(download(hand, "xlsx")))
    assert book.get_sheet_by_index(0).to_python() == table
    rows = [dict(zip(table[0], row, strict=True)) for row in table[1:-1]]
    assert table[-1][1] == f"{len(rows)} 笔"
    assert fen(table[-1][3]) == sum(fen(row["金额"]) for row in rows)
    assert fen(table[-1][3]) == fen(tab.locator(".figs li").filter(has_text="合计").inner_text())
    return rows


def download(hand: Mouse, form: str) -> bytes:
    with hand.tab.expect_download() as coming:
        button(hand.tab, form).click()
    return coming.value.path().read_bytes()


def rejected(rows: list[dict[str, str]]) -> dict[str, str]:
    """Two lines of people of the village: number → name."""
    found = {row["流水号"]: row["户名"] for row in rows if row["户名"] in ("陈桂兰", "吴小宇")}
    assert len(found) == 2
    return found


def reply(rows: list[dict[str, str]], back: dict[str, str]) -> FilePayload:
    """What the bank says: everybody paid but these."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("流水号", "金额", "结果", "原因"))
    for row in rows:
        bad = row["流水号"] in back
        writer.writerow((row["流水号"], row["金额"], "失败" if bad else "成功", "账户已销户" if bad else ""))
    return {"name": "回单.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode("utf-8-sig")}


def answer(hand: Mouse, file: FilePayload) -> None:
    hand.tab.reload()
    hand.attach(hand.tab.locator("#reply"), file)
    hand.follow(button(hand.tab, "收下回单"))
    expect(hand.tab.get_by_role("status")).to_contain_text("退回 2 笔。开了 2 件去问账户")


def ledger(hand: Mouse, paid: int) -> None:
    """Three books that cancel out, to the cent."""
    books = hand.tab.locator("section[aria-labelledby=h-l] dd").all_inner_texts()
    budget, sent, arrived = map(fen, books)
    assert (sent, arrived, budget) == (0, paid, -paid)


def tell_account(hand: Mouse, name: str) -> None:
    """In the queue near them, in plain words; the new account ends the case."""
    tab = hand.tab
    hand.follow(link(tab, "办件"))
    hand.follow(tab.locator("#list").get_by_role("link", name=name, exact=True).first)
    expect(tab.locator("#main")).to_contain_text("银行把钱退回来了")
    expect(tab.locator("#main")).to_contain_text("账户已销户。请问清收款账户")
    hand.choose(tab.locator("[name=what][value=give_account]"))
    hand.write(tab.locator("#account"), NEW_ACCOUNT)
    hand.follow(button(tab, "定了，留在这一件"))
    expect(tab.locator("#main .tag").first).to_have_text("已办结")
