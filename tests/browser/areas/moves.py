"""A move within the city: the township, the village and who comes along; what stands then; and the township's page."""

from __future__ import annotations

from django.conf import settings
from playwright.sync_api import Page as Tab

from tests.browser.areas.portal import QIN, enter_as
from tests.browser.page import Page, press
from tongxing.content.instance import pack

OFFICE = "township_officer"
MOVE = "/my/change/move/"


def town() -> str:
    """Where the township officer of the demo works."""
    found = pack(settings.PACK).roles[OFFICE].demo
    assert found is not None
    return str(found.division)


def choose_town(tab: Tab) -> None:
    tab.locator("#id_town").select_option(town())
    press(tab.locator("main button.big"))


def _unsaid(tab: Tab) -> None:
    choose_town(tab)
    press(tab.locator("main button.big"))


def said(tab: Tab) -> None:
    """Unless they said it before."""
    if tab.locator("form[action$='/withdraw/']").count():
        return
    tab.goto(MOVE)
    choose_town(tab)
    tab.locator("#id_village").select_option(index=1)
    tab.locator("#id_address").fill("二组 8 号")
    tab.locator("#id_day").fill(tab.locator("#day-h").inner_text()[-11:-1])
    press(tab.locator("main button.big"))


def _in_queue(tab: Tab) -> None:
    """What a resident said in another browser, before the officer of the township."""
    browser = tab.context.browser
    assert browser is not None
    elsewhere = browser.new_context(base_url=tab.url.split("/desk/")[0])
    resident = elsewhere.new_page()
    enter_as(resident, QIN, "/my/data/")
    said(resident)
    elsewhere.close()
    tab.reload()
    press(tab.get_by_role("link", name="覃海燕").first)


PAGES = [
    Page("portal:move", "town", QIN, MOVE),
    Page("portal:move", "village", QIN, MOVE, choose_town),
    Page("portal:move", "error", QIN, MOVE, _unsaid),
    Page("portal:data", "moving", QIN, "/my/data/", said, city="busy"),
    Page("desk:move", "waiting", OFFICE, "/desk/requests/", _in_queue, city="busy"),
]
POSTS = {"portal:move-withdraw": "/my/change/move/1/withdraw/"}
