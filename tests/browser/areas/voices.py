"""What the person says for themselves: a verb on the page of a case; a conflict: one on the page of the family."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press
from tongxing.demo import personas

FAMILY = f"/desk/people/{personas.AQIANG}/family/"


def _they_differ(tab: Tab) -> None:
    if tab.locator("#kind").count():  # not raised by an earlier run of this page
        tab.locator("#kind").select_option(index=1)
        tab.locator("#words").fill("孩子说想在家里住")
        press(tab.get_by_role("button", name="提出来"))
    assert tab.get_by_role("heading", name="换收款账户").is_visible()


PAGES = [Page("desk:person-family", "conflict", "federation_city", FAMILY, _they_differ, city="busy")]
POSTS = {
    "desk:case-voice": "/desk/cases/2020-00001/voice/",
    "desk:person-conflict": f"/desk/people/{personas.AQIANG}/conflict/",
    "desk:person-payee": f"/desk/people/{personas.AQIANG}/payee/",
}
