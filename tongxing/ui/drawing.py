"""A drawing of our own as a picture on a page."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString


def picture(svg: str, says: str) -> SafeString:
    """`svg` was written by our own code and is put in as it stands; `says` is its text alternative."""
    return format_html('<div class="drawing" role="img" aria-label="{}">{}</div>', says, SafeString(svg))
