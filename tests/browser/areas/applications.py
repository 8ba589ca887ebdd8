"""Asking for a service, the doctor's pages, and the certificate."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press

QIN, WEI, DOCTOR = "qin_haiyan", "wei_dashu", "assessor"
FIRST = "/apply/first_certificate/?at=me"  # from the first page, whatever is kept from an earlier look


def _need(tab: Tab) -> None:
    press(tab.locator("main button.big").first)


def _nothing_said(tab: Tab) -> None:
    _need(tab)
    for box in tab.locator("main [type=checkbox]").all():
        box.uncheck()
    press(tab.locator("main button.big").first)


def _slots(tab: Tab) -> None:
    _need(tab)
    tab.get_by_label("手脚或身体不方便").check()
    tab.get_by_label("能，自己去或有人陪").check()
    press(tab.locator("main button.big").first)


def _check(tab: Tab) -> None:
    _slots(tab)
    tab.locator("#slot-1").check()
    press(tab.locator("main button.big").first)


def _later(tab: Tab) -> None:
    _slots(tab)
    press(tab.get_by_role("button", name="先存着，以后再写"))


def _no_number(tab: Tab) -> None:
    tab.locator("#id_phone").fill("15499999900")
    tab.locator("#id_number").fill("123")
    press(tab.locator("main button.big"))


def _code(tab: Tab) -> None:
    tab.locator("#id_phone").fill("15499999900")
    tab.locator("#id_number").fill("1234 5678")
    press(tab.locator("main button.big"))


def _hostile(tab: Tab) -> None:
    """A file that is none, on the page that asks for a paper."""
    tab.locator("#give-file").set_input_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"<svg/>"})
    press(tab.locator("main button.big").first)


def _same(tab: Tab) -> None:
    """The yearly check, from the first page."""
    press(tab.get_by_role("link", name="看单子"))


PAGES = [
    Page("portal:apply", "guest", None, "/apply/"),
    Page("portal:apply-one", "who", WEI, FIRST),
    Page("portal:apply-one", "error", WEI, FIRST, _nothing_said),
    Page("portal:apply-one", "slots", WEI, FIRST, _slots),
    Page("portal:apply-one", "check", WEI, FIRST, _check),
    Page("portal:apply-one", "held", QIN, "/apply/free_bus/"),
    Page("portal:apply-one", "hostile-file", QIN, "/apply/temporary_relief/?page=paper.hardship", _hostile),
    Page("portal:same", "filled", QIN, "/home/", _same, city="busy"),
    Page("portal:same", "nobodys", QIN, "/my/cases/2020-00001/same/", status=404),
    Page("portal:draft-kept", "filled", WEI, FIRST, _later),
    Page("portal:draft-back", "error", None, "/apply/back/", _no_number),
    Page("portal:draft-code", "asked", None, "/apply/back/", _code),
    Page("portal:applied", "nobodys", QIN, "/apply/done/2020-00001/", status=404),
    Page("portal:certificate", "filled", QIN, "/my/certificate/"),
    Page("portal:certificate", "empty", WEI, "/my/certificate/"),
    Page("desk:assessments", "empty", DOCTOR, "/desk/assessments/"),
    Page("desk:assessment", "nobodys", DOCTOR, "/desk/assessments/2020-00001/", status=404),
]
POSTS = {
    "portal:certificate-take": "/my/certificate/take/",
    "portal:draft-drop": "/apply/first_certificate/drop/",
}
