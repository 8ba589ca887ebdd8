"""How commands answer: JSON for programs, a table for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import Any


def print_json(answer: Any) -> None:
    print(json.dumps(answer, ensure_ascii=False, indent=1))


def print_table(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Columns padded by their width on a terminal, where a Chinese character takes two places."""
    cells = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(_width(row[i]) for row in cells) for i in range(len(head))]
    for row in cells:
        print("  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)).rstrip())


def _width(text: str) -> int:
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)


def sorry(message: str) -> int:
    """An error for a person, on stderr; exit code 1."""
    print(message, file=sys.stderr)
    return 1


def day(text: str) -> date:
    """For argparse: an ISO date, with an error that shows the form."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"日期要写成 2026-01-31 这样，不是 {text}") from None
