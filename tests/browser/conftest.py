"""One browser and at most four small cities a worker. `open_page` brings a page of the inventory before the eyes."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from time import monotonic
from urllib.parse import SplitResult, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import Page as Tab

from tests import towns
from tests.browser import eyes
from tests.browser.page import Page
from tests.browser.server import copy_of, in_fork, serving, started
from tongxing.demo import personas

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
# A window that nobody sees draws its address bar as pages of their own: a second of a processor for each tab.
UNSEEN = "InitialWebUI,WebUIOmniboxPopup,WebUIOmniboxAimPopup,PreloadTopChromeWebUI,SpareRendererForSitePerProcess"
# What Playwright 1.65 leaves out itself: Chromium heeds the last switch of a name alone.
LEFT_OUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable,"
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,"
    "TcpPortRandomizationWin,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch"
)
FLAGS += [f"--disable-features={LEFT_OUT},{UNSEEN}"]
REVIEWED = """
import os, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tongxing.config.settings")
import django
django.setup()
from tongxing.payments.models import Award
from tongxing.reviews.actions import review
award = Award.objects.get(person=sys.argv[1], policy="nursing_allowance")
review(by=None, award=award, cause="due", words="到了复核的时候。")
"""  # the yearly check of somebody in the busy city
NAMES = ("chromium", "chromium-browser", "google-chrome")
LOOKS = {"": "default.100.normal.normal", "dark": "dark.100.normal.normal", "elder": "default.100.elder.normal"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, else the one that Playwright brings."""
    found = next((path for path in map(shutil.which, NAMES) if path), None)
    # Playwright keeps a loop in this thread till the session ends; other tests of this worker still ask the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Four data folders: evaluated, the same to change at will, before the first night, and not a demo."""
    base = tmp_path_factory.mktemp("cities")
    drawn, town = towns.before_night(tmp_path_factory), towns.town(tmp_path_factory)
    found = {
        "town": copy_of(town, base / "town", demo=True),
        "busy": copy_of(town, base / "busy", demo=True),
        "before_night": copy_of(drawn, base / "before_night", demo=True),
        "no_demo": copy_of(drawn, base / "no_demo", demo=False),
    }
    in_fork(found["busy"], "pay", "build", "--as", "demo-civil_affairs_city")
    in_fork(found["busy"], "-c", REVIEWED, str(personas.QIN_HAIYAN))
    return found


@pytest.fixture(scope="session")
def address(folders: dict[str, Path]) -> Iterator[Callable[[str], str]]:
    """The address of a city's server, started when first asked for."""
    addresses = {}
    servers = {}

    def of(city: str) -> str:
        if city not in addresses:
            begin = started if city == "no_demo" else serving  # one the long way, as people have it
            servers[city] = begin(folders[city])
            addresses[city] = servers[city].__enter__()
        return addresses[city]

    yield of
    for server in servers.values():
        server.__exit__(None, None, None)


class Visits:
    """Contexts of the browser by city, role and options, signed in anew before a page would ask who sits there (S16);
    and everything they complained about."""

    FRESH_SECONDS = 240

    def __init__(self, browser: Browser, address: Callable[[str], str]) -> None:
        self.browser, self.address = browser, address
        self.contexts: dict[tuple[object, ...], BrowserContext] = {}
        self.screens: dict[str, Tab] = {}
        self.entered: dict[tuple[object, ...], float] = {}
        self.complaints: list[str] = []
        self.foreign: list[str] = []

    def tab(self, role: str | None, city: str = "town", **options: object) -> Tab:
        """A tab of somebody who went in through the start page's door. Costs as much as a page: see `context`."""
        return self.context(role, city, **options).new_page()

    @contextmanager
    def screen(self, role: str | None, city: str = "town") -> Iterator[Tab]:
        """The one tab in which pages of a city are looked at in turn, with the cookies of whoever looks: a tab of each
        page's own is a new process of the browser, which took longer than most looks."""
        whose = self.context(role, city)
        if city not in self.screens or self.screens[city].is_closed():
            self.screens[city] = self.fresh(None, city).new_page()
        tab = self.screens[city]
        tab.emulate_media(media="null", forced_colors="null", reduced_motion="null")
        _hand_over(whose, tab.context)
        try:
            yield tab
        finally:
            _hand_over(tab.context, whose)  # what was done there goes on with the next page
            for other in tab.context.pages:
                if other is not tab:
                    other.close()

    def context(self, role: str | None, city: str = "town", **options: object) -> BrowserContext:
        """The same without a tab: its `request` asks as the browser would, where nothing needs to be seen."""
        key = (role, city, *sorted(options.items()))
        if monotonic() - self.entered.get(key, -self.FRESH_SECONDS) >= self.FRESH_SECONDS:
            if key in self.contexts:
                self.contexts[key].close()
            self.contexts[key], self.entered[key] = self.fresh(role, city, **options), monotonic()
        return self.contexts[key]

    def fresh(self, role: str | None, city: str = "town", **options: object) -> BrowserContext:
        base = self.address(city)
        context = self.browser.new_context(base_url=base, **options)  # type: ignore[arg-type]
        context.set_default_timeout(30_000)
        context.on("console", lambda said: self._hear(said.type, said.text, said.page.url if said.page else ""))
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("request", lambda request: self._went(request.url, base))
        context.on("response", lambda answer: self._came(urlsplit(answer.url), answer.headers))
        if role:
            enter(context, role)
        return context

    def _hear(self, kind: str, text: str, url: str) -> None:
        if kind in ("error", "warning") and "the server responded with a status of" not in text:
            self.complaints.append(f"{urlsplit(url).path}: {text}")

    def _went(self, url: str, base: str) -> None:
        if not url.startswith((base, "data:", "blob:")):
            self.foreign.append(url)

    def _came(self, url: SplitResult, headers: dict[str, str]) -> None:
        self.complaints.extend(f"{url.path}: {lack}" for lack in unsafe(url.path, headers) if url.scheme == "http")

    def close(self) -> None:
        for context in [*self.contexts.values(), *(tab.context for tab in self.screens.values())]:
            context.close()


