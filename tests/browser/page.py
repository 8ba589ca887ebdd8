"""A page of the inventory in one state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator
from playwright.sync_api import Page as Tab


@dataclass(frozen=True)
class Page:
    """`role` goes in through the start page's door, None is a visitor; `then` brings the page into its state."""

    url: str
    state: str
    role: str | None
    path: str
    then: Callable[[Tab], None] | None = None
    city: str = "town"  # town, before_night or no_demo: see conftest
    status: int = 200

    def __str__(self) -> str:
        return f"{self.url.split(':')[-1]}-{self.state}"


def press(control: Locator) -> None:
    """A click that leads to another page, and that page read to its end."""
    with control.page.expect_navigation():
        control.click()


def prove(tab: Tab) -> None:
    """Past the question who sits here, where it is asked: whoever came in long ago is asked again (S16)."""
    asked = tab.locator("form:has([name=confirm-path]) button.btn").first
    if asked.count():
        press(asked)
    if tab.get_by_role("button", name="接着做").count():
        press(tab.get_by_role("button", name="接着做"))
