"""What one chose to read by comes along to the next device; how pages look then is `test_page_accessibility.py`'s."""

from __future__ import annotations

from tests.browser import eyes
from tests.browser.conftest import Visits
from tests.browser.page import press


def test_what_one_chose_is_on_the_next_device_too_without_javascript(visits: Visits) -> None:
    """Kept with the account; the device itself is as it was, once one has gone."""
    here, there = (visits.fresh("chen_guilan", java_script_enabled=False).new_page() for _ in range(2))
    here.goto("/display/")
    here.get_by_label("深色").check()
    here.locator("[name=size][value=elder]").check()
    press(here.get_by_role("button", name="存下", exact=True))
    there.goto("/my/")
    assert there.locator("html[data-theme=dark][data-size=elder]").count() == 1
    assert eyes.too_wide(there) == []
    press(there.get_by_role("button", name="退出"))
    assert there.locator("html[data-theme], html[data-size]").count() == 0
    for tab in (here, there):
        tab.context.close()
