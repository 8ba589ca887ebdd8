"""A figure that is wrong: the employer says so, the office answers, the employer reads it; no script, at 320 px."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser import eyes
from tests.browser.conftest import Visits
from tests.browser.page import press


def _in(visits: Visits, role: str, path: str) -> Tab:
    narrow = {"width": 320, "height": 640}
    tab = visits.fresh(role, city="busy", java_script_enabled=False, viewport=narrow).new_page()
    tab.goto(path)
    return tab


def test_an_employer_says_a_figure_is_wrong_and_reads_the_answer(visits: Visits) -> None:
    ours = _in(visits, "employer", "/unit/")
    press(ours.locator("a[href='/unit/correct/disabled_staff/']"))
    ours.locator("#words").fill("是 4 人，上月新来一位")
    press(ours.get_by_role("button", name="请他们核实"))
    assert "在核实" in ours.locator("section[aria-labelledby=h-said]").inner_text() and eyes.too_wide(ours) == []
    office = _in(visits, "federation_city", "/desk/requests/")
    press(office.get_by_role("link", name="单位来的"))
    form = office.locator("form", has_text="残疾职工人数不对").first
    form.locator("textarea").fill("核过了，下次按 4 人算")
    press(form.get_by_role("button", name="答复"))
    ours.reload()
    assert "答复：核过了，下次按 4 人算" in ours.locator("section[aria-labelledby=h-said]").inner_text()
    for tab in (ours, office):
        tab.context.close()
