"""A16: who rests is warned in time and goes on with one key; who rested too long loses nothing that was typed."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from tests.browser.conftest import Visits
from tests.browser.page import press
from tests.browser.test_apply_journey import code_on_phone

FORM, WORDS = "/my/change/home/?kind=household", "我妹妹搬来一起住了，上个月来的。"
MINUTES = 60_000


def test_a_warning_comes_in_time_and_any_key_goes_on_as_often_as_one_likes(visits: Visits) -> None:
    tab = visits.fresh("qin_haiyan", "busy").new_page()
    tab.clock.install()
    tab.goto(FORM)
    tab.locator("textarea").fill(WORDS)
    for _ in range(11):
        tab.clock.run_for(26 * MINUTES)
        expect(tab.locator("#stay")).to_be_hidden()
        tab.clock.run_for(1 * MINUTES)
        expect(tab.get_by_role("alert").filter(has_text="再过 3 分钟就要退出")).to_be_visible()
        with tab.expect_response(lambda answer: answer.url.endswith("/my/stay/")) as answered:
            tab.keyboard.press("Shift")
        assert answered.value.status == 204
        expect(tab.locator("#stay")).to_be_hidden()
    tab.clock.run_for(25 * MINUTES)
    tab.locator("textarea").press("End")
    with tab.expect_response(lambda answer: answer.url.endswith("/my/stay/")):
        tab.clock.run_for(2 * MINUTES)  # who is writing is not interrupted
    expect(tab.locator("#stay")).to_be_hidden()
    expect(tab.locator("textarea")).to_have_value(WORDS)
    tab.context.close()


def number_of(tab: Tab) -> str:
    """Her own, from her own copy of what is held."""
    tab.goto("/my/data/")
    with tab.expect_download() as coming:
        tab.get_by_role("button", name="给电脑用的（JSON）").click()
    return str(json.loads(coming.value.path().read_bytes())["numbers"]["phone"])


def rested(data: Path) -> None:
    """The newest session of the city, which is hers, has been still for an hour."""
    with sqlite3.connect(next(data.glob("*.sqlite3"))) as city:
        newest = "(SELECT max(id) FROM accounts_signedin)"
        city.execute(f"UPDATE accounts_signedin SET seen_at = datetime(seen_at, '-1 hour') WHERE id = {newest}")


def test_after_the_end_and_a_new_sign_in_what_was_typed_arrives_without_javascript(
    visits: Visits, folders: dict[str, Path]
) -> None:
    tab = visits.fresh("qin_haiyan", "busy", java_script_enabled=False).new_page()
    phone = number_of(tab)
    tab.goto(FORM)
    tab.locator("textarea").fill(WORDS)
    rested(folders["busy"])
    press(tab.locator("main button.big"))
    tab.locator("#id_phone").fill(phone)
    press(tab.locator("main button.big"))
    other = tab.context.new_page()
    code = code_on_phone(other)
    tab.locator("#id_code").fill(code)
    press(tab.locator("main button.big"))
    assert tab.locator(f"input[type=hidden][value='{WORDS}']").count() == 1
    press(tab.get_by_role("button", name="接着办"))
    expect(tab.locator("main")).to_contain_text(WORDS)
    tab.context.close()
