"""Evaluations of the plan: choose the period, read the draft, write into it."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press

CITY, PLANNER, ONE = "federation_city", "planner", "/desk/plan/evaluations/1/"


def _upside_down(tab: Tab) -> None:
    """A period that ends before it begins."""
    tab.get_by_label("到哪天").fill("2020-01-01")
    press(tab.get_by_role("button", name="生成草稿"))


def _with_a_number(tab: Tab) -> None:
    tab.locator("#words").fill("他的电话是 13800138000。")
    press(tab.get_by_role("button", name="保存"))


PAGES = [
    Page("public:plan-reports", "filled", None, "/plan/reports/"),
    Page("public:plan-reports", "empty", None, "/plan/reports/", city="before_night"),
    Page("public:plan-report", "filled", None, "/plan/reports/3/"),
    Page("desk:plan-evaluations", "empty", PLANNER, "/desk/plan/evaluations/", city="before_night"),
    Page("desk:plan-evaluations", "filled", CITY, "/desk/plan/evaluations/"),
    Page("desk:plan-evaluations", "error", PLANNER, "/desk/plan/evaluations/", _upside_down, status=422),
    Page("desk:plan-evaluation", "filled", PLANNER, ONE),
    Page("desk:plan-evaluation-report", "filled", PLANNER, f"{ONE}report/"),
    Page("desk:plan-evaluation-write", "filled", CITY, f"{ONE}write/indicators.i10/"),
    Page("desk:plan-evaluation-write", "error", CITY, f"{ONE}write/measures/", _with_a_number, status=422),
]
POSTS = {"desk:plan-evaluation-do": f"{ONE}do/"}
FILES = {
    "public:plan-report-file": (None, "/plan/reports/3/report.docx"),
    "desk:plan-evaluation-file": (PLANNER, f"{ONE}files/1/report.docx"),
}
