"""A city of one's own for one journey: its server, and people who walk in through the demo doors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, expect
from playwright.sync_api import Page as Tab

from tests.browser.conftest import Visits
from tests.browser.hands import Keyboard, Mouse
from tests.browser.pages import person
from tests.browser.server import copy_of, in_fork, serving

HIRE = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxing.config.settings")
import django
django.setup()
from django.utils import timezone
from tongxing.accounts.access import current_actor
from tongxing.accounts.models import User
from tongxing.organisation.actions import staff
by = User.objects.get(username=sys.argv[1])
twin = User.objects.get(username=sys.argv[2]).posts.get()
place = staff.Place(twin.role, sys.argv[5] or twin.division_code)
staff.add(username=sys.argv[3], name=sys.argv[4], place=place, by=current_actor(by, timezone.localdate()))
"""


@dataclass
class Office:
    """Everybody works without JavaScript unless `script`; what a browser complains of fails the test at the end."""

    data: Path
    visits: Visits

    def enter(self, role: str, kind: type[Mouse] = Mouse, *, script: bool = False, user: str = "") -> Mouse:
        """`user` is somebody of one's own, who has no door on the start page: they go in by the one of `role`."""
        context = self.visits.fresh(None, java_script_enabled=script)
        context.set_default_timeout(30_000)
        self.visits.contexts[len(self.visits.contexts),] = context
        hand = kind(context.new_page())
        hand.tab.goto("/")
        door = hand.tab.locator(f"ul form[action$='/demo-{role}/enter/']")
        if user:
            door.evaluate("(form, user) => form.action = form.action.replace(/demo-[a-z_]+/, user)", user)
            door = hand.tab.locator(f"ul form[action$='/{user}/enter/']")
        hand.follow(door.locator("button"))
        return hand

    def hire(self, like: str, username: str, name: str, place: str = "") -> None:
        """A second officer in the same post, or in that of another place, taken on by the security administrator."""
        in_fork(self.data, "-c", HIRE, "demo-security_admin", f"demo-{like}", username, name, place)

    def command(self, *words: str) -> None:
        in_fork(self.data, *words)


@contextmanager
def opened(browser: Browser, town: Path, to: Path) -> Iterator[Office]:
    data = copy_of(town, to / "city", demo=True)
    with serving(data) as address:
        visits = Visits(browser, lambda _: address)
        yield Office(data, visits)
        visits.close()
    assert not visits.complaints, visits.complaints
    assert not visits.foreign, visits.foreign


def button(place: Tab | Locator, name: str) -> Locator:
    return place.get_by_role("button", name=name, exact=True).first


def link(place: Tab | Locator, name: str) -> Locator:
    return place.get_by_role("link", name=name).first


def pick(hand: Mouse, select: Locator, value: str) -> None:
    """One choice of a list; the keyboard goes down it."""
    if not isinstance(hand, Keyboard):
        select.select_option(value)
        return
    hand._reach(select)
    for _ in range(60):
        if select.input_value() == value:
            return
        hand.tab.keyboard.press("ArrowDown")
    raise AssertionError(f"the arrows do not lead to {value}")


def do(
    hand: Mouse, choice: str, *, then: str = "定了，留在这一件", words: str = "", item: str = "", role: str = ""
) -> None:
    """One choice of the step, with what belongs to it."""
    tab = hand.tab
    hand.choose(tab.locator(f"[name=what][value={choice}]"))
    if item:
        pick(hand, tab.locator("#item"), item)
    if role:
        pick(hand, tab.locator("#role"), role)
    if words:
        hand.write(tab.locator("#reason"), words)
    hand.follow(button(tab, then))


def apply(hand: Mouse, number: int, service: str) -> str:
    """An application taken down on the person's page. The number of the case."""
    hand.tab.goto(person(number))
    form = hand.tab.locator("form[action$='/apply/']")
    form.locator("select").select_option(service)
    hand.follow(button(form, "开件"))
    return hand.tab.url.rstrip("/").rsplit("/", 1)[1]


def read_letter(hand: Mouse, title: str) -> None:
    """As a page and as a file."""
    hand.follow(link(hand.tab, "看给本人的信"))
    expect(hand.tab.locator("h1")).to_have_text(title)
    with hand.tab.expect_download() as coming:
        link(hand.tab, "PDF").click()
    assert coming.value.path().read_bytes().startswith(b"%PDF")
    assert coming.value.suggested_filename.endswith(".pdf")
