"""Reads letters.yaml: each kind of letter in Easy Read, one idea a line, with the picture beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter

from tongxing.content.blocks import Value
from tongxing.content.extra import read_fields
from tongxing.content.fields import Fields, Mistakes

FILE = "letters.yaml"
KINDS = ("granted", "refused", "stopped", "kept", "ask")
BLANKS = ("to", "unit", "number", "day", "benefit", "amount", "since", "item")
LONGEST = 15


@dataclass(frozen=True)
class EasyLine:
    """`say` may hold blanks as {benefit}; a line whose blank is empty is left out. `icon` is a name of icons.svg."""

    say: str
    icon: str

    @property
    def blanks(self) -> list[str]:
        return blanks_of(self.say)


def blanks_of(say: str) -> list[str]:
    return [name for _, name, _, _ in Formatter().parse(say) if name is not None]


@lru_cache(maxsize=4)
def easy_letters(folder: Path) -> Mapping[str, Sequence[EasyLine]]:
    """{kind: lines} of the pack in `folder`, read once. Raises PackErrors."""
    return read_easy_letters(folder)


def read_easy_letters(folder: Path) -> Mapping[str, Sequence[EasyLine]]:
    """Every kind has lines; a pack without the file has none. Raises PackErrors."""
    return read_fields(folder, FILE, _letters, {})


def _letters(fields: Fields) -> dict[str, Sequence[EasyLine]]:
    return {kind: tuple(lines_of(fields.items(kind, need=True), BLANKS, fields.mistakes)) for kind in KINDS}


def lines_of(items: Sequence[Value], blanks: Sequence[str], mistakes: Mistakes) -> Iterator[EasyLine]:
    """Lines that may hold these blanks; a line that is too long is a mistake."""
    for item in items:
        fields = Fields(item, mistakes, "一行")
        line = EasyLine(fields.words("say", need=True), fields.words("icon", need=True))
        fields.finish()
        strange = [name for name in line.blanks if name not in blanks]
        if strange:
            mistakes.note(f"没有 {{{strange[0]}}}，只能用 {'、'.join(blanks)}", fields.place)
        if not line.blanks and len(line.say) > LONGEST:
            mistakes.note(f"易读的一行最多 {LONGEST} 个字，这一行有 {len(line.say)} 个", fields.place)
        yield line
