"""YAML with places: every scalar a Text, every mapping and list knows where it begins. Nothing is guessed.

Scalars stay as they were written (`80.50` is '80.50'), so that money is exact and `no` is not false.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from tongxing.lib.place import NOWHERE, PackError, Place, Text


class Block(dict[Text, "Value"]):
    """A mapping. Keys are Text."""

    place: Place = NOWHERE


class Items(list["Value"]):
    """A list."""

    place: Place = NOWHERE


Value = Text | Block | Items | None


def read_block(path: Path, name: str) -> Block:
    """The mapping in a YAML file; `name` stands in errors. Raises PackError for anything that is no plain mapping."""
    value = _read(path, name)
    if not isinstance(value, Block):
        raise PackError("这个文件最外层要是“名字: 内容”", Place(name, 1, 1))
    return value


def read_items(path: Path, name: str) -> Items:
    """The list in a YAML file. Raises PackError for anything else."""
    value = _read(path, name)
    if not isinstance(value, Items):
        raise PackError("这个文件最外层要是一列，每项以“- ”开头", Place(name, 1, 1))
    return value


def _read(path: Path, name: str) -> Value:
    text = read_text(path, name)
    try:
        node = _quickly(text) or YAML(pure=True).compose(StringIO(text))
    except MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name, 1, 1)
        raise PackError(f"YAML 写得不对：{_in_words(wrong.problem or '')}", place) from None
    except ReaderError as wrong:
        line = text.count("\n", 0, wrong.position)
        column = wrong.position - (text.rfind("\n", 0, wrong.position) + 1)
        raise PackError("这里有一个看不见的控制字符，请删掉", Place(name, line + 1, column + 1)) from None
    except YAMLError as wrong:
        raise PackError(f"YAML 写得不对：{wrong}", Place(name, 1, 1)) from None
    return _File(name, text.splitlines()).value(node) if node is not None else None


ODD = re.compile(r"\t|(?:^|[\s\[{,])[&*]", re.MULTILINE)  # tabs and anchors: for the reader that can tell where


def _quickly(text: str) -> Any:
    """The same tree by libyaml, six times as fast; None for a file that is odd or wrong: the exact reader judges it."""
    if ODD.search(text):
        return None
    try:
        return yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return None


def read_text(path: Path, name: str) -> str:
    """UTF-8, with or without BOM, any line ends. Raises PackError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError):
        raise PackError("没有这个文件", Place(name, 1, 1)) from None
    except UnicodeDecodeError as wrong:
        line = wrong.object.count(b"\n", 0, wrong.start) + 1
        raise PackError("不是 UTF-8 文件，请另存为 UTF-8", Place(name, line, 1)) from None


WORDS = (
    ("\\t", "这里有制表符（Tab），缩进请用空格"),
    ("mapping values are not allowed", "这里多了一个冒号，或者少了引号"),
    ("expected <block end>", "缩进对不齐"),
    ("expected ',' or", "少了逗号或右括号"),
    ("found unexpected end of stream", "引号没有配对"),
    ("could not find expected ':'", "少了冒号"),
    ("expected a single document", "一个文件只写一份，不要写 ---"),
    ("undefined alias", "不能用 * 引用别处"),
)


def _in_words(problem: str) -> str:
    return next((words for part, words in WORDS if part in problem), problem)


Node = Any  # of either library: `id` is mapping, sequence or scalar


@dataclass(frozen=True)
class _File:
    name: str
    lines: list[str]

    def place(self, node: Node) -> Place:
        return Place(self.name, node.start_mark.line + 1, node.start_mark.column + 1)

    def value(self, node: Node) -> Value:
        if getattr(node, "anchor", None):
            raise PackError("不能用 & 和 * 引用别处，请写全", self.place(node))
        if node.id == "mapping":
            return self.block(node)
        if node.id == "sequence":
            items = Items(self.value(item) for item in node.value)
            items.place = self.place(node)
            return items
        return self.scalar(node)

    def scalar(self, node: Node) -> Text | None:
        """Placed at its first character: behind an opening quote, on the first line of a block."""
        place = self.place(node)
        if not node.style and node.value in ("", "null", "~"):
            return None
        if node.style in ("'", '"'):
            return Text(node.value, place.shifted(1))
        if node.style in ("|", ">"):
            line = next((at for at in range(place.line, len(self.lines)) if self.lines[at].strip()), place.line)
            indent = len(self.lines[line]) - len(self.lines[line].lstrip()) if line < len(self.lines) else 0
            return Text(node.value.rstrip("\n"), Place(self.name, line + 1, indent + 1))
        return Text(node.value, place)

    def block(self, node: Node) -> Block:
        block = Block()
        block.place = self.place(node)
        for key_node, value_node in node.value:
            key = self.scalar(key_node) if key_node.id == "scalar" else None
            if key is None:
                raise PackError("名字要是一个词", self.place(key_node))
            if key in block:
                raise PackError(f"“{key}”写了两遍", key.place)
            block[key] = self.value(value_node)
        return block
