"""Braille on the page: cells to the ASCII of BRF files, lines and pages of an embosser, and an overlay table.

A line of cells is Unicode braille (U+2800 blank … U+283F); words stand apart by blanks. The translation of characters
into cells is liblouis's affair (letters/touch.py), not this module's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

BLANK, FULL = "\u2800", "\u283f"
UNKNOWN = "\u28ff"  # eight dots, which no embosser of six has: what the table does not know
WIDTH, HEIGHT = 40, 25
# North American ASCII braille in the order of the cells from U+2800 on.
ASCII = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
_CELL = re.compile("[\u2800-\u28ff]")
_DOTS = re.compile(r"[1-6]+(-[1-6]+)*")


def ascii_of(cells: str) -> str:
    """⠣⠂⠓⠪⠄ → <1H['. What no six dots can show becomes a full cell; what is no braille stays."""
    return _CELL.sub(lambda cell: ASCII[ord(cell[0]) - 0x2800] if ord(cell[0]) < 0x2840 else "=", cells)


def wrapped(cells: str, width: int = WIDTH) -> list[str]:
    """One paragraph as lines of at most `width` cells, begun two cells in; a word longer than a line is cut."""
    lines, line = [], BLANK * 2
    for word in cells.split(BLANK):
        while word:
            room = width - len(line)
            if len(word) <= room:
                line, word = line + word + BLANK, ""
            elif line.strip(BLANK) == "":
                line, word = line + word[:room], word[room:]
            if word:
                lines.append(line.rstrip(BLANK))
                line = ""
    return [*lines, line.rstrip(BLANK)] if line.strip(BLANK) else lines


def pages(paragraphs: Iterable[str], width: int = WIDTH, height: int = HEIGHT) -> list[list[str]]:
    """Pages of `height` lines; the last line of each holds its number at the right edge."""
    lines = [line for cells in paragraphs for line in wrapped(cells, width)]
    room = height - 1
    parts = [lines[start : start + room] for start in range(0, len(lines), room)] or [[]]
    return [_numbered(part, at, width, room) for at, part in enumerate(parts, start=1)]


def _numbered(part: Sequence[str], number: int, width: int, room: int) -> list[str]:
    figure = "⠼" + "".join("⠚⠁⠃⠉⠙⠑⠋⠛⠓⠊"[int(digit)] for digit in str(number))
    return [*part, *[""] * (room - len(part)), figure.rjust(width, BLANK)]


def brf(sheets: Iterable[Sequence[str]]) -> bytes:
    """The file for an embosser: ASCII, lines ended by CR LF, pages by a form feed."""
    return b"".join(b"\r\n".join(ascii_of(line).rstrip().encode() for line in sheet) + b"\r\n\f" for sheet in sheets)


def overlay(cells: Mapping[str, str], base: str) -> str:
    """A liblouis table whose lines stand before `base`, so that they win: {'区': '13-346-1'}.

    Raises ValueError for dots that are none.
    """
    return "\n".join([*_overlay_lines(cells), "undefined 12345678", f"include {base}", ""])


def _overlay_lines(cells: Mapping[str, str]) -> Iterator[str]:
    for character, dots in cells.items():
        if not is_dots(dots) or len(character) != 1:
            raise ValueError(f"{character}: 点位要写成 13-346-1 这样，不是 {dots}")
        yield f"sign {_escape(character)} {dots}"


def is_dots(text: str) -> bool:
    return bool(_DOTS.fullmatch(text))


def _escape(character: str) -> str:
    """As a table writes it: four digits, or five beyond the BMP."""
    code = ord(character)
    return f"\\x{code:04X}" if code < 0x10000 else f"\\y{code:05X}"
