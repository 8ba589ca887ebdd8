"""The five forms of a letter (A24), all from one Letter: to read, large, Easy Read, to hear, to feel."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings

from tongxing.content.instance import pack
from tongxing.content.readings import readings
from tongxing.letters import sound, touch
from tongxing.letters.easy import easy_lines
from tongxing.letters.paper import letter_file
from tongxing.letters.words import Letter
from tongxing.lib import wording
from tongxing.lib.dates import spoken_date
from tongxing.lib.readings import spoken

FORMS = {"standard": "标准字", "large": "大字", "easy": "易读", "audio": "用耳朵听", "braille": "盲文"}
LONGEST_WORD = 4  # a longer term is several words in braille
MET = {True: "符合", False: "不符合", None: "不知道"}


@dataclass(frozen=True)
class File:
    """`name` is what a reader saves it as."""

    name: str
    type: str
    content: bytes


def letter_lines(letter: Letter) -> list[str]:
    """All that the letter says, in its order: what is spoken and what becomes braille."""
    return list(_lines(letter))


def _lines(letter: Letter) -> Iterator[str]:
    yield from (letter.unit, f"编号 {letter.number}", spoken_date(letter.on), f"{letter.to}：", f"{letter.title}。")
    yield from letter.opening
    if letter.reasons:
        yield "原因："
        for reason in letter.reasons:
            said = (MET[reason.met], reason.label, reason.note, reason.source)
            yield "，".join(part for part in said if part) + "。"
        yield from [f"{letter.basis}。"] if letter.basis else []
    if letter.wrong_data:
        yield from ("哪个情况不对，告诉我们：", letter.wrong_data)
    if letter.routes:
        yield "您可以这样做："
        yield from (f"{short}。{explained}" for short, explained in letter.routes)
    yield from (f"{line}。" for line in letter.signed)
    yield f"{letter.unit}。"


@cache
def own_words() -> frozenset[str]:
    """What stays one word: names of places, short terms of the glossary, words with a stored reading."""
    known = pack(settings.PACK)
    terms = {term.term for term in known.glossary.values() if len(term.term) <= LONGEST_WORD}
    return frozenset(terms | {division.name for division in known.divisions} | set(readings(settings.PACK).words))


def in_words(line: str) -> list[str]:
    return wording.words(line, own_words())


def in_cells(letter: Letter) -> touch.Braille:
    """Raises NotInstalled."""
    lines = [touch.DRAFT, *letter_lines(letter)]
    return touch.braille([wording.apart(in_words(line)) for line in lines], readings(settings.PACK).cells)


def in_speech(letter: Letter) -> bytes:
    """An MP3 file. Raises NotInstalled."""
    return read_aloud(letter_lines(letter))


def read_aloud(lines: Iterable[str]) -> bytes:
    """An MP3 file, a pause after each line. Raises NotInstalled."""
    own = readings(settings.PACK).words
    return sound.spoken_file("\n".join(spoken(in_words(line), own) + "." for line in lines))


FILES: Mapping[str, tuple[str, Callable[[Letter], bytes]]] = {
    "letter.pdf": ("application/pdf", lambda letter: letter_file(letter)),
    "large.pdf": ("application/pdf", lambda letter: letter_file(letter, large=True)),
    "letter.txt": ("text/plain; charset=utf-8", lambda letter: "\r\n".join(letter_lines(letter)).encode()),
    "letter.mp3": ("audio/mpeg", in_speech),
    "letter.brf": ("text/plain; charset=us-ascii", lambda letter: touch.file_of(in_cells(letter))),
}


def file_of(letter: Letter, name: str) -> File | None:
    """None for a name that is no form, or whose program this machine lacks."""
    if name not in FILES:
        return None
    kind, make = FILES[name]
    try:
        return File(f"{letter.number}-{name}", kind, make(letter))
    except (sound.NotInstalled, touch.NotInstalled):
        return None


def shown(letter: Letter, form: str) -> dict[str, Any]:
    """What the page of a form shows beside the letter itself."""
    if form == "easy":
        return {"easy": easy_lines(letter)}
    if form == "audio":
        return {"lines": letter_lines(letter), "voice": sound.is_installed()}
    if form == "braille":
        return _felt(letter)
    return {}


def _felt(letter: Letter) -> dict[str, Any]:
    try:
        found = in_cells(letter)
    except touch.NotInstalled:
        return {"cells": None}
    return {"cells": touch.sheets_of(found), "unknown": found.unknown, "draft": touch.DRAFT}
