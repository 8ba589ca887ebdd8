"""`python -m bench.pictures URL`: the pictures of the README, taken from a running demo."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FLAGS = "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-sync"
PAGES = {"lists": "/desk/gaps/?list=missing", "person": "/desk/people/1000000000011/"}


def main(url: str) -> int:
    folder = Path(__file__).resolve().parents[1] / "docs" / "pictures"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS.split())
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(url)
        page.locator('form[action$="demo-federation_county/enter/"] button').first.click()
        for name, path in PAGES.items():
            page.goto(url + path)
            page.screenshot(path=folder / f"{name}.png")
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
