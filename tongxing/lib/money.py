"""Money is whole fen. Amounts are read exactly, never through a float's error, and said in yuan."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise
from math import isfinite

from tongxing.lib.mistakes import BadMoney
from tongxing.lib.text import normalise

LARGEST = 10**14  # fen: a million million yuan is no amount that a city pays
LONGEST = 40  # characters
EXAMPLE = "请写成 1234.50 这样。"

_SIGNS = str.maketrans("，−–—", ",---")  # noqa: RUF001
_PLAIN = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d{1,4}(?:,\d{4})+|\d+)(\.\d+)?", re.ASCII)
_SCALED = re.compile(
    r"(-?)(?:(\d+(?:\.\d+)?)亿)?(?:(\d+(?:\.\d+)?)万)?(?:(\d+(?:\.\d+)?)千)?(\d+(?:\.\d+)?)?", re.ASCII
)
_CHINESE = re.compile(r"(负?)([^元角分]+元)?(?:零?([^元角分])角)?(?:零?([^元角分])分)?")

_DIGITS = {letter: digit for digit, letter in enumerate("零一二三四五六七八九")} | {"两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_FORMAL = str.maketrans(
    "壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億〇圆圓块毛貮弍", "一二二三三四五六六七八九十百千万亿零元元元角二二"
)


def parse_yuan(value: str | int | float) -> int:
    """Fen, from '1,234.5', '￥1234', '1.2万元', '壹仟贰佰元伍角整', full width too, or a number of a sheet.

    Exact: more than two decimals of a yuan raise BadMoney unless they are zeros, as does what can be read in two ways.
    """
    if isinstance(value, float):
        return _from_float(value)
    text = _bare(str(value))
    if len(text) > LONGEST:
        raise BadMoney(f"这一格太长，不像一个金额。{EXAMPLE}")
    if found := _PLAIN.fullmatch(text):
        return _fen(Fraction(found[2].replace(",", "") + (found[3] or "")), found[1])
    if (found := _SCALED.fullmatch(text)) and any(found.groups()[1:]):
        return _fen(_scaled(found), found[1])
    return _from_chinese(text)


def _bare(text: str) -> str:
    """Without currency signs and blanks; 元 stays only where Chinese numerals need it."""
    text = normalise(text).translate(_SIGNS).replace(" ", "")
    text = re.sub(r"^(人民币|RMB|CNY)|^(-?)[¥￥]", r"\2", text, flags=re.IGNORECASE)
    return re.sub(r"(?<=[\d万亿千])元[整正]?$", "", text) if re.search(r"\d", text) else text


def _from_float(value: float) -> int:
    if not isfinite(value) or abs(value) >= LARGEST:
        raise BadMoney(f"金额太大，或者不是一个数。{EXAMPLE}")
    fen = round(value * 100)
    if abs(value * 100 - fen) > 1e-4:
        raise BadMoney(f"金额最多写到分，小数点后两位。{EXAMPLE}")
    return _fen(Fraction(fen, 100), "")


def _scaled(found: re.Match[str]) -> Fraction:
    """亿, 万 and 千 with their numbers; a fraction is allowed only in the last of them."""
    parts = [(part, unit) for part, unit in zip(found.groups()[1:], (10**8, 10**4, 10**3, 1), strict=True) if part]
    if any("." in part for part, _ in parts[:-1]):
        raise BadMoney(f"小数后面又有数，分不清是多少。{EXAMPLE}")
    for (_, above), (part, unit) in pairwise(parts):
        if Fraction(part) * unit >= above:
            raise BadMoney(f"“万”“千”后面的数太大，分不清是多少。{EXAMPLE}")
        if unit == 1 and len(part.split(".")[0]) == 1:
            raise BadMoney(f"“{part}”是几个一，还是几千、几百？{EXAMPLE}")
    return sum((Fraction(part) * unit for part, unit in parts), Fraction(0))


def _fen(amount: Fraction, sign: str) -> int:
    fen = amount * 100
    if abs(fen) >= LARGEST:
        raise BadMoney(f"金额太大。看看单位是不是元，{EXAMPLE}")
    if fen != int(fen):
        raise BadMoney(f"金额最多写到分，小数点后两位。{EXAMPLE}")
    return -int(fen) if sign else int(fen)


def _from_chinese(text: str) -> int:
    """'壹仟贰佰叁拾肆元伍角陆分', '一千二百', '五角'."""
    text = text.translate(_FORMAL).removesuffix("整").removesuffix("正")
    if text and text[-1] not in "元角分":
        text += "元"
    found = _CHINESE.fullmatch(text)
    if not found or not any(found.groups()[1:]):
        raise BadMoney(_mistake(text.removesuffix("元")))
    minus, yuan_part, jiao, fen = found.groups()
    whole = _whole(yuan_part[:-1]) if yuan_part else 0
    if (jiao and jiao not in _DIGITS) or (fen and fen not in _DIGITS):
        raise BadMoney(_mistake(text))
    total = whole * 100 + _DIGITS.get(jiao, 0) * 10 + _DIGITS.get(fen, 0)
    return _fen(Fraction(total, 100), minus)


def _whole(text: str) -> int:
    """A Chinese number up to 9999亿; BadMoney if it is not one or is said in a shortened way."""
    head, unit, tail = text.rpartition("亿")
    return _section(head) * 10**8 + _after(tail, _below_yi) if unit else _below_yi(text)


def _below_yi(text: str) -> int:
    head, unit, tail = text.rpartition("万")
    return _section(head) * 10_000 + _after(tail, _section) if unit else _section(text)


def _after(tail: str, read: Callable[[str], int]) -> int:
    """What follows 亿 or 万: '一万二' may be 12,000 or 10,002 and is refused, '一万零二' is not."""
    if len(tail) == 1:
        raise BadMoney(f"末尾的“{tail}”少了单位，分不清是多少。{EXAMPLE}")
    return read(tail.removeprefix("零")) if tail else 0


def _section(text: str) -> int:
    """0 to 9999: '三千零五', '一百二十', '十五'."""
    if text == "零":
        return 0
    found = re.fullmatch(
        r"(?:([一二两三四五六七八九])千)?(零)?(?:([一二两三四五六七八九])百)?(零)?(?:([一二三四五六七八九])?(十))?([一二两三四五六七八九])?",
        text,
    )
    if not found or not text or text.endswith("零"):
        raise BadMoney(_mistake(text))
    thousands, _, hundreds, zero, tens, ten, ones = found.groups()
    if ones and not ten and (thousands or hundreds) and not (zero or found[2]):
        raise BadMoney(f"“{text}”少了单位，分不清是多少。{EXAMPLE}")
    tens_value = _DIGITS[tens] if tens else int(bool(ten))
    return 1000 * _DIGITS.get(thousands, 0) + 100 * _DIGITS.get(hundreds, 0) + 10 * tens_value + _DIGITS.get(ones, 0)


def _mistake(text: str) -> str:
    if not text:
        return f"金额是空的。没有就写 0，不知道就空着整格。{EXAMPLE}"
    if text in ("-", "/", "无"):
        return "金额只有一个符号。没有就写 0，不知道就空着整格。"
    if re.fullmatch(r"-?[\d,.]+", text, re.ASCII):
        return f"金额的逗号或小数点位置不对。{EXAMPLE}"
    if re.search(r"\d.*[-~至到].*\d", text):
        return "这里写了一个范围。请只写一个数，像 1234.50 这样。"
    return f"认不出这个金额。{EXAMPLE}"


def yuan(fen: int) -> str:
    """123450 → '1,234.50'."""
    sign, (whole, rest) = "-" if fen < 0 else "", divmod(abs(fen), 100)
    return f"{sign}{whole:,}.{rest:02}"


def spoken_yuan(fen: int) -> str:
    """8000 → '80 元', 320050 → '3,200.50 元'."""
    return yuan(fen).removesuffix(".00") + " 元"


def share(fen: int, n: int, d: int) -> int:
    """fen × n ÷ d, halves rounded away from zero as the rule language does; ValueError unless d > 0."""
    if d <= 0:
        raise ValueError("share needs a divisor above 0")
    part = (2 * abs(fen * n) + d) // (2 * d)
    return part if fen * n >= 0 else -part
