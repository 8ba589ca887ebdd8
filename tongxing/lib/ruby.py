"""Pinyin above the characters of a page, as ruby that screen readers pass over."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator

_TAG = re.compile(r"(<[^>]*>)")
_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_NAME = re.compile(r"</?([a-z0-9]+)")
_PLAIN = {"option", "textarea", "title", "script", "style", "pre", "ruby", "text", "select"}  # may hold no ruby
Words = Callable[[str], Iterable[tuple[str, list[str]]]]


def with_pinyin(page: str, words: Words) -> str:
    """What stands in <main> with readings above it; `words` gives each word with a syllable for each character."""
    head, opening, rest = page.partition("<main")
    main, closing, foot = rest.partition("</main>")
    return head + opening + "".join(_parts(main, words)) + closing + foot


def _parts(main: str, words: Words) -> Iterator[str]:
    shut = ""  # the name of the element in which text stays as it is
    for part in _TAG.split(main):
        if not part.startswith("<"):
            yield part if shut or not _HAN.search(part) else _ruby(part, words)
            continue
        name = _NAME.match(part)
        if shut and part.startswith(f"</{shut}"):
            shut = ""
        elif not shut and name and name[1] in _PLAIN and not part.startswith("</"):
            shut = name[1]
        yield part


def _ruby(text: str, words: Words) -> str:
    return "".join(_word(word, said) for word, said in words(html.unescape(text)))


def _word(word: str, said: list[str]) -> str:
    """A word is one ruby, so that it does not break in its middle."""
    if len(said) != len(word) or not _HAN.search(word):
        return html.escape(word)
    inside = "".join(
        f'{html.escape(letter)}<rt aria-hidden="true">{html.escape(one) if _HAN.match(letter) else ""}</rt>'
        for letter, one in zip(word, said, strict=True)
    )
    return f"<ruby>{inside}</ruby>"
