"""A letter as a tagged PDF, through typst; its template stands beside this file. Needs a Chinese font."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typst

from tongxing.letters.words import Letter

TEMPLATE = Path(__file__).parent / "letter.typ"


def letter_file(letter: Letter, *, large: bool = False) -> bytes:
    """PDF/UA-1: tagged, with title and language. Large print is 22 pt."""
    said = asdict(letter) | {"on": letter.on.isoformat(), "large": large}
    words = json.dumps(said, ensure_ascii=False)
    made = typst.compile(str(TEMPLATE), sys_inputs={"letter": words}, format="pdf", pdf_standards="ua-1")
    assert isinstance(made, bytes)
    return made
