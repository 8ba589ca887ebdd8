"""The words of a Chinese sentence, kept apart: for braille, for speech, and for readings above the characters."""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jieba

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]+")
_FIGURES = re.compile(r"([0-9A-Za-z](?:[0-9A-Za-z.,:/\-]*[0-9A-Za-z])?)")


@lru_cache(maxsize=2)
def _cutter(own: frozenset[str]) -> jieba.Tokenizer:
    """The dictionary is read once, a second or so; its cache never lies where others can write."""
    import jieba  # here, for it reads for half a second, and most processes cut no words

    jieba.setLogLevel(logging.WARNING)
    cutter = jieba.Tokenizer()
    with tempfile.TemporaryDirectory(prefix="words-") as folder:
        cutter.tmp_dir = folder
        cutter.initialize()
    for word in sorted(own):
        cutter.add_word(word)
    return cutter


def words(text: str, own: Iterable[str] = ()) -> list[str]:
    """Every character of the text, in words; `own` are names and terms that stay whole.

    '困难残疾人生活补贴在办。' → ['困难残疾人生活补贴', '在', '办', '。'] if the first is among `own`.
    """
    cutter = _cutter(frozenset(own))
    parts = _FIGURES.split(text)  # every second part is a figure, which stays whole
    return [word for at, part in enumerate(parts) for word in ([part] if at % 2 else cutter.cut(part, HMM=False))]


def apart(said: Sequence[str]) -> str:
    """Words with blanks between them, but none beside punctuation: what braille wants before it is translated."""
    line = ""
    for word in said:
        if line and _stands_alone(line[-1]) and _stands_alone(word[0]):
            line += " "
        line += word
    return line.strip()


def _stands_alone(letter: str) -> bool:
    return bool(_HAN.match(letter) or _FIGURES.match(letter))
