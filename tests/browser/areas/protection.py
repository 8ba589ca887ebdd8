"""The page that protects an address: asked, with a mistake, and standing."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press, prove
from tongxing.demo import personas

COUNTY, QIN = "federation_county", f"/desk/people/{personas.QIN_HAIYAN}/protect/"


def _nobody_named(tab: Tab) -> None:
    tab.locator("#reason").fill("有人上门威胁过")
    press(tab.get_by_role("button", name="保护起来"))
    prove(tab)


def _protected(tab: Tab) -> None:
    if not tab.get_by_role("button", name="保护起来").count():  # since another look at this page
        return
    tab.locator("#reason").fill("有人上门威胁过")
    tab.locator("[name=posts]").first.check()  # somebody near
    press(tab.get_by_role("button", name="保护起来"))
    prove(tab)


def _moving(tab: Tab) -> None:
    """Of somebody who is protected by now, in whatever order the pages come."""
    _protected(tab)
    press(tab.get_by_role("link", name="搬家了"))
    prove(tab)
    tab.locator("#town").select_option(index=1)
    press(tab.get_by_role("button", name="往下"))


PAGES = [
    Page("desk:person-protect", "filled", COUNTY, QIN),
    Page("desk:person-protect", "error", COUNTY, QIN, _nobody_named),
    Page("desk:person-protect", "standing", COUNTY, QIN, _protected, city="busy"),
    Page("desk:person-protect-move", "village", COUNTY, QIN, _moving, city="busy"),
]
POSTS = {"desk:person-protect-do": f"{QIN}do/"}
