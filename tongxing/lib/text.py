"""Text as people and departments really send it, brought to one form before it is compared, indexed or logged."""

# ruff: noqa: RUF001, RUF002 (look-alikes are its subject)

from __future__ import annotations

import re
import unicodedata

# Sentence punctuation is proper Chinese as it stands; it is not turned into half width.
KEPT_FULL_WIDTH = "，；！？"
MIDDLE_DOTS = "•‧∙⋅・･●∘"
DASHES = "‐‑‒–—―−﹣－"
# A cross, a Roman ten, and the Greek and Cyrillic letters that look like the last character of an ID number.
CROSSES = "xхХχΧ×✕╳ⅩⅹＸｘ"
# The first is what Excel shows for a text cell; all of them come along when a number is copied out of a document.
QUOTES = "'`´‘’\"“”′"

# Radicals that PDF readers and old input methods write in place of the character; NFKC leaves them alone.
_RADICALS = dict(
    zip(
        "⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻮⻰⻁⺟⻌",
        "民西见角贝车长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐齿龙虎母辶",
        strict=True,
    )
)


def _letter_table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for kept in KEPT_FULL_WIDTH + "．":
        del table[ord(kept)]
    kangxi = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    dots = dict.fromkeys(map(ord, MIDDLE_DOTS), "·")
    return table | kangxi | dots | {ord(radical): letter for radical, letter in _RADICALS.items()}


_TABLE = _letter_table()
_PLAIN = re.compile(r"[\u4e00-\u9fa5·0-9A-Za-z]*")
_HAN = r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
_DOT_IN_NAME = re.compile(rf"(?<={_HAN})．(?={_HAN})")
_ANY_DOT_IN_NAME = re.compile(rf"\s*(?:·|(?<={_HAN})\s*\.\s*(?={_HAN}))\s*")
_SPACE_BETWEEN_HAN = re.compile(rf"(?<={_HAN})\s+(?={_HAN})")
# Invisible: zero-width marks, direction marks, soft hyphens, controls, variation selectors, half of a broken character.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_NUMBER_JUNK = re.compile(rf"[\s{re.escape(DASHES + QUOTES)}-]")
_TO_X = str.maketrans(dict.fromkeys(CROSSES, "X"))


def normalise(text: str) -> str:
    """One form for a field (a name, a header, an address), not for prose.

    Full width becomes half, blanks of all kinds collapse and are trimmed, invisible characters go, middle dots and
    compatibility forms of a character become the usual one. Rare characters beyond the BMP stay. Idempotent.
    """
    if _PLAIN.fullmatch(text):
        return text
    text = _INVISIBLE.sub("", text)
    text = unicodedata.normalize("NFC", text).translate(_TABLE)
    text = _DOT_IN_NAME.sub("·", text).replace("．", ".")
    return unicodedata.normalize("NFC", " ".join(text.split()))


def normalise_name(text: str) -> str:
    """A person's name: 张　三 → 张三, 阿依古丽．买买提 → 阿依古丽·买买提; blanks between Latin words stay."""
    text = normalise(text)
    if _PLAIN.fullmatch(text):
        return text
    return _SPACE_BETWEEN_HAN.sub("", _ANY_DOT_IN_NAME.sub("·", text))


def normalise_number(text: str) -> str:
    """Something quoted by its digits: no blanks, dashes or quotes; x in all its disguises is X; letters upper case."""
    return normalise(_NUMBER_JUNK.sub("", normalise(text).translate(_TO_X)).upper())


_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def no_formula(text: str) -> str:
    """A text cell of a CSV that no spreadsheet takes for a formula (S24): a quote is put before a dangerous start.

    For text only; write numbers as numbers, or negative ones would get a quote too.
    """
    if text.lstrip(" ")[:1] in ("\t", "\r", "\n") or text.lstrip().startswith(_FORMULA_STARTS):
        return "'" + text
    return text


# An ID or account (15 and more), an ID in groups, a mobile number. Serials (13) and division codes (12) stay legible.
_PERSONAL = re.compile(
    r"(?<!\d)(?:\d{15,}[XxＸｘ]?\d{0,2}(?:[Bb]\d)?|\d{6}[ -]\d{8}[ -]\d{3}[\dXx]"
    r"|1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}-\d{7,8})(?!\d)"
)
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def has_personal_number(text: str) -> bool:
    """Whether it holds something like an ID, an account or a telephone number."""
    return _PERSONAL.search(text) is not None


def one_line(text: str, limit: int = 500) -> str:
    """Text that is safe in a log line (S15): control characters are written out, long numbers of people hidden."""
    text = _PERSONAL.sub("[号码]", text)
    text = _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    return text if len(text) <= limit else text[: limit - 1] + "…"
