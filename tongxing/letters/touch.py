"""Braille through liblouis's common table of 2018, with our overlay before it. A draft of the machine, and says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tongxing.lib import braille as page

PROGRAM, TABLE = "lou_translate", "zhcn-cbs.ctb"
DRAFT = "机器转的草稿，没有人校对过。"
LONGEST = 30  # seconds


class NotInstalled(Exception):
    """This machine has no liblouis."""


@dataclass(frozen=True)
class Braille:
    """`lines` in Unicode braille; `unknown` are the characters that the tables do not know, each once."""

    lines: Sequence[str]
    unknown: Sequence[str]


def is_installed() -> bool:
    return shutil.which(PROGRAM) is not None


def braille(lines: Sequence[str], cells: Mapping[str, str]) -> Braille:
    """Words already stand apart. `cells` as in lib/braille.overlay. Raises NotInstalled."""
    letters = list(dict.fromkeys(letter for line in lines for letter in line if not letter.isspace()))
    found = _translated([*lines, *letters], cells)
    single = zip(letters, found[len(lines) :], strict=True)
    return Braille(found[: len(lines)], [letter for letter, cell in single if page.UNKNOWN in cell])


def _translated(lines: Sequence[str], cells: Mapping[str, str]) -> list[str]:
    program = shutil.which(PROGRAM)
    if program is None:
        raise NotInstalled
    with tempfile.TemporaryDirectory(prefix="braille-") as folder:
        table = Path(folder) / "own.ctb"
        table.write_text(page.overlay(cells, TABLE), encoding="utf-8")
        done = subprocess.run(
            [program, "--forward", f"unicode.dis,{table}"],
            input="".join(f"{line}\n" for line in lines).encode(),
            env=os.environ | {"LC_ALL": "C.UTF-8"},
            check=True,
            capture_output=True,
            timeout=LONGEST,
        )
    return done.stdout.decode().splitlines()


def sheets_of(found: Braille) -> list[list[str]]:
    """Pages of 40 × 25 for the eye, in Unicode braille."""
    return page.pages(line.replace(page.UNKNOWN, page.FULL) for line in found.lines)


def file_of(found: Braille) -> bytes:
    """The BRF file of the same pages."""
    return page.brf(sheets_of(found))
