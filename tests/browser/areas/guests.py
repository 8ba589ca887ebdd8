"""Asking without an account, from the start to what is sent; and the look at the ID card."""

from __future__ import annotations

import re
from itertools import count

from django.conf import settings
from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press
from tongxing.content.instance import pack
from tongxing.lib.identity import check_digit

RELIEF, CARE, FIRST = (
    f"/apply/{service}/guest/" for service in ("temporary_relief", "nursing_allowance", "first_certificate")
)
OFFICE = "township_officer"
NUMBERS = count(15499990001)  # nobody's
HOSTILE = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"<svg/>"}


def card() -> str:
    """Of a division that never was."""
    digits = f"45990119800101{next(NUMBERS) % 900 + 100:03}"
    return digits + check_digit(digits)


def phone_in(tab: Tab) -> str:
    """A number that nobody has had, typed."""
    number = str(next(NUMBERS))
    tab.locator("#id_phone").fill(number)
    return number


def forget(tab: Tab) -> None:
    """As a browser that was never here."""
    for name in ("guest", "sessionid"):
        tab.context.clear_cookies(name=name)
    tab.reload()


def _begin(tab: Tab) -> None:
    forget(tab)
    press(tab.locator("main button.big").first)


def _nothing(tab: Tab) -> None:
    _begin(tab)
    press(tab.locator("main button.big").first)


def _hostile(tab: Tab) -> None:
    _begin(tab)
    tab.goto(f"{RELIEF}?page=paper.hardship")
    tab.locator("#give-file").set_input_files(HOSTILE)  # type: ignore[arg-type]
    press(tab.locator("main button.big").first)


def _need(tab: Tab) -> None:
    _begin(tab)
    tab.get_by_label("手脚或身体不方便").check()
    tab.get_by_label("能，自己去或有人陪").check()
    press(tab.locator("main button.big").first)


def _check(tab: Tab) -> None:
    _begin(tab)
    tab.get_by_label("不清楚").check()
    press(tab.locator("main button.big").first)


def _keep(tab: Tab) -> None:
    _begin(tab)
    press(tab.get_by_role("button", name="先存下"))


def _no_phone(tab: Tab) -> None:
    _keep(tab)
    tab.locator("#id_phone").fill("12")
    press(tab.locator("main button.big"))


def code(tab: Tab, number: str) -> str:
    """The one that went to this number, once the worker has sent it."""
    phone = tab.context.new_page()
    phone.goto("/demo/phone/0/")
    text = phone.locator("main li", has_text=number[-4:]).first
    for _ in range(60):
        if text.count() and (found := re.search(r"验证码是 (\d{6})", text.inner_text())):
            phone.close()
            return found[1]
        phone.wait_for_timeout(500)
        phone.reload()
    raise AssertionError("no text came")


def _code(tab: Tab) -> None:
    _keep(tab)
    phone_in(tab)
    press(tab.locator("main button.big"))


def _kept(tab: Tab) -> None:
    _keep(tab)
    number = phone_in(tab)
    press(tab.locator("main button.big"))
    tab.locator("#id_code").fill(code(tab, number))
    press(tab.locator("main button.big"))


def _who(tab: Tab) -> None:
    _check(tab)
    press(tab.locator("main a.big"))


def _nobody(tab: Tab) -> None:
    _who(tab)
    press(tab.locator("main button.big"))


def send(tab: Tab) -> None:
    """All that a visitor does, up to the page that says what comes next."""
    _who(tab)
    tab.locator("#id_name").fill("欧阳远")
    tab.locator("#id_id_number").fill(card())
    number = phone_in(tab)
    office = pack(settings.PACK).roles[OFFICE].demo
    assert office is not None
    tab.locator("#id_township").select_option(str(office.division))
    press(tab.locator("main button.big"))
    tab.locator("#id_code").fill(code(tab, number))
    press(tab.locator("main button.big"))


def _in_queue(tab: Tab) -> None:
    """What a visitor sent from another browser, before the officer of the township."""
    browser = tab.context.browser
    assert browser is not None
    elsewhere = browser.new_context(base_url=tab.url.split("/desk/")[0])
    visitor = elsewhere.new_page()
    visitor.goto(CARE)
    send(visitor)
    elsewhere.close()
    tab.reload()
    press(tab.locator("section[aria-labelledby=h-c] a").first)


def _came_in(tab: Tab) -> None:
    """Written as a visitor, and then through a door."""
    forget(tab)
    _begin(tab)
    tab.goto("/")
    press(tab.locator("ul form[action$='/demo-wei_dashu/enter/'] button"))
    tab.goto(CARE)


PAGES = [
    Page("portal:guest", "start", None, RELIEF, forget),
    Page("portal:guest", "question", None, RELIEF, _begin),
    Page("portal:guest", "error", None, RELIEF, _nothing),
    Page("portal:guest", "hostile-file", None, RELIEF, _hostile),
    Page("portal:guest", "slots", None, FIRST, _need),
    Page("portal:guest", "check", None, CARE, _check),
    Page("portal:guest-keep", "error", None, CARE, _no_phone),
    Page("portal:guest-code", "asked", None, CARE, _code),
    Page("portal:guest-kept", "filled", None, CARE, _kept),
    Page("portal:guest-who", "error", None, CARE, _nobody),
    Page("portal:guest-sent", "filled", None, CARE, send),
    Page("portal:guest-take", "filled", None, CARE, _came_in, city="busy"),
    Page("desk:identity", "filled", OFFICE, "/desk/requests/", _in_queue, city="busy"),
]
