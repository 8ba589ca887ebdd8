"""An employer reads what it can get: through the door, without JavaScript, at 320 px, by pointing and by keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import eyes
from tests.browser.conftest import Visits
from tests.browser.hands import Mouse, visitor


@pytest.fixture(params=["mouse", "keyboard"])
def hand(request: pytest.FixtureRequest, visits: Visits, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mouse]:
    """A visitor at the start page."""
    with visitor(visits, request.param, "/", monkeypatch) as made:
        yield made


def test_an_employer_sees_its_quota_what_to_claim_and_which_figure_is_missing(hand: Mouse) -> None:
    tab = hand.tab
    hand.follow(tab.locator("[aria-labelledby=g-units] form[action$='/demo-employer/enter/'] button"))
    assert tab.url.endswith("/unit/") and eyes.too_wide(tab) == []
    expect(tab.locator("section[aria-labelledby=h-quota]")).to_contain_text("比规定多 2.08 人")
    reward = tab.locator("article[aria-labelledby=c-over_quota_reward]")
    expect(reward.locator("b.who")).to_have_text("每年 10,400 元")
    expect(reward.get_by_text("示例金额").first).to_be_visible()
    hand.unfold(reward.locator("summary"))
    expect(reward.locator("details")).to_contain_text("残疾职工人数：3")
    assert eyes.too_wide(tab) == []
    expect(tab.locator("article[aria-labelledby=c-public_post_subsidy]")).to_contain_text("公益性岗位上的残疾人")
    hand.follow(tab.get_by_role("button", name="退出"))
    tab.goto("/unit/")
    assert "/sign-in/" in tab.url, "after leaving nothing is to be seen"
