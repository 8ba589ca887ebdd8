"""The residents' face: for a guest, for somebody who came in, for a guardian."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press, prove
from tongxing.demo import personas

QIN, MOTHER, CHEN_PHONE = "qin_haiyan", "xiaoyu", f"/demo/phone/{personas.CHEN_GUILAN}/"


def _no_number(tab: Tab) -> None:
    tab.locator("#id_phone").fill("123")
    press(tab.locator("main button.big"))


def _code(tab: Tab) -> None:
    tab.locator("#id_phone").fill("15499999900")
    press(tab.locator("main button.big"))


def _wrong_code(tab: Tab) -> None:
    _code(tab)
    tab.locator("#id_code").fill("000000")
    press(tab.locator("main button.big"))


def _nobodys(tab: Tab) -> None:
    tab.locator("#id_number").fill("2020-00001")
    tab.locator("#id_phone").fill("15499999900")
    press(tab.locator("main button.big"))


def _wordless(tab: Tab) -> None:
    press(tab.locator("main button.big"))


def _short_account(tab: Tab) -> None:
    prove(tab)
    tab.locator("#id_value").fill("6222")
    press(tab.locator("main button.big"))


def enter_as(tab: Tab, role: str, path: str) -> None:
    tab.goto("/")
    press(tab.locator(f"ul form[action$='/demo-{role}/enter/'] button"))
    tab.goto(path)


def _for_the_child(tab: Tab) -> None:
    enter_as(tab, MOTHER, "/my/for/")
    tab.get_by_label("吴小宇").check()
    press(tab.locator("main button.big"))
    tab.goto("/my/change/home/?kind=household")
    tab.locator("#words").fill("多了一个弟弟")
    press(tab.locator("main button.big"))


def with_case(tab: Tab) -> None:
    """小陆 asks 陈阿婆 for one paper, unless he has; she sees it among her things."""
    enter_as(tab, "village_worker", f"/desk/people/{personas.CHEN_GUILAN}/")
    if tab.locator("#service option[value=temporary_relief]").count():
        tab.locator("#service").select_option("temporary_relief")
        press(tab.get_by_role("button", name="开件"))
        tab.locator("[name=what][value=hand_back]").check()
        tab.locator("#item").select_option("hardship")
        tab.locator("#reason").fill("照片看不清")
        press(tab.get_by_role("button", name="定了，留在这一件"))
    enter_as(tab, "chen_guilan", "/my/")


def open_case(tab: Tab) -> None:
    with_case(tab)
    press(tab.get_by_role("link", name="临时救助"))


def open_letter(tab: Tab) -> None:
    open_case(tab)
    press(tab.get_by_role("link", name="看信"))


PAGES = [
    Page("portal:home", "guest", None, "/home/"),
    Page("portal:home", "signed-in", QIN, "/home/"),
    Page("portal:help", "guest", None, "/help/"),
    Page("portal:help", "signed-in", QIN, "/help/"),
    Page("portal:enter", "filled", None, "/enter/"),
    Page("portal:enter", "error", None, "/enter/", _no_number),
    Page("portal:code", "asked", None, "/enter/", _code),
    Page("portal:code", "error", None, "/enter/", _wrong_code),
    Page("portal:whose", "too-late", None, "/enter/whose/", status=422),
    Page("portal:enter-passkey", "asked", None, "/enter/passkey/"),
    Page("portal:keys", "empty", QIN, "/my/keys/"),
    Page("portal:key-add", "filled", QIN, "/my/keys/add/"),
    Page("portal:follow", "filled", None, "/follow/"),
    Page("portal:follow", "error", None, "/follow/", _nobodys),
    Page("portal:link", "over", None, "/a/no-such-link/", status=404),
    Page("portal:answered", "filled", None, "/a/answered/"),
    Page("portal:my", "filled", None, "/", with_case, city="busy"),
    Page("portal:my", "empty", QIN, "/my/"),
    Page("portal:for-whom", "guardian", MOTHER, "/my/for/"),
    Page("portal:child", "guardian", None, "/", _for_the_child),
    Page("portal:confirm", "demo", QIN, "/my/confirm/"),
    Page("portal:case", "asked", None, "/", open_case, city="busy"),
    Page("portal:letter", "asks", None, "/", open_letter, city="busy"),
    Page("portal:case", "nobodys", QIN, "/my/cases/2020-00001/", status=404),
    Page("portal:letter", "nobodys", QIN, "/my/cases/2020-00001/letter/", status=404),
    Page("portal:demo-phone", "none", None, CHEN_PHONE),
    Page("portal:money", "filled", QIN, "/my/money/"),
    Page("portal:data", "filled", QIN, "/my/data/"),
    Page("portal:looks", "empty", QIN, "/my/data/looks/"),
    Page("portal:correct", "filled", QIN, "/my/data/correct/dibao/"),
    Page("portal:correct", "error", QIN, "/my/data/correct/dibao/", _wordless),
    Page("portal:change-phone", "filled", QIN, "/my/change/phone/"),
    Page("display", "resident", QIN, "/display/?next=/my/"),
    Page("portal:change-account", "error", QIN, "/my/change/account/", _short_account),
    Page("portal:change-home", "filled", QIN, "/my/change/home/?kind=household"),
    Page("desk:requests", "empty", "village_worker", "/desk/requests/"),
]
POSTS = {
    "portal:case-do": "/my/cases/2020-00001/do/",
    "portal:visit": "/my/visit/",
    "portal:stay": "/my/stay/",
    "portal:key-remove": "/my/keys/1/remove/",
    "portal:helped-end": "/my/helped/end/",
    "portal:data-copy": "/my/data/copy/",
    "portal:consent-withdraw": "/my/data/consents/1/withdraw/",
    "desk:request-answer": "/desk/requests/1/answer/",
    "desk:message-told": "/desk/messages/1/told/",
    "desk:person-assist": f"/desk/people/{personas.CHEN_GUILAN}/assist/",
}
