"""The pages of “What can I get?”, each brought into its state by answering."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press

NEXT = "button[name=go][value=next]"


def choose(tab: Tab, words: str) -> None:
    tab.locator(".choices label", has_text=words).first.locator("input").check()


def begin(tab: Tab) -> None:
    choose(tab, "我自己")
    press(tab.get_by_role("button", name="开始"))


def _nobody(tab: Tab) -> None:
    press(tab.get_by_role("button", name="开始"))


def _nothing_chosen(tab: Tab) -> None:
    begin(tab)
    press(tab.locator(NEXT))


def answer(tab: Tab, *said: str) -> None:
    """One answer for each question; a number is written, '' is not sure."""
    for words in said:
        if tab.locator("input[name=a]:not([type=radio])").count():
            tab.locator("input[name=a]").fill(words)
        else:
            choose(tab, words or "不清楚")
        press(tab.locator(NEXT).first)


ONE = ("海城区", "40", "视力", "二级", "全家吃低保", "是")


def _age(tab: Tab) -> None:
    begin(tab)
    answer(tab, "海城区")


def _likely(tab: Tab) -> None:
    begin(tab)
    answer(tab, *ONE)


def _all_open(tab: Tab) -> None:
    _likely(tab)
    tab.evaluate("document.querySelectorAll('details').forEach(panel => panel.open = true)")


def _no_answer_in_place(tab: Tab) -> None:
    _likely(tab)
    press(tab.locator("section[aria-labelledby=h-one] button").first)


PAGES = [
    Page("portal:find", "empty", None, "/find/"),
    Page("portal:find", "error", None, "/find/", _nobody),
    Page("portal:find-question", "filled", None, "/find/", begin),
    Page("portal:find-question", "typed", None, "/find/", _age),
    Page("portal:find-question", "error", None, "/find/", _nothing_chosen),
    Page("portal:find-result", "all-open", None, "/find/", _all_open),
    Page("portal:find-result", "error", None, "/find/", _no_answer_in_place),
]
