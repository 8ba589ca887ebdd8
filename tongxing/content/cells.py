"""One cell of a list, read by the type of its column. Each reader gives a value or raises BadValue with the remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from tongxing.content.places import Places
from tongxing.lib.dates import parse_date
from tongxing.lib.identity import parse_certificate_number, parse_resident_id
from tongxing.lib.mistakes import BadValue
from tongxing.lib.money import parse_yuan
from tongxing.lib.text import normalise, normalise_name

Codes = Mapping[str, str]
CHINESE = {letter: number for number, letter in enumerate("零一二三四五六七八九十")}


def as_text(cell: object) -> str:
    """A cell as it is kept: what the user wrote, dates in ISO form, whole numbers without a decimal point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == datetime.min.time() else cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < 10**15 else repr(cell).upper()
    return str(cell)


def read_cell(type_: str, text: str, codes: Codes | None, places: Places) -> Any:
    """ResidentId, CertificateNumber, str, date, int (whole numbers, fen) or a code. Raises BadValue."""
    if type_ == "code":
        return read_code(text, codes or {})
    if type_ == "division":
        return places.find(text)
    return READERS[type_](text)


def read_name(text: str) -> str:
    name = normalise_name(text)
    if any(letter.isdigit() for letter in name):
        raise BadValue("姓名里有数字，是不是填错列了？请对照证件改。")
    if len(name) > 60:
        raise BadValue("姓名太长，一格只写一个人。")
    return name


def read_int(text: str) -> int:
    """'2', '2.0', '二级', '2级', '3人'."""
    found = re.fullmatch(r"(-?\d+)(?:\.0+)?\s*[级人口岁个次]?", normalise(text))
    if found:
        return int(found[1])
    word = normalise(text).rstrip("级人口岁个次")
    if word in CHINESE:
        return CHINESE[word]
    raise BadValue(f"“{text[:10]}”不是整数。请只写数字，例如 2。")


def read_code(text: str, codes: Codes) -> str:
    """A code, its name, or a longer word that starts with exactly one of the names (视力残疾)."""
    word = normalise(text)
    if word in codes:
        return word
    found = [code for code, name in codes.items() if word == name]
    found = found or [code for code, name in codes.items() if name and word.startswith(name)]
    if len(found) == 1:
        return found[0]
    raise BadValue(f"“{text[:10]}”不在可选的词里。请写：{'、'.join(codes.values())}。")


def read_bool(text: str) -> str:
    """'true' or 'false', as statuses keep it."""
    word = normalise(text)
    if word in ("是", "有", "1", "true", "√"):
        return "true"
    if word in ("否", "无", "没有", "不是", "0", "false", "×"):
        return "false"
    raise BadValue(f"“{text[:10]}”不是“是”也不是“否”。请只写是或否。")


READERS: Mapping[str, Callable[[str], Any]] = {
    "id_number": parse_resident_id,
    "certificate_number": parse_certificate_number,
    "name": read_name,
    "date": parse_date,
    "money": parse_yuan,
    "int": read_int,
    "bool": read_bool,
    "text": normalise,
}
