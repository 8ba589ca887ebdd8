"""How words are read aloud, as pinyin syllables: what is stored first, then phrases, then the commonest reading."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from tongxing.lib.numerals import aloud
from tongxing.lib.pinyin import commonest

_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_TONES = {
    mark: (base, tone)
    for base, marks in (
        ("a", "āáǎà"),
        ("e", "ēéěè"),
        ("i", "īíǐì"),
        ("o", "ōóǒò"),
        ("u", "ūúǔù"),
        ("v", "ǖǘǚǜ"),
        ("n", "\0ńňǹ"),
    )
    for tone, mark in enumerate(marks, start=1)
}
_PAUSES = str.maketrans("，、；：。？！（）“”《》\n", ",,,,.?!,,,,,,.")


@lru_cache(maxsize=1)
def _phrases() -> Mapping[str, list[list[str]]]:
    """47,000 words with their readings: read when first asked for, since searching by name never needs them."""
    found: Mapping[str, list[list[str]]] = importlib.import_module("pypinyin.phrases_dict").phrases_dict
    return found


def readings(word: str, own: Mapping[str, str]) -> list[str]:
    """One syllable with its tone for each character: '重度' → ['zhòng', 'dù']. What is not Chinese stays as it is."""
    if stored := own.get(word):
        return stored.split()
    known = _phrases().get(word)
    if known and len(known) == len(word) and not set(word) & set(own):
        return [syllables[0] for syllables in known]
    return [own.get(letter) or commonest(letter) for letter in word]


def spoken(said: Iterable[str], own: Mapping[str, str]) -> str:
    """Words as a voice takes them, tones and numbers spoken: ['每月', '80', '元'] → 'mei3 yue4 ba1 shi2 yuan2'."""
    return " ".join(_spoken(said, own)).replace(" ,", ",").replace(" .", ".")


def _spoken(said: Iterable[str], own: Mapping[str, str]) -> Iterator[str]:
    for word in said:
        if word[0].isdigit() and word[0].isascii():
            yield from (numbered(one) for figure in re.split(r"[-/:]", word) for one in _figure(figure, own))
        elif not word.isspace():
            yield from (numbered(one) for one in readings(word, own))


def _figure(figure: str, own: Mapping[str, str]) -> Iterator[str]:
    """A figure that is no number stays as it is."""
    return (
        (one for letter in aloud(figure) for one in readings(letter, own))
        if _NUMBER.fullmatch(figure)
        else iter([figure])
    )


def numbered(one: str) -> str:
    """'zhòng' → 'zhong4', 'de' → 'de5'; punctuation becomes a pause, what is no syllable stays."""
    plain, tone = "", 5
    for letter in one:
        base, mark = _TONES.get(letter, (letter.replace("ü", "v"), 0))
        plain, tone = plain + base, mark or tone
    if not plain.isascii() or not plain.isalpha():
        return plain.translate(_PAUSES)
    return f"{plain}{tone}"
