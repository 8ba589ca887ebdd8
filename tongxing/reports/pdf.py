"""A report as a tagged PDF, and its charts as pictures, through typst. Needs a Chinese font."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import typst

from tongxing.reports.document import Document

TEMPLATE = Path(__file__).parent / "report.typ"
PICTURES = Path(__file__).parent / "pictures.typ"
SHARP = 220  # dots an inch of the pictures in the docx


def pdf_file(report: Document) -> bytes:
    """PDF/UA-1: tagged, with title, language, outline, text for every chart. The same report gives the same bytes."""
    made = typst.compile(str(TEMPLATE), sys_inputs=_given(report), format="pdf", pdf_standards="ua-1")
    assert isinstance(made, bytes)
    return made


def pictures(drawings: Sequence[str]) -> list[bytes]:
    """Each SVG as PNG, in order, in one go: the fonts are read once."""
    if not drawings:
        return []
    given = {"drawings": json.dumps(list(drawings), ensure_ascii=False)}
    made = typst.compile(str(PICTURES), sys_inputs=given, format="png", ppi=SHARP)
    return list(made) if isinstance(made, list) else [made]


def _given(report: Document) -> dict[str, str]:
    return {"report": json.dumps(report, ensure_ascii=False)}
