"""Typed reading of a mapping. Each getter notes what is wrong and where, and goes on: all mistakes show at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import TypeVar

from tongxing.content.blocks import Block, Items, Value
from tongxing.lib.place import NOWHERE, PackError, Place, Text, nearest, place_of

T = TypeVar("T")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
NAME = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


class Mistakes(list[PackError]):
    """All mistakes of one reading."""

    def note(self, message: str, place: Place = NOWHERE) -> None:
        self.append(PackError(message, place))


class Fields:
    """The fields of one mapping. Call `finish` with nothing left to read: unknown keys are mistakes."""

    def __init__(self, value: Value, mistakes: Mistakes, what: str, near: Place = NOWHERE) -> None:
        """`near` is where to point if there is nothing at all."""
        self.mistakes, self.what = mistakes, what
        self.real = isinstance(value, Block)
        if not isinstance(value, Block):
            place = near if value is None else place_of(value)
            mistakes.note(f"{what}要写成“名字: 内容”", place)
            value = _stand_in(place)
        self.block, self.read = value, set[str]()

    @property
    def place(self) -> Place:
        return self.block.place

    def raw(self, key: str) -> Value:
        self.read.add(key)
        return self.block.get(Text(key))

    def _missing(self, key: str, need: bool) -> None:
        if need and self.real:
            self.mistakes.note(f"{self.what}缺少 {key}", self.place)

    def typed(self, key: str, parse: Callable[[Text], T], need: bool) -> T | None:
        """One value, read by `parse`, whose ValueError becomes a mistake at the value."""
        value = self.raw(key)
        if value is None:
            self._missing(key, need)
            return None
        if not isinstance(value, Text):
            self.mistakes.note(f"{key} 要是一个值，不是一组", place_of(value))
            return None
        try:
            return parse(value)
        except ValueError as wrong:
            self.mistakes.note(str(wrong), value.place)
            return None

    def text(self, key: str, need: bool = False) -> Text | None:
        return self.typed(key, lambda value: value, need)

    def words(self, key: str, default: str = "", need: bool = False) -> str:
        return str(self.text(key, need) or default)

    def day(self, key: str, need: bool = False) -> date | None:
        return self.typed(key, as_day, need)

    def whole(self, key: str, need: bool = False) -> int | None:
        return self.typed(key, as_whole, need)

    def flag(self, key: str, default: bool = False) -> bool:
        value = self.typed(key, as_flag, False)
        return default if value is None else value

    def choice(self, key: str, options: Iterable[str], default: str | None = None) -> str:
        options = list(options)
        value = self.text(key, need=default is None)
        if value is not None and value not in options:
            self.mistakes.note(f"{key} 只能是 {'、'.join(options)}，不是 {value}{nearest(value, options)}", value.place)
        return str(value) if value in options else default or options[0]

    def items(self, key: str, need: bool = False) -> Sequence[Value]:
        value = self.raw(key)
        if value is None:
            self._missing(key, need)
            return []
        if not isinstance(value, Items):
            self.mistakes.note(f"{key} 要是一列，每行以“- ”开头，或写在 [ ] 里", place_of(value))
            return []
        if need and not value:
            self.mistakes.note(f"{key} 里一项也没有", value.place)
        return value

    def names(self, key: str, need: bool = False) -> tuple[Text, ...]:
        """A list of single values."""
        found = self.items(key, need)
        for value in found:
            if not isinstance(value, Text):
                self.mistakes.note(f"{key} 里每一项都要是一个词", place_of(value))
        return tuple(value for value in found if isinstance(value, Text))

    def typed_by_code(self, key: str, parse: Callable[[Text], T]) -> dict[str, T]:
        """A value for each code, at least one."""
        codes = self.inner(key)
        if not codes and self.real and self.block.get(Text(key)) is None:
            self.mistakes.note(f"{self.what}缺少 {key}", self.place)
        inside = Fields(Block(codes), self.mistakes, self.what)
        found = {str(code): inside.typed(code, parse, need=False) for code in codes}
        return {code: value for code, value in found.items() if value is not None}

    def inner(self, key: str) -> dict[Text, Value]:
        """A mapping inside; {} if it is not there."""
        value = self.raw(key)
        if value is None:
            return {}
        if not isinstance(value, Block):
            self.mistakes.note(f"{key} 要写成“名字: 内容”", place_of(value))
            return {}
        return dict(value)

    def finish(self) -> None:
        """Notes every key that nobody asked for."""
        for key in self.block:
            if key not in self.read:
                self.mistakes.note(f"{self.what}里没有 {key} 这一项{nearest(key, self.read)}", key.place)


def _stand_in(place: Place) -> Block:
    """For what is no mapping, so that reading goes on; its missing fields are not told on top."""
    block = Block()
    block.place = place
    return block


def check_name(name: Text, mistakes: Mistakes) -> None:
    """Names that expressions use are plain."""
    if not NAME.fullmatch(name):
        mistakes.note("名字只用小写英文字母、数字和下划线，以字母开头", name.place)


def check_ascending(days: Iterable[date], what: str, place: Place, mistakes: Mistakes) -> None:
    for earlier, later in pairwise(day for day in days if day != date.min):  # date.min: its own mistake is told already
        if later <= earlier:
            mistakes.note(f"{what}的日期要从早到晚，{later} 在 {earlier} 后面", place)


def as_day(text: str) -> date:
    if not DATE.fullmatch(text):
        raise ValueError(f"日期要写成 2025-01-31 这样，不是 {text}")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"没有 {text} 这一天") from None


def as_whole(text: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,18}", text, re.ASCII):
        raise ValueError(f"要写整数，不是 {text}")
    return int(text)


def as_flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(f"要写 true 或 false，不是 {text}")
    return text == "true"


def as_fen(text: str) -> int:
    """Yuan with at most two decimals, exactly."""
    found = re.fullmatch(r"(-?)(\d{1,14})(?:\.(\d+))?", text, re.ASCII)
    if not found:
        raise ValueError(f"钱数要写成 80 或 80.50，不是 {text}")
    sign, yuan, decimals = found.groups("")
    if len(decimals) > 2:
        raise ValueError(f"钱数最多两位小数，不是 {text}")
    fen = int(yuan) * 100 + int(decimals.ljust(2, "0") or 0)
    return -fen if sign else fen


VALUE: dict[str, Callable[[str], bool | int | str | date]] = {
    "bool": as_flag,
    "int": as_whole,
    "money": as_whole,
    "date": as_day,
    "code": str,
}
