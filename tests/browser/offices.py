"""A city of one's own for one journey: its server, and people who walk in through the demo doors."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator
from playwright.sync_api import Page as Tab

from tests.browser.conftest import Visits
from tests.browser.hands import Mouse
from tests.browser.server import _environment, copy_of, serving, tongxing

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
place = staff.Place(twin.role, twin.division_code)
staff.add(username=sys.argv[3], name=sys.argv[4], place=place, by=current_actor(by, timezone.localdate()))
"""


@dataclass
class Office:
    """Everybody works without JavaScript unless `script`; what a browser complains of fails the test at the end."""

    data: Path
    visits: Visits

    def enter(self, role: str, kind: type[Mouse] = Mouse, *, script: bool = False) -> Mouse:
        context = self.visits.fresh(None, java_script_enabled=script)
        self.visits.contexts[len(self.visits.contexts),] = context
        hand = kind(context.new_page())
        hand.tab.goto("/")
        hand.follow(hand.tab.locator(f"ul form[action$='/demo-{role}/enter/'] button"))
        return hand

    def hire(self, by: str, like: str, username: str, name: str) -> None:
        """A second officer in the same post, taken on by whoever manages the staff there."""
        line = [sys.executable, "-c", HIRE, by, like, username, name]
        subprocess.run(line, env=_environment(self.data), check=True, timeout=60)

    def night(self) -> None:
        tongxing(self.data, "nightly")


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
