"""The plan on the desk: the cockpit, an indicator, the list behind a figure, clauses, targets, the brief."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press

CITY, COUNTY, PLANNER = "federation_city", "federation_county", "planner"


def _without_source(tab: Tab) -> None:
    """A number without saying where it stands."""
    tab.get_by_label("数", exact=True).fill("5.2")
    press(tab.get_by_role("button", name="录入"))


PAGES = [
    Page("desk:plan", "filled", CITY, "/desk/plan/"),
    Page("desk:plan", "empty", PLANNER, "/desk/plan/", city="before_night"),
    Page("desk:plan-brief", "filled", PLANNER, "/desk/plan/brief/"),
    Page("desk:plan-indicator", "rate", COUNTY, "/desk/plan/indicators/i04/"),
    Page("desk:plan-indicator", "growth", PLANNER, "/desk/plan/indicators/i01/"),
    Page("desk:plan-people", "filled", CITY, "/desk/plan/indicators/i04/people/?part=not_counted"),
    Page("desk:plan-people", "empty", CITY, "/desk/plan/indicators/i04/people/?part=excluded"),
    Page("desk:plan-clauses", "gaps", CITY, "/desk/plan/clauses/?show=gap&section=t3.1"),
    Page("desk:plan-clause", "live", CITY, "/desk/plan/clauses/b2.2/"),
    Page("desk:plan-targets", "filled", PLANNER, "/desk/plan/targets/"),
    Page("desk:plan-targets", "error", PLANNER, "/desk/plan/targets/", _without_source, status=422),
]
POSTS = {"desk:plan-target-do": "/desk/plan/targets/statistic-1/"}
