"""Words and the accessibility statement."""

from __future__ import annotations

from tests.browser.page import Page

PAGES = [
    Page("public:words", "filled", None, "/words/"),
    Page("public:accessibility", "filled", None, "/accessibility/"),
]
