"""Forms of a letter that are nobody's own; what they look like stands with the desk's pages."""

from __future__ import annotations

from tests.browser.page import Page

OWN = "/my/cases/2020-00001/letter/"
PAGES = [
    Page("portal:letter-form", "nobodys", "qin_haiyan", OWN + "easy/", status=404),
    Page("portal:letter-file", "nobodys", "qin_haiyan", OWN + "letter.pdf", status=404),
]
