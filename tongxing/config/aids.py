"""Aids to reading that need the pack: pinyin above the characters, and a page in Easy Read. Both without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tongxing.content.easy import easy_pages
from tongxing.content.readings import readings as stored
from tongxing.letters.forms import in_words
from tongxing.lib.readings import readings
from tongxing.lib.ruby import with_pinyin
from tongxing.ui.display import display_settings


class Pinyin:
    """Puts readings above the characters of every page of a reader who wants them."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        if is_page and display_settings(request).pinyin == "on":
            response.content = with_pinyin(response.content.decode(), _read).encode()
        return response


def _read(text: str) -> Iterator[tuple[str, list[str]]]:
    own = stored(settings.PACK).words
    return ((word, readings(word, own)) for word in in_words(text))


def context(request: HttpRequest) -> dict[str, Any]:
    """For every template: what this page says in Easy Read, where the reader wants that and the pack has it."""
    if display_settings(request).words != "easy" or request.resolver_match is None:
        return {"easy_page": ()}
    return {"easy_page": easy_pages(settings.PACK).get(request.resolver_match.view_name, ())}
