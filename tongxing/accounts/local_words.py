"""Two rules for passwords beside length and the common list: none made of the city's own names, and, where the level-3
profile is on, three kinds of characters (S18). They are the settings' validators; the words come from the pack."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from tongxing.content.instance import pack
from tongxing.lib.pinyin import commonest

ENDINGS = re.compile(r"(?<=..)(街道办事处|村民委员会|村委会|居委会|社区|街道|镇|乡|村|县|区|市)$")
OURS = ("tongxing", "canlian", "canjiren", "mima", "password", "admin", "welcome", "同行", "残联", "残疾人", "密码")
LEAST = 6  # letters that must be left once the local words are gone
KINDS = (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z\d]")


@lru_cache(maxsize=4)
def local_words(folder: str) -> tuple[str, ...]:
    """Names of places and departments of the pack, in characters and in pinyin, the longest first."""
    known = pack(folder)
    names = {division.name for division in known.divisions} | {one.name for one in known.departments.values()}
    names |= {ENDINGS.sub("", name) for name in names}
    spelled = {"".join(map(_toneless, name)) for name in names}
    found = {word.lower() for word in names | spelled | set(OURS) if len(word) > 1}
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def _toneless(letter: str) -> str:
    """北 → bei."""
    apart = unicodedata.normalize("NFD", commonest(letter))
    return "".join(part for part in apart if not unicodedata.combining(part))


def _weight(text: str) -> int:
    """A character is worth two letters."""
    return sum(2 if ord(letter) > 127 else 1 for letter in text)


class NotOfLocalWords:
    """Whoever attacks knows where the office is."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError if hardly anything is left without local words, the own name and digits at the end."""
        left = password.lower()
        own = [text.lower() for text in (getattr(user, "username", ""), getattr(user, "name", "")) if len(text) > 1]
        for word in [*own, *local_words(settings.PACK)]:
            left = left.replace(word, "")
        if _weight(re.sub(r"[\d\W_]+", "", left)) < LEAST and left != password.lower():
            raise ValidationError("密码里几乎只有本地的地名、单位名或您的名字，别人猜得到。请换几个不相干的词。")

    def get_help_text(self) -> str:
        return "不要用本地的地名、单位名和自己的名字。"


class ThreeKinds:
    """For cities that are held to level 3; elsewhere a long password needs no signs."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError unless three of the four kinds of characters are there."""
        if sum(bool(re.search(kind, password)) for kind in KINDS) < 3:
            raise ValidationError("密码要有三种字符：大写字母、小写字母、数字、符号里选三种。")

    def get_help_text(self) -> str:
        return "大写字母、小写字母、数字、符号里选三种。"
