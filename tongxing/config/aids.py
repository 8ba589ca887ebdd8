"""Aids to reading that need the pack: pinyin above the characters, a page in Easy Read, and as sound.

All without JavaScript."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tongxing.content.easy import easy_pages
from tongxing.content.readings import readings as stored
from tongxing.content.recordings import recordings
from tongxing.letters import sound
from tongxing.letters.forms import in_words, read_aloud
from tongxing.lib.heard import heard_lines
from tongxing.lib.readings import readings
from tongxing.lib.ruby import with_pinyin
from tongxing.ui.display import display_settings, wants_sound

LONGEST = 3_000  # characters, a quarter of an hour
MORE = "后面还有，请看页面，或者打 12345。"


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


class Aloud:
    """The same page as a sound file, for whoever wants pages read and whose device has no voice: `?sound=1`.

    The page is made as always and its main part is spoken, so whoever may not see it does not hear it either.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.status_code == 200 and response.get("Content-Type", "").startswith("text/html")
        if not (is_page and wants_sound(request) and sound.is_installed()) or response.streaming:
            return response
        lines = heard_lines(response.content.decode())
        return HttpResponse(read_aloud(_at_most(lines, LONGEST)), content_type="audio/mpeg")


def _at_most(lines: Iterable[str], letters: int) -> Iterator[str]:
    for line in lines:
        letters -= len(line)
        if letters < 0:
            yield MORE
            return
        yield line


def _read(text: str) -> Iterator[tuple[str, list[str]]]:
    own = stored(settings.PACK).words
    return ((word, readings(word, own)) for word in in_words(text))


def context(request: HttpRequest) -> dict[str, Any]:
    """For every template: what this page says in Easy Read, where the reader wants that and the pack has it; whether
    this machine can read it aloud; its films in sign language and spoken versions."""
    display, match = display_settings(request), request.resolver_match
    easy = easy_pages(settings.PACK).get(match.view_name, ()) if match and display.words == "easy" else ()
    can_sound = display.aloud == "on" and request.method == "GET" and sound.is_installed()
    recorded = recordings(settings.PACK).get(match.view_name, ()) if match else ()
    return {"easy_page": easy, "can_sound": can_sound, "recordings": recorded}
