"""When two files are probably one person's: one rule, with its reasons in words. Pure: values in, reasons out.

    same name, same day of birth                          → 姓名和出生日期都一样
    another name that sounds the same, same day and sex   → 名字读音一样，出生日期和性别都一样
    same name or sound, ID numbers one digit apart        → 证件号码只差一位
    same name, same phone                                 → 姓名和电话都一样

A phone alone says nothing: families share one. Of two ID numbers the last digit is computed, so only the first 17
count; 'one digit apart' is one digit that differs or two neighbours that changed places. Something unknown is never a
reason. The same ID number is not for this rule: the registry holds each number once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from tongxing.lib.pinyin import reading

BODY = 17  # digits of an ID number before the check digit


@dataclass(frozen=True)
class Traits:
    """What is compared of one file; None is unknown. `phone` may be any value that is equal for equal numbers."""

    name: str
    birth_date: date | None = None
    sex: str | None = None
    id_number: str | None = None
    phone: object = None


def reasons(one: Traits, other: Traits) -> list[str]:
    """Why the two are probably one person, as keys of WORDS; empty if they are not."""
    return [key for key, holds in RULES.items() if holds(one, other)]


def _sounds_alike(one: Traits, other: Traits) -> bool:
    return one.name != other.name and reading(one.name) == reading(other.name)


def _born_together(one: Traits, other: Traits) -> bool:
    return one.birth_date is not None and one.birth_date == other.birth_date


def _same_name_and_birth(one: Traits, other: Traits) -> bool:
    return one.name == other.name and _born_together(one, other)


def _same_sound_and_birth(one: Traits, other: Traits) -> bool:
    same_sex = one.sex is not None and one.sex == other.sex
    return same_sex and _born_together(one, other) and _sounds_alike(one, other)


def _same_name_and_phone(one: Traits, other: Traits) -> bool:
    return one.name == other.name and one.phone is not None and one.phone == other.phone


def _number_near(one: Traits, other: Traits) -> bool:
    if one.id_number is None or other.id_number is None or not one_digit_apart(one.id_number, other.id_number):
        return False
    return one.name == other.name or _sounds_alike(one, other)


def one_digit_apart(one: str, other: str) -> bool:
    """Whether the first 17 digits differ in one place, or in two neighbours that changed places."""
    one, other = one[:BODY], other[:BODY]
    if len(one) != len(other):
        return False
    places = [place for place, pair in enumerate(zip(one, other, strict=True)) if pair[0] != pair[1]]
    if len(places) == 2 and places[1] == places[0] + 1:
        first, second = places
        return one[first] == other[second] and one[second] == other[first]
    return len(places) == 1


RULES: dict[str, Callable[[Traits, Traits], bool]] = {
    "name_birth": _same_name_and_birth,
    "sound_birth": _same_sound_and_birth,
    "number_near": _number_near,
    "name_phone": _same_name_and_phone,
}
WORDS = {
    "name_birth": "姓名和出生日期都一样",
    "sound_birth": "名字读音一样，出生日期和性别都一样",
    "number_near": "证件号码只差一位",
    "name_phone": "姓名和电话都一样",
}


def spoken(keys: list[str]) -> str:
    """'姓名和出生日期都一样；证件号码只差一位'."""
    return "；".join(WORDS[key] for key in keys if key in WORDS)
