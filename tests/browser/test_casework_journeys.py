"""A person is found, asked and granted what is theirs; refused, heard and put right; a morning by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.hands import Keyboard, Mouse, forbid_pointing
from tests.browser.offices import Office, apply, button, do, link, opened, read_letter
from tests.browser.pages import CHEN, CIVIL, COUNTY, TOWN, VILLAGE, gaps

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
    office.command("nightly")
    assert in_payment(zhou) == before + 1


def take_all_back(hand: Mouse) -> None:
    hand.follow(button(hand.tab, "整批撤销"))
    expect(hand.tab.get_by_role("status")).to_contain_text("没有人会收到通知")
    expect(hand.tab.locator("h1")).to_have_text("这一批撤销了")


def test_one_missing_item_is_asked_for_once(office: Office) -> None:
    """J4, the officer's side: the clock stands while the one item is awaited, and nobody may ask for it again."""
    mo = office.enter(TOWN)
    number = apply(mo, CHEN, "cert_renewal")
    late = mo.tab.context.new_page()  # the same officer left the page open elsewhere
    late.goto(mo.tab.url)
    do(mo, "hand_back", item="photo", words="请补一张近照")
    expect(mo.tab.locator("section:has(> #h-ask) > p")).to_have_text("近期照片")
    expect(mo.tab.locator("#main .tag").first).to_contain_text("时钟停着")
    assert "近期照片" not in mo.tab.locator("#item option").all_inner_texts()
    hand_letter(mo, "还差一样：近期照片")
    hand = Mouse(late)
    do(hand, "hand_back", item="photo", words="再要一张")
    expect(late.locator("#errors")).to_contain_text("一项只要一次")
    assert late.locator("#reason").input_value() == "再要一张"
    mo.tab.goto(f"/desk/cases/{number}/")
    hand_in(mo)


def hand_letter(hand: Mouse, words: str) -> None:
    hand.follow(link(hand.tab, "看通知"))
    expect(hand.tab.locator("article")).to_contain_text(words)
    hand.follow(link(hand.tab, "回这一件"))


def hand_in(hand: Mouse) -> None:
    hand.follow(button(hand.tab, "收到了"))
    expect(hand.tab.get_by_role("status")).to_contain_text("时钟接着走")
    expect(hand.tab.locator("#main .tag").first).to_contain_text("到期")
    assert button(hand.tab, "收到了").count() == 0


KEYS = {"accept": "a", "hand_back": "r", "forward": "f"}
MORE = {
    "hand_back": {"item": "phone", "words": "电话打不通"},
    "forward": {"role": CIVIL, "words": "请看看是不是还在领低保"},
}
MORNING = ["forward", "hand_back", "accept", "accept", "forward", "accept", "hand_back", "accept", "accept", "accept"]


class Letters(Keyboard):
    """Tab, Enter, and the letter keys of a case."""

    def choose(self, radio: Locator) -> None:
        self.tab.keyboard.press(KEYS[str(radio.get_attribute("value"))])
        expect(radio).to_be_checked()
        expect(radio).to_be_focused()


@pytest.mark.parametrize("kind", [Keyboard, Letters])
def test_a_morning_by_keyboard_alone(kind: type[Keyboard], office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """J17: ten cases, six passed on, two handed back, two for others to see; one taken back; the counts are right."""
    clerk, zhou, li = Mouse(office.enter(TOWN).tab), office.enter(CIVIL), office.enter(COUNTY)
    ten_applications(clerk)
    before = waiting(zhou), waiting(li)
    mo = office.enter(TOWN, kind, script=kind is Letters)
    forbid_pointing(monkeypatch)
    mo.follow(link(mo.tab, "办件"))
    mo.follow(link(mo.tab, "从第一件办起"))
    for choice in MORNING:
        do(mo, choice, then="定了，看下一件", **MORE.get(choice, {}))
    assert counts(mo) == {"全部": 2, "没人领": 2, "超期": 0, "等材料": 2, "今天新来": 2}
    mo.follow(link(mo.tab, "回这一件，可以撤销"))
    mo.follow(button(mo.tab, "撤销上一步"))
    expect(mo.tab.get_by_role("status")).to_contain_text("撤销了上一步")
    assert waiting(mo) == 3
    assert (waiting(zhou), waiting(li)) == (before[0] + 2, before[1] + 5)


def ten_applications(hand: Mouse) -> None:
    """Two for each of five people of the township."""
    hand.tab.goto(gaps(list="missing", all="1"))
    found = hand.tab.locator("#list tbody th a").evaluate_all("links => links.map(link => link.pathname)")
    numbers = {int(path.strip("/").rsplit("/", 1)[1]) for path in found}
    for number in sorted(numbers)[:5]:
        for service in ("venue_companion", "free_bus"):
            apply(hand, number, service)


def counts(hand: Mouse) -> dict[str, int]:
    """What the tabs of one's queue say."""
    tabs = hand.tab.locator("nav[aria-label=队列] li a").all_inner_texts()
    return {name: int(count) for name, count in (said.split() for said in tabs)}


def waiting(hand: Mouse) -> int:
    hand.tab.goto("/desk/cases/")
    return counts(hand)["全部"]


def test_letter_keys_can_be_switched_off(office: Office) -> None:
    """D6, and WCAG 2.1.4: under 显示 they go off, and everything still has its button."""
    mo = office.enter(TOWN, script=True)
    apply(mo, CHEN, "cert_renewal")
    tab, accept = mo.tab, mo.tab.locator("[name=what][value=accept]")
    tab.keyboard.press("a")
    expect(accept).to_be_checked()
    mo.follow(link(tab, "显示"))
    mo.choose(tab.locator("[name=keys][value=off]"))
    mo.follow(button(tab, "存下，回刚才那一页"))
    tab.keyboard.press("a")
    expect(accept).not_to_be_checked()
    mo.choose(accept)
