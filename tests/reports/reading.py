"""Text out of a PDF, by the character maps of its fonts: what a screen reader or a search would find."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf


def text_of(content: bytes) -> str:
    """Without blanks: how glyphs are set apart is no matter of content."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return re.sub(r"\s", "", "".join(word for page in pdf.pages for word in _words(page)))


def fonts_of(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [font for page in pdf.pages for font in page.Resources.get("/Font", {}).values()]


def _words(page: pikepdf.Page) -> Iterator[str]:
    known = {name: _characters(font) for name, font in page.Resources.get("/Font", {}).items()}
    now: dict[bytes, str] = {}
    for said, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            now = known[str(said[0])]
        elif str(operator) in ("Tj", "TJ"):
            parts = said[0] if str(operator) == "TJ" else said
            for part in parts:
                if isinstance(part, pikepdf.String):
                    codes = bytes(part)
                    yield "".join(now.get(codes[at : at + 2], "") for at in range(0, len(codes), 2))


def _characters(font: pikepdf.Object) -> dict[bytes, str]:
    table = font.ToUnicode.read_bytes().decode()
    return {
        bytes.fromhex(code): bytes.fromhex(letter).decode("utf-16-be")
        for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL)
        for code, letter in re.findall(r"<(\w+)>\s*<(\w+)>", block)
    } | {
        (int(first, 16) + step).to_bytes(2, "big"): chr(int(letter, 16) + step)
        for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL)
        for first, last, letter in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", block)
        for step in range(int(last, 16) - int(first, 16) + 1)
    }
