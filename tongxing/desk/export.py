"""A list as xlsx: text stays text, nothing computes (S24), and the sheet says who took it."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

COLUMNS = [
    ("姓名", "name", 12),
    ("年龄", "age", 6),
    ("村社区", "village", 26),
    ("残疾", "disability", 12),
    ("政策", "policy", 22),
    ("为什么", "reason", 28),
    ("从哪天起", "since", 12),
    ("每月（元）", "monthly", 11),
    ("怎么找到人", "reach", 12),
]


def list_file(rows: list[dict[str, Any]], title: str, who: str, as_of: date) -> bytes:
    """Bytes of one sheet with a frozen head row."""
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True, "bg_color": "#f3eddf", "border": 1})
    sheet.write_string(0, 0, f"{title}　数据截到 {as_of.isoformat()}　{who} 下载，只用于办事，用完删除")
    for column, (name, _, width) in enumerate(COLUMNS):
        sheet.write_string(1, column, name, bold)
        sheet.set_column(column, column, width)
    for line, row in enumerate(rows, 2):
        for column, (_, key, _) in enumerate(COLUMNS):
            _write(sheet, line, column, row["monthly_fen"] / 100 if key == "monthly" else row[key])
    sheet.freeze_panes(2, 1)
    book.close()
    return stream.getvalue()


def _write(sheet: Any, line: int, column: int, value: Any) -> None:
    if isinstance(value, int | float):
        sheet.write_number(line, column, value)
    elif value is not None:
        sheet.write_string(line, column, value.isoformat() if isinstance(value, date) else str(value))
