"""J20: the plan office reads an indicator, opens its people, exports the report; citizens see the same rate."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from io import BytesIO

import pytest
from docx import Document
from playwright.sync_api import Page as Tab

from tests.browser.conftest import Visits
from tests.browser.page import press

OFFICER = "federation_city"
ASKED = "/desk/plan/indicators/i10/"


def rate_on(tab: Tab) -> str:
    """The figure of the page as it is shown: 80.9%."""
    found = re.search(r"(\d+(?:\.\d)?) ?%", tab.locator("main").inner_text())
    assert found
    return found[1]


@pytest.mark.parametrize("scripts", [True, False])
def test_pick_an_indicator_open_its_people_export_and_publish(visits: Visits, scripts: bool) -> None:
    tab = visits.tab(OFFICER, java_script_enabled=scripts)
    tab.goto(ASKED)
    rate, page = rate_on(tab), tab.locator("main").inner_text()
    for part in ("说了要做康复", "数据截到", "合浦县"):  # formula, as-of, by county
        assert part in page
    link = tab.locator("a[href*='part=not_counted']").first
    count = int(link.inner_text().split()[0].replace(",", ""))
    link.focus()
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert f"{count:,}" in tab.locator("main").inner_text()

    tab.goto("/desk/plan/evaluations/")
    press(tab.get_by_role("link", name="终期评估"))
    with tab.expect_download() as coming:
        tab.get_by_role("link", name="内部，Word 文件").click()
    paper = Document(BytesIO(coming.value.path().read_bytes()))
    assert any(f"{rate}%" in part.text and "目标" in part.text for part in paper.paragraphs)

    visitor = visits.tab(None, java_script_enabled=scripts)
    visitor.goto("/plan/indicators/i10/")
    assert f"{rate}%" in visitor.locator("main").inner_text().replace(" ", "")
    _file_is_what_the_page_says(visitor, rate)


def _file_is_what_the_page_says(visitor: Tab, rate: str) -> None:
    """The checksum on the page is that of the file, and the file holds the rate."""
    visitor.goto("/plan/data/")
    shown = visitor.content()
    content = visitor.request.get("/plan/data/newest/indicators.csv").body()
    assert sha256(content).hexdigest() in shown
    rows = json.loads(visitor.request.get("/plan/data/newest/indicators.json").body())["rows"]
    assert f"{next(row['value'] for row in rows if row['indicator'] == 'i10')}" == rate
