"""Aids to reading that need the pack: pinyin above the characters, a page in Easy Read, and as sound.

All without JavaScript."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tongxing.config.headers import POLICY
from tongxing.content.easy import easy_pages
from tongxing.content.readings import readings as stored
from tongxing.content.recordings import recordings
from tongxing.letters import sound
from tongxing.letters.forms import in_words, read_aloud
from tongxing.lib.heard import heard_lines
from tongxing.lib.readings import readings
from tongxing.lib.ruby import with_pinyin
from tongxing.signing.kept import fields_of
from tongxing.ui.display import display_settings, may_send_again, wants_sound, wants_sound_in

LONGEST = 3_000  # characters, a quarter of an hour
INSIDE = "data:audio/mpeg;base64,"  # where the page leaves room for its sound
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

    The page is made as always and its main part is spoken, so whoever may not see it does not hear it either. A page
    that answers a form, and changes nothing, comes again with the sound inside it: nothing is stored, no address tells.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_html = response.get("Content-Type", "").startswith("text/html")
        is_page = response.status_code == 200 and is_html
        if is_html and wants_sound_in(request) and sound.is_installed():
            return _with_sound(response)
        if not (is_page and wants_sound(request) and sound.is_installed()) or response.streaming:
            return response
        lines = heard_lines(response.content.decode())
        return HttpResponse(read_aloud(_at_most(lines, LONGEST)), content_type="audio/mpeg")


def _with_sound(response: HttpResponse) -> HttpResponse:
    page = response.content.decode()
    said = read_aloud(_at_most(heard_lines(page), LONGEST))
    response.content = page.replace(INSIDE + '"', f'{INSIDE}{b64encode(said).decode()}"', 1).encode()
    response.headers["Content-Security-Policy"] = POLICY.replace("media-src 'self'", "media-src 'self' data:")
    return response


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
    again = display.aloud == "on" and may_send_again(request) and sound.is_installed()
    can_sound = display.aloud == "on" and request.method == "GET" and sound.is_installed()
    recorded = recordings(settings.PACK).get(match.view_name, ()) if match else ()
    found = {"easy_page": easy, "can_sound": can_sound, "recordings": recorded}
    return found | {"said_again": [pair for pair in fields_of(request) if pair[0] != "sound"] if again else []}
