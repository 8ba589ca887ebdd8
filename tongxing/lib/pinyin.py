"""Readings and initials of people's names: for search, and as suggestions that a person confirms.

A surname is read as a surname (单 shàn, 仇 qiú); other characters by their commonest reading. Guangxi's 覃 is qín.
"""

from __future__ import annotations

import os
import unicodedata
from functools import lru_cache

from tongxing.lib.text import normalise_name

# Names are read character by character; without its phrases pypinyin loads in a third of the time.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
from pypinyin.constants import PINYIN_DICT

# Only what differs from the commonest reading, or guards a double surname from the rule of its first character.
SURNAMES = {
    letter: reading
    for line in """
    单 shàn 單 shàn 覃 qín 区 ōu 區 ōu 曾 zēng 仇 qiú 解 xiè 朴 piáo 任 rén 盖 gě 蓋 gě 查 zhā 翟 zhái 缪 miào 繆 miào
    宓 fú 洗 xiǎn 员 yùn 贠 yùn 乐 yuè 隗 wěi 秘 bì 种 chóng 黑 hè 折 shé 召 shào 葛 gě 华 huà 華 huà 燕 yān 纪 jǐ
    紀 jǐ 那 nā 令 líng 薄 bó 过 guō 哈 hǎ 句 gōu 牟 mù 粘 nián 於 yū 祭 zhài 占 zhān 闕 quē 撒 sǎ 都 dū 相 xiàng
    藏 zāng 卜 bǔ 炅 guì 阚 kàn 么 yāo 乜 niè 郇 xún 长 cháng 重 chóng 尉迟 yù-chí 尉遲 yù-chí 长孙 zhǎng-sūn
    单于 chán-yú 万俟 mò-qí 澹台 tán-tái 令狐 líng-hú 夹谷 jiá-gǔ 宰父 zǎi-fǔ 乐正 yuè-zhèng 段干 duàn-gān
    """.strip().splitlines()
    for letter, reading in zip(line.split()[::2], line.split()[1::2], strict=True)
}


@lru_cache(maxsize=20_000)
def commonest(letter: str) -> str:
    """The commonest reading of one character with its tone; the character itself if it has none."""
    readings: str | None = PINYIN_DICT.get(ord(letter))
    return readings.split(",", 1)[0] if readings else letter


def _syllables(name: str) -> list[str]:
    for length, least in ((2, 3), (1, 1)):  # a double surname leaves at least one character for the given name
        if len(name) >= least and (surname := SURNAMES.get(name[:length])):
            return surname.split("-") + [commonest(letter) for letter in name[length:]]
    return [commonest(letter) for letter in name]


def reading(name: str) -> str:
    """'覃小兰' → 'qín xiǎo lán'. What is not Chinese stays as it is."""
    name, words, latin = normalise_name(name), list[str](), ""
    for letter, syllable in zip(name, _syllables(name), strict=True):
        if syllable == letter:
            latin += letter
            continue
        words += [latin.strip(), syllable]
        latin = ""
    return " ".join(word for word in [*words, latin.strip()] if word)


def initials(name: str) -> str:
    """'覃小兰' → 'QXL', '李John' → 'LJOHN', '阿依古丽·买买提' → 'AYGLMMT': letters and digits, upper case."""
    name = normalise_name(name)
    firsts = (
        letter if syllable == letter else _base(syllable)
        for letter, syllable in zip(name, _syllables(name), strict=True)
    )
    return "".join(first for first in firsts if first.isalnum()).upper()


@lru_cache(maxsize=2_000)
def _base(syllable: str) -> str:
    """'ōu' → 'o', 'ňg' → 'n'."""
    return unicodedata.normalize("NFD", syllable)[0]
