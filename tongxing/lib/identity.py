"""Numbers that name a person: resident ID (GB 11643), disability certificate, phone, account.

Each `parse_…` takes text as typed and gives the number in its one written form, or raises BadNumber with what is wrong
and how to put it right. No message holds the whole number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from tongxing.lib.mistakes import BadNumber
from tongxing.lib.text import normalise_number

__all__ = [
    "CATEGORIES",
    "BadNumber",
    "CertificateNumber",
    "ResidentId",
    "certificate_number",
    "check_digit",
    "mask",
    "parse_certificate_number",
    "parse_resident_id",
]

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)  # GB 11643, ISO 7064 MOD 11-2
CHECKS = "10X98765432"
# First two digits of GB/T 2260; 81–83 are residence permits for Hong Kong, Macao and Taiwan, 91 is for foreigners.
PROVINCES = frozenset(
    map(
        str,
        [
            *range(11, 16),
            21,
            22,
            23,
            *range(31, 38),
            *range(41, 47),
            *range(50, 55),
            *range(61, 66),
            71,
            81,
            82,
            83,
            91,
        ],
    )
)
CATEGORIES = ("visual", "hearing", "speech", "limb", "intellectual", "mental", "multiple")
LOOKALIKES = {"O": "0", "Q": "0", "D": "0", "I": "1", "L": "1", "Z": "2", "S": "5", "B": "8"}
_ASCII_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class ResidentId:
    """A valid resident ID of 18 characters and what it says."""

    number: str
    division: str
    birth_date: date
    sex: Literal["male", "female"]
    sequence: str


@dataclass(frozen=True)
class CertificateNumber:
    """A valid disability certificate number. `reissue` is 0, or n of the suffix Bn."""

    number: str
    id_number: str
    category: str
    grade: int
    reissue: int


def check_digit(digits: str) -> str:
    """The 18th character for the first 17 digits; ValueError if they are not 17 digits."""
    if len(digits) != 17 or not _ASCII_DIGITS.fullmatch(digits):
        raise ValueError("check_digit takes 17 digits")
    return CHECKS[sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=True)) % 11]


def parse_resident_id(text: str) -> ResidentId:
    """Reads 18 characters, or the old 15 digits (all holders born in 19xx), which come back as 18."""
    number = normalise_number(text)
    _check_spreadsheet(number)
    if len(number) == 15:
        _check_digits(number)
        number = number[:6] + "19" + number[6:]
        number += check_digit(number)
    elif len(number) == 18:
        _check_digits(number[:17])
    else:
        raise BadNumber(f"身份证号应当是 18 位（旧的是 15 位），这里有 {len(number)} 位。请对照证件补全。")
    _check_province(number)
    birth = _birth_date(number)
    _check_last(number)
    sex: Literal["male", "female"] = "male" if int(number[16]) % 2 else "female"
    return ResidentId(number, number[:6], birth, sex, number[14:17])


def _check_spreadsheet(number: str) -> None:
    if not number:
        raise BadNumber("身份证号是空的。请填 18 位号码。")
    if re.fullmatch(r"\d\.\d+E\+?\d+", number):
        raise BadNumber("表格把号码变成了科学计数，后几位已经丢了。请把这一列设成“文本”，重新填号码。")


def _check_digits(digits: str) -> None:
    for position, letter in enumerate(digits, 1):
        if letter in "0123456789":
            continue
        meant = f"，是不是数字 {LOOKALIKES[letter]}？" if letter in LOOKALIKES else "。"
        raise BadNumber(f"身份证号第 {position} 位是“{letter}”，这里只能是数字{meant}请对照证件改。")


def _check_province(number: str) -> None:
    if number[:2] not in PROVINCES:
        raise BadNumber(f"身份证号第 1、2 位是 {number[:2]}，没有这个省份代码。请对照证件改。")


def _birth_date(number: str) -> date:
    year, month, day = int(number[6:10]), int(number[10:12]), int(number[12:14])
    if not 1880 <= year <= 2099:
        raise BadNumber(f"身份证号第 7 到 10 位是出生年份，写的是 {number[6:10]}。请对照证件改。")
    if not 1 <= month <= 12:
        raise BadNumber(f"身份证号第 11、12 位是出生月份，写的是 {number[10:12]}。请对照证件改。")
    try:
        return date(year, month, day)
    except ValueError:
        raise BadNumber(
            f"身份证号第 13、14 位是出生日，写的是 {number[12:14]}，{year} 年 {month} 月没有这一天。请对照证件改。"
        ) from None


def _check_last(number: str) -> None:
    expected, written = check_digit(number[:17]), number[17]
    if written == expected:
        return
    if written not in CHECKS:
        raise BadNumber(
            f"身份证号最后一位是“{written}”，只能是数字或 X。按前 17 位算，应当是 {expected}。请对照证件改。"
        )
    if number.endswith("000"):
        raise BadNumber("身份证号末尾是 000，多半是表格按数字存，后几位丢了。请把这一列设成“文本”，重新填号码。")
    swapped = _swapped_pair(number)
    hint = f"也可能是第 {swapped}、{swapped + 1} 位写颠倒了。" if swapped else ""
    raise BadNumber(
        f"身份证号对不上：按前 17 位算，最后一位应当是 {expected}，写的是 {written}。"
        f"总有一位抄错了，{hint}请逐位对照证件，不要只改最后一位。"
    )


def _swapped_pair(number: str) -> int | None:
    """The one pair of neighbours (position from 1) whose exchange makes the number right; None if none or several."""
    found = []
    for at in range(14, 16):  # an exchange in the division or the date mostly shows there already
        turned = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        if turned != number and check_digit(turned[:17]) == turned[17]:
            found.append(at + 1)
    return found[0] if len(found) == 1 else None


def mask(number: str) -> str:
    """'459902********0026': the first six, then what follows the birth date; a short number shows its last two."""
    if len(number) >= 18:
        return number[:6] + "*" * 8 + number[14:]
    if len(number) == 15:
        return number[:6] + "*" * 6 + number[12:]
    shown = min(2, len(number) // 3)
    return "*" * (len(number) - shown) + number[len(number) - shown :]


def parse_certificate_number(text: str) -> CertificateNumber:
    """Reads ID number + category digit + grade digit, with or without the suffix B1 … B9 of a reissue."""
    number = normalise_number(text)
    found = re.fullmatch(r"(.{18})(.)(.)(?:B(.))?", number)
    if not found:
        raise BadNumber(
            "残疾人证号应当是 20 位（18 位身份证号、1 位类别、1 位等级），补发的后面还有 B1、B2。"
            f"这里有 {len(number)} 位。请对照证件补全。"
        )
    id_number, category, grade, reissue = found.groups()
    if category not in "1234567":
        raise BadNumber(f"残疾人证号第 19 位是类别，只能是 1 到 7，写的是“{category}”。请对照证件改。")
    if grade not in "1234":
        raise BadNumber(f"残疾人证号第 20 位是等级，只能是 1 到 4，写的是“{grade}”。请对照证件改。")
    if reissue and reissue not in "123456789":
        raise BadNumber(f"残疾人证号末尾的补发次数只能是 B1 到 B9，写的是“B{reissue}”。请对照证件改。")
    try:
        person = parse_resident_id(id_number)
    except BadNumber as wrong:
        raise BadNumber(f"残疾人证号的前 18 位不对。{wrong}") from None
    return CertificateNumber(number, person.number, CATEGORIES[int(category) - 1], int(grade), int(reissue or 0))


def certificate_number(id_number: str, category: str, grade: int, reissue: int = 0) -> str:
    """The number written on the certificate. `category` is one of CATEGORIES; ValueError on nonsense."""
    if grade not in (1, 2, 3, 4) or not 0 <= reissue <= 9:
        raise ValueError("grade is 1 to 4, reissue 0 to 9")
    return f"{id_number}{CATEGORIES.index(category) + 1}{grade}" + (f"B{reissue}" if reissue else "")
