"""Phones and bank accounts: the written form of what people type, and what may be shown of it."""

from __future__ import annotations

import re

from tongxing.lib.mistakes import BadNumber
from tongxing.lib.text import normalise, normalise_number

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})([2-8]\d{6,7})", re.ASCII)
_SERVICE = re.compile(r"[48]00\d{7}", re.ASCII)


def parse_phone(text: str) -> str:
    """'13800138000', '0300-2023456' or '4001234567'; takes +86, 0086, blanks, dashes and brackets."""
    number = re.sub(r"[()/.·]", "", normalise_number(text))
    number = re.sub(r"^(\+|00)86(?=\d{10})", "", number)
    if _MOBILE.fullmatch(number) or _SERVICE.fullmatch(number):
        return number
    if number.startswith("86") and _MOBILE.fullmatch(number[2:]):
        return number[2:]
    if landline := _LANDLINE.fullmatch(number):
        return f"{landline[1]}-{landline[2]}"
    raise BadNumber(_phone_mistake(number))


def _phone_mistake(number: str) -> str:
    if not number:
        return "电话是空的。没有电话就不要填，并选“没有手机”。"
    if not re.fullmatch(r"\+?[0-9]+", number):
        return "电话里有数字以外的字。一格只填一个号码，不写分机和姓名。"
    if number.startswith("1"):
        return f"手机号应当是 11 位，第 2 位是 3 到 9；这里有 {len(number)} 位。请核对。"
    if len(number) in (7, 8):
        return "座机前面请加区号，例如 010-60000000。"
    return "认不出这个电话。手机写 11 位，座机写区号加号码。"


def mask_phone(phone: str) -> str:
    """'138****8000', '0300-***3456'."""
    area, dash, local = phone.rpartition("-")
    if dash:
        return f"{area}-{'*' * (len(local) - 4)}{local[-4:]}"
    return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}" if len(phone) > 7 else "*" * len(phone)


def parse_account(text: str) -> str:
    """A bank card or account of 16 to 19 digits.

    Some bankbooks fail Luhn's check, so it does not refuse: ask `looks_mistyped` and let a person look again.
    """
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", normalise(text).upper()):
        raise BadNumber("表格把账号变成了科学计数，后几位已经丢了。请把这一列设成“文本”，重新填账号。")
    number = normalise_number(text)
    if not number:
        raise BadNumber("账号是空的。请填卡号或存折账号。")
    if not re.fullmatch(r"[0-9]+", number):
        raise BadNumber("账号里有数字以外的字。请只填卡号或存折账号。")
    if not 16 <= len(number) <= 19:
        raise BadNumber(f"银行账号应当是 16 到 19 位，这里有 {len(number)} 位。请对照卡或存折补全。")
    return number


def looks_mistyped(account: str) -> bool:
    """Whether Luhn's check fails: a warning, never a refusal."""
    total = 0
    for place, digit in enumerate(map(int, reversed(account))):
        total += digit if place % 2 == 0 else sum(divmod(digit * 2, 10))
    return total % 10 != 0


def mask_account(account: str) -> str:
    """'************1234'."""
    return "*" * max(len(account) - 4, 0) + account[-4:] if len(account) > 4 else "*" * len(account)


def mask_name(name: str) -> str:
    """'陈某某': for a public notice, where neighbours may know who is meant and search engines may not."""
    return name[:1] + "某" * max(len(name) - 1, 1)
