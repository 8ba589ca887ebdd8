"""Drawings of our own as pictures on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString


def picture(svg: str, says: str) -> SafeString:
    """`svg` was written by our own code and is put in as it stands; `says` is its text alternative."""
    hidden = SafeString(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))  # the frame speaks for it
    return format_html('<div class="drawing" role="img" aria-label="{}">{}</div>', says, hidden)


def readable(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document of a report with its charts ready for a page."""
    sections = [section | {"blocks": [_drawn(each) for each in section["blocks"]]} for section in document["sections"]]
    return {**document, "sections": sections}


def _drawn(block: dict[str, Any]) -> dict[str, Any]:
    return block | {"drawn": picture(block["svg"], block["says"])} if block["kind"] == "chart" else block
