"""A list as xlsx: text stays text, nothing computes (S24), and every sheet, printed page too, says who took it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from tongxing.lists.rows import OPENED

COLUMNS = [
    ("姓名", "name", 12),
    ("年龄", "age", 6),
    ("村社区", "village", 26),
    ("残疾", "disability", 12),
    ("政策", "policy", 22),
    ("为什么", "reason", 28),
    ("从哪天起", "since", 12),
    ("每月（元）", "monthly_fen", 11),
    ("怎么找到人", "reach", 12),
]
HEAD = 3  # rows above the first person: the mark, the purpose, the names of the columns


def list_file(rows: Sequence[dict[str, Any]], *, title: str, mark: str, purpose: str, opened: Sequence[str]) -> bytes:
    """Bytes of one sheet. The mark stays in view while one scrolls and stands on every printed page."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("名单")
    bold = book.add_format({"bold": True, "bg_color": "#f3eddf", "border": 1})
    sheet.write_string(0, 0, mark, book.add_format({"bold": True, "font_color": "#9c2a14"}))
    sheet.write_string(1, 0, f"{title}　用途：{purpose}")
    columns = COLUMNS + [(OPENED[field], field, 24) for field in opened]
    for at, (name, _, width) in enumerate(columns):
        sheet.write_string(HEAD - 1, at, name, bold)
        sheet.set_column(at, at, width)
    for line, row in enumerate(rows, HEAD):
        for at, (_, key, _) in enumerate(columns):
            _write(sheet, line, at, row[key] / 100 if key == "monthly_fen" else row[key])
    _page(sheet, mark)
    book.close()
    return stream.getvalue()


def _page(sheet: Any, mark: str) -> None:
    sheet.freeze_panes(HEAD, 1)
    sheet.repeat_rows(0, HEAD - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    plain = mark.replace("&", "&&")[:200]
    sheet.set_footer(f"&L{plain}&R&P / &N")


def _write(sheet: Any, line: int, column: int, value: Any) -> None:
    if isinstance(value, int | float):
        sheet.write_number(line, column, value)
    elif isinstance(value, date):
        sheet.write_string(line, column, value.isoformat() if value.year > 1900 else "说不准")
    elif value is not None:
        sheet.write_string(line, column, str(value))