def _hand_over(one: BrowserContext, other: BrowserContext) -> None:
    """The cookies of one for those of the other."""
    other.clear_cookies()
    other.add_cookies(one.cookies())  # type: ignore[arg-type]


def unsafe(path: str, headers: dict[str, str]) -> list[str]:
    """What an answer lacks of S21 and S31; held against every answer that any browser test gets."""
    policy = headers.get("content-security-policy", "")
    wanted = {
        "a policy that forbids by default": policy.startswith("default-src 'none'") and "unsafe" not in policy,
        "no frames": "frame-ancestors 'none'" in policy,
        "nosniff": headers.get("x-content-type-options") == "nosniff",
        "no referrer elsewhere": headers.get("referrer-policy") in ("no-referrer", "same-origin"),
        "a window of its own": headers.get("cross-origin-opener-policy") == "same-origin",
        "no-store": headers.get("cache-control") == "no-store" or path.startswith("/static/") or is_kept(path, headers),
    }
    return [what for what, there in wanted.items() if not there]


def is_kept(path: str, headers: dict[str, str]) -> bool:
    """The plan's pages hold nothing of anybody: visitors may keep them; they set no cookie and differ by cookie."""
    is_public = headers.get("cache-control", "").startswith("public, max-age=")
    return path.startswith("/plan/") and is_public and "cookie" in headers.get("vary", "").lower()


def enter(context: BrowserContext, role: str) -> None:
    """As the button of the demo door on the start page does it; journeys press the button itself."""
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', context.request.get("/").text())
    assert token, "the start page has no door"
    said = {"csrfmiddlewaretoken": token[1]}
    answer = context.request.post(f"/demo/demo-{role}/enter/", form=said, max_redirects=0)
    assert answer.status == 302 and answer.headers["location"].startswith(("/desk/", "/my/")), role


@pytest.fixture(scope="session")
def visits(chromium: Browser, address: Callable[[str], str]) -> Iterator[Visits]:
    made = Visits(chromium, address)
    yield made
    made.close()


@pytest.fixture
def open_page(visits: Visits) -> Iterator[Callable[..., Tab]]:
    """A page of the inventory in its state, in a theme ("dark", "elder" …) and width. Complaints fail the test."""
    opened = ExitStack()
    visits.complaints.clear()
    visits.foreign.clear()

    def show(page: Page, width: int = 1280, display: str = "", **options: object) -> Tab:
        opened.close()  # one page at a time
        if options:
            tab = opened.enter_context(closing(visits.tab(page.role, page.city, **options)))
        else:
            tab = opened.enter_context(visits.screen(page.role, page.city))
        eyes.resize(tab, width)
        cookie = {"name": "display", "value": LOOKS[display], "url": visits.address(page.city)}
        tab.context.add_cookies([cookie])  # what the display form leaves
        answer = tab.goto(page.path)
        assert answer is not None
        if page.then is None:
            assert answer.status == page.status, f"{page}: {answer.status}"
        else:
            page.then(tab)
        return tab

    with opened:
        yield show
    assert not visits.complaints, visits.complaints
    assert not visits.foreign, f"asked for something that is not ours: {visits.foreign}"
