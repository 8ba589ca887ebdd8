"""Cells copied from a spreadsheet and pasted as text."""

from __future__ import annotations

import csv
import io

from tongxing.lib.mistakes import BadFile

PASTED = "粘贴的表格.csv"


def as_file(pasted: str) -> bytes:
    """What was copied from a spreadsheet, cells parted by tabs, as the CSV that an uploaded file would be."""
    if "\t" not in pasted.partition("\n")[0]:
        raise BadFile("粘贴的第一行要是表头，至少两列。请在表格里选中整块，复制，再粘贴。")
    text = io.StringIO()
    try:
        csv.writer(text).writerows(csv.reader(io.StringIO(pasted.replace("\r\n", "\n")), delimiter="\t"))
    except csv.Error:
        raise BadFile("粘贴的内容读不成表格。请重新复制，或者存成文件再交。") from None
    return text.getvalue().encode()
