"""`python -m bench network [--runs N]`: weight and time of the five most used pages of residents on a slow network.

A11 and A12 in Chromium, with an empty cache and once more.

The network: 400 ms there and back, 400 kbit/s. The last column is a ratio of this run: how many times as long as the
smallest answer that the same server gives over the same network (medians), so it holds on other machines.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.pictures import FLAGS
from tests.browser.server import started, tongxing

RESIDENT = "qin_haiyan"
PAGES = {"/home/": None, "/find/": None, "/plan/": None, "/my/": RESIDENT, "/my/rights/": RESIDENT}
SMALLEST = "/static/ui/mark.svg"
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
KB = 1000
GOALS = (
    "KB ≤ 60",
    "requests",
    "foreign = 0",
    "heading s ≤ 2.5",
    "usable s ≤ 4",
    "again KB ≤ 15",
    "again s ≤ 2",
    "ratio",
)


@dataclass(frozen=True)
class Visit:
    """`heading` and `usable` in seconds from the click: the first words on the screen; all loaded, scripts included."""

    sent: int
    requests: int
    foreign: int
    heading: float
    usable: float


def main(args: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench network")
    parser.add_argument("--runs", type=int, default=10)
    options = parser.parse_args(args)
    with tempfile.TemporaryDirectory(prefix="tongxing-bench-") as made, sync_playwright() as play:
        folder = Path(made)
        tongxing(folder, "demo", "--people", "300", "--seed", "7")
        tongxing(folder, "nightly")
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
        with started(folder) as address:
            _table(browser, address, options.runs)
        browser.close()
    return 0


def _table(browser: Browser, address: str, runs: int) -> None:
    floor = median(_first(browser, address, SMALLEST, None)[0].usable for _ in range(runs))
    print(f"smallest answer over this network: {floor:.2f} s; the worst of {runs} runs, of seconds their p95")
    print(f"{'page':<12} {'  '.join(GOALS)}")
    for path, role in PAGES.items():
        both = [_first(browser, address, path, role) for _ in range(runs)]
        values = _row([one for one, _ in both], [two for _, two in both], floor)
        cells = [f"{value:>{len(goal)}.3g}" for goal, value in zip(GOALS, values, strict=True)]
        print(f"{path:<12} {'  '.join(cells)}", flush=True)


def _row(first: list[Visit], again: list[Visit], floor: float) -> list[float]:
    """In the order of GOALS."""
    usable = [each.usable for each in first]
    return [
        max(each.sent for each in first) / KB,
        first[0].requests,
        max(each.foreign for each in first),
        _p95([each.heading for each in first]),
        _p95(usable),
        max(each.sent for each in again) / KB,
        _p95([each.usable for each in again]),
        median(usable) / floor,
    ]


def _first(browser: Browser, address: str, path: str, role: str | None) -> tuple[Visit, Visit]:
    """With nothing kept from before, and once more a moment later."""
    context = browser.new_context(base_url=address)
    if role:
        _come_in(browser, address, role, context)
    tab = context.new_page()
    visits = _visit(tab, address, path), _visit(tab, address, path)
    context.close()
    return visits


def _come_in(browser: Browser, address: str, role: str, to: BrowserContext) -> None:
    """In another window, so that the one to be measured has nothing in its cache."""
    other = browser.new_context(base_url=address)
    tab = other.new_page()
    tab.goto("/")
    tab.locator(f"form[action$='/demo-{role}/enter/'] button").first.click()
    tab.wait_for_url(re.compile("/my/"))
    to.add_cookies(other.cookies())
    other.close()


def _visit(tab: Page, address: str, path: str) -> Visit:
    network = tab.context.new_cdp_session(tab)
    network.send("Network.enable")
    network.send("Network.emulateNetworkConditions", SLOW)
    sent, asked = list[float](), list[str]()
    network.on("Network.loadingFinished", lambda done: sent.append(done["encodedDataLength"]))
    network.on("Network.requestWillBeSent", lambda asking: asked.append(asking["request"]["url"]))
    tab.goto(address + path, wait_until="load")
    tab.wait_for_timeout(100)  # the last answers are still being counted
    times = tab.evaluate(_TIMES)
    network.detach()
    own = urlsplit(address).netloc
    foreign = sum(urlsplit(url).netloc not in (own, "") for url in asked)
    return Visit(int(sum(sent)), len(asked), foreign, times["heading"] / 1000, times["usable"] / 1000)


_TIMES = """() => ({
  heading: (performance.getEntriesByName('first-contentful-paint')[0] || {startTime: 0}).startTime,
  usable: performance.getEntriesByType('navigation')[0].loadEventEnd,
})"""


def _p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * len(values))]
