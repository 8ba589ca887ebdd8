"""What a screen reader says of a page, in order, held fast in `spoken/` (A20, A21).

One file is one page of the inventory. A wanted change is written down by

    TONGXING_SPOKEN=write pytest tests/browser/test_page_accessibility.py -k "home-guest"

and looked at in the diff. Numbers, days and names of people are made one, rows that say the same are said once.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from difflib import unified_diff
from functools import cache
from pathlib import Path

from playwright.sync_api import Page as Tab

from tests.browser.page import Page

FOLDER = Path(__file__).parent / "spoken"
WHOLE = {"portal-home-guest", "desk-urgent-empty"}  # with head and foot; of others what is between them
CHANGES = [
    (re.compile("星期[一二三四五六日]"), "星期某"),
    (re.compile(r"(?<!\[level=)(?<![\d.,:])\d+(?:[.,:]\d+)*"), "0"),
]


def file_of(page: Page) -> Path:
    return FOLDER / f"{page.url.replace(':', '-')}-{page.state}.txt"


def unlike_before(page: Page, tab: Tab, city: Path) -> list[str]:
    """How what is said differs from the page's file; nothing for a page that has none."""
    golden = file_of(page)
    if not golden.exists():
        return []
    said = _said(tab, golden.stem in WHOLE, names_in(city))
    if os.environ.get("TONGXING_SPOKEN") == "write":
        golden.write_text(said, encoding="utf-8")
    known = golden.read_text(encoding="utf-8")
    return list(unified_diff(known.splitlines(), said.splitlines(), "was", "is", lineterm="", n=0))


@cache
def names_in(city: Path) -> re.Pattern[str]:
    """Everybody's name in a city, longest first."""
    with sqlite3.connect(city / "tongxing.sqlite3") as base:
        names = {str(row[0]) for row in base.execute("SELECT name FROM registry_person") if row[0]}
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


def _said(tab: Tab, whole: bool, names: re.Pattern[str]) -> str:
    tree = tab.locator("body" if whole else "main").aria_snapshot()
    text = names.sub("某人", f"title: {tab.title()}\n{tree}")
    for what, into in CHANGES:
        text = what.sub(into, text)
    lines = [line for line in text.splitlines() if not line.strip().startswith("- /url")]
    return "\n".join(_once(lines)) + "\n"


def _once(lines: list[str]) -> Iterator[str]:
    """The lines without a part that says the same as the one right before it."""
    before: dict[int, list[str]] = {}
    place = 0
    while place < len(lines):
        depth = _depth(lines[place])
        end = place + 1
        while end < len(lines) and _depth(lines[end]) > depth:
            end += 1
        part = [lines[place], *_once(lines[place + 1 : end])]
        if before.get(depth) != part:
            yield from part
        before[depth] = part
        place = end


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())
