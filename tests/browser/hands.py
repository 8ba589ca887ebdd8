"""Two ways to use a page: pointing, or the keyboard alone. A journey is written once and walked both ways."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import pytest
from playwright.sync_api import FilePayload, Locator
from playwright.sync_api import Page as Tab

if TYPE_CHECKING:
    from tests.browser.conftest import Visits

POINTING = (
    "click",
    "dblclick",
    "tap",
    "hover",
    "check",
    "fill",
    "focus",
    "select_option",
    "set_input_files",
    "drag_to",
)
FARTHEST = 400  # Tabs to a control; beyond that it cannot be reached


class Mouse:
    """Points and clicks."""

    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    def follow(self, control: Locator) -> None:
        """A link or a button that leads to another page, and that page read to its end."""
        with self.tab.expect_navigation():
            control.click()

    def write(self, control: Locator, words: str) -> None:
        control.fill(words)

    def choose(self, radio: Locator) -> None:
        radio.check()

    def unfold(self, summary: Locator) -> None:
        summary.click()

    def attach(self, control: Locator, file: FilePayload) -> None:
        control.set_input_files(file)


class Keyboard(Mouse):
    """Tab, Enter, Space, arrows and letters; nothing else."""

    def __init__(self, tab: Tab) -> None:
        super().__init__(tab)
        tab.on("filechooser", lambda _: None)  # from now on, or the first window for files may open unseen

    def follow(self, control: Locator) -> None:
        self._reach(control)
        with self.tab.expect_navigation():
            self.tab.keyboard.press("Enter")

    def write(self, control: Locator, words: str) -> None:
        self._reach(control)
        self.tab.keyboard.press("Control+A")
        self.tab.keyboard.type(words)

    def choose(self, radio: Locator) -> None:
        """Tab leads to a group of radio buttons, to the chosen one if there is one; arrows lead through it."""
        group = radio.locator("xpath=ancestor::fieldset[1]")
        chosen = group.locator("[type=radio]:checked")
        self._reach(chosen if chosen.count() else group.get_by_role("radio").first)
        self.tab.keyboard.press("Space")
        for _ in range(20):
            if radio.is_checked():
                return
            self.tab.keyboard.press("ArrowDown")
        raise AssertionError("the arrows do not lead to this choice")

    def unfold(self, summary: Locator) -> None:
        self._reach(summary)
        self.tab.keyboard.press("Enter")

    def attach(self, control: Locator, file: FilePayload) -> None:
        self._reach(control)
        with self.tab.expect_file_chooser() as chooser:
            self.tab.keyboard.press("Enter")
        chooser.value.set_files(file)

    def _reach(self, control: Locator) -> None:
        found = control.element_handle()  # looked for once: at each Tab it took twice as long as the Tab
        for _ in range(FARTHEST):
            if found.evaluate("el => el === document.activeElement"):
                return
            self.tab.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to {control}")


def forbid_pointing(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on nothing in this test may point, not even by a helper."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("only the keyboard is allowed here")

    for name in POINTING:
        monkeypatch.setattr(Locator, name, refuse)
        if hasattr(Tab, name):
            monkeypatch.setattr(Tab, name, refuse)
    for name in ("click", "dblclick", "move", "down", "up", "wheel"):
        monkeypatch.setattr("playwright.sync_api.Mouse." + name, refuse)


@contextmanager
def visitor(visits: Visits, by: str, path: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mouse]:
    """Somebody at a page without JavaScript at 320 px, by "mouse" or "keyboard". No complaint of the browser."""
    visits.complaints.clear()
    context = visits.fresh(None, java_script_enabled=False, viewport={"width": 320, "height": 640})
    tab = context.new_page()
    if by == "keyboard":
        forbid_pointing(monkeypatch)
    tab.goto(path)
    yield Keyboard(tab) if by == "keyboard" else Mouse(tab)
    context.close()
    assert not visits.complaints, visits.complaints
