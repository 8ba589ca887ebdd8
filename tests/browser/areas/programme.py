"""The register of the plan on the desk: tasks, projects, documents."""

from __future__ import annotations

from playwright.sync_api import Page as Tab

from tests.browser.page import Page, press

CITY, COUNTY, PLANNER, COMMITTEE = "federation_city", "federation_county", "planner", "committee_city"
TASK, PROJECT, DOCUMENT = "/desk/plan/tasks/t7.1.17/", "/desk/plan/projects/home_adaptation/", "/desk/plan/documents/"


def _waiting(tab: Tab) -> None:
    """The first that waits for a second person."""
    press(tab.locator("#list tbody a").first)


def _blank_report(tab: Tab) -> None:
    """A claim without evidence, past what the browser itself would refuse."""
    tab.goto("/desk/plan/tasks/?part=late&unit=残联")
    press(tab.locator("#list tbody a").first)
    form = tab.locator("#report_first")
    form.evaluate("form => form.noValidate = true")
    press(form.get_by_role("button", name="报上"))


def _negative_result(tab: Tab) -> None:
    tab.locator("details:has(#result_first)").evaluate("panel => panel.open = true")
    tab.locator("#result_count").fill("-99999")
    tab.locator("#result_words").fill("记错了")
    press(tab.locator("#result_first").get_by_role("button", name="记下"))


def _all_open(tab: Tab) -> None:
    tab.evaluate("document.querySelectorAll('details').forEach(panel => panel.open = true)")


PAGES = [
    Page("desk:plan-tasks", "mine", CITY, "/desk/plan/tasks/"),
    Page("desk:plan-tasks", "climbed", COMMITTEE, "/desk/plan/tasks/?part=climbed"),
    Page("desk:plan-tasks", "empty", COUNTY, "/desk/plan/tasks/?q=没有这样的任务"),
    Page("desk:plan-task", "waiting", COMMITTEE, "/desk/plan/tasks/?part=waiting", _waiting),
    Page("desk:plan-task", "error", CITY, "/desk/plan/tasks/", _blank_report, status=422),
    Page("desk:plan-projects", "filled", COUNTY, "/desk/plan/projects/?sort=satisfaction"),
    Page("desk:plan-project", "all-open", CITY, PROJECT, _all_open),
    Page("desk:plan-project", "error", CITY, PROJECT, _negative_result, status=422),
    Page("desk:plan-documents", "filled", PLANNER, DOCUMENT),
    Page("desk:plan-document", "county", PLANNER, "/desk/plan/documents/county_plan_hepu/"),
]
LINKED = {"desk:plan-evidence": "plan-project-all-open"}
POSTS = {
    "desk:plan-task-do": f"{TASK}do/",
    "desk:plan-project-do": f"{PROJECT}do/",
    "desk:plan-project-money": f"{PROJECT}money/",
    "desk:plan-document-do": f"{DOCUMENT}county_plan_hepu/do/",
}
