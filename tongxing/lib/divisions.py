"""Statistical division codes of 12 digits: province 2, city 2, county 2, township 3, village 3."""

from __future__ import annotations

import re
from typing import Literal

from tongxing.lib.mistakes import BadNumber

Level = Literal["province", "city", "county", "township", "village"]
_LENGTHS: dict[int, Level] = {2: "province", 4: "city", 6: "county", 9: "township", 12: "village"}
_CODE = re.compile(r"[1-9][0-9]{11}")


def subtree_prefix(code: str) -> str:
    """What the code of every division under this one starts with: '459902000000' → '459902'.

    Raises BadNumber on anything but a code: an empty prefix would open the whole country.
    """
    if not _CODE.fullmatch(code):
        raise BadNumber("区划代码应当是 12 位数字，例如 110101001001。请核对。")
    length = next(length for length in _LENGTHS if code[length:] == "0" * (12 - length))
    return code[:length]


def level_of(code: str) -> Level:
    return _LENGTHS[len(subtree_prefix(code))]


def is_under(code: str, subtree_root: str) -> bool:
    """Whether `code` is `subtree_root` or lies in it."""
    return code.startswith(subtree_prefix(subtree_root))
