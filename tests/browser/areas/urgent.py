"""A file outside one's scope: the form, a mistake in it, the file for its hour."""

from __future__ import annotations

import re

from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press, prove
from tongxing.demo import personas

CITY, TOWN = "federation_city", "township_officer"
FILE = f"/desk/people/{personas.WEI_DASHU}/file/"


def _nobody(tab: Tab) -> None:
    tab.locator("#number").fill("459902199001010026")
    tab.locator("#name").fill("没有这人")
    tab.locator("#reason").fill("在我这里走失，要联系家里人")
    press(tab.get_by_role("button", name="打开，看一小时"))


def _opened(tab: Tab) -> None:
    """The city reads the number out, the township far away opens the file with it."""
    name = tab.locator("h1").inner_text().split()[0]
    press(tab.locator("button[value=id_number]"))
    prove(tab)
    number = re.search(r"\d{17}[\dX]", tab.locator("main").inner_text())
    assert number is not None
    press(tab.get_by_role("button", name="退出"))
    tab.goto("/")
    press(tab.locator(f"ul form[action$='/demo-{TOWN}/enter/'] button"))
    tab.goto("/desk/urgent/")
    tab.locator("#number").fill(number[0])
    tab.locator("#name").fill(name)
    tab.locator("#reason").fill("在我这里走失，要联系家里人")
    press(tab.get_by_role("button", name="打开，看一小时"))


PAGES = [
    Page("desk:urgent", "empty", TOWN, "/desk/urgent/"),
    Page("desk:urgent-look", "open", CITY, FILE, _opened, city="busy"),
    Page("desk:urgent", "error", TOWN, "/desk/urgent/", _nobody),
]
POSTS = {
    "desk:urgent-open": "/desk/urgent/open/",
    "desk:urgent-review": "/desk/urgent/1/review/",
}
