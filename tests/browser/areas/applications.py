"""Asking for a service, the doctor's pages, and the certificate."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press

QIN, WEI, DOCTOR = "qin_haiyan", "wei_dashu", "assessor"
FIRST = "/apply/first_certificate/"


def _need(tab: Tab) -> None:
    press(tab.locator("main button.big").first)


def _nothing_said(tab: Tab) -> None:
    _need(tab)
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


PAGES = [
    Page("portal:apply", "guest", None, "/apply/"),
    Page("portal:apply-one", "who", WEI, FIRST),
    Page("portal:apply-one", "error", WEI, FIRST, _nothing_said),
    Page("portal:apply-one", "slots", WEI, FIRST, _slots),
    Page("portal:apply-one", "check", WEI, FIRST, _check),
    Page("portal:apply-one", "held", QIN, "/apply/free_bus/"),
    Page("portal:applied", "nobodys", QIN, "/apply/done/2020-00001/", status=404),
    Page("portal:certificate", "filled", QIN, "/my/certificate/"),
    Page("portal:certificate", "empty", WEI, "/my/certificate/"),
    Page("desk:assessments", "empty", DOCTOR, "/desk/assessments/"),
    Page("desk:assessment", "nobodys", DOCTOR, "/desk/assessments/2020-00001/", status=404),
]
POSTS = {"portal:certificate-take": "/my/certificate/take/"}
