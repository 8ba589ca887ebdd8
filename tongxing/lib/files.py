"""Lists from departments: .xlsx or CSV in, one table out, or an error that a clerk can act on."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from tongxing.lib.csvtext import read_csv
from tongxing.lib.mistakes import BadFile
from tongxing.lib.text import normalise_name
from tongxing.lib.workbook import OLD_EXCEL, SAVE_AGAIN, Cell, read_workbook
from tongxing.lib.writing import write_atomically

__all__ = ["BadFile", "Cell", "Sheet", "read_table", "write_atomically"]

MAX_BYTES = 10_000_000
MAX_ROWS = 200_000
HEADER_WITHIN = 20  # rows

Rows = list[tuple[int, list[Cell]]]


@dataclass(frozen=True)
class Sheet:
    """A table: one header, rows of the header's width without the blank ones.

    `numbers[i]` is the row of `rows[i]` as a spreadsheet shows it (from 1). Text cells are trimmed but otherwise as
    sent; '' is None. `encoding` is 'xlsx' or that of the CSV. `other_sheets` have content that was not read.
    """

    header: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    numbers: list[int]
    header_number: int
    encoding: str
    name: str = ""
    other_sheets: tuple[str, ...] = ()


def read_table(source: Path | bytes, filename: str = "", *, expected: Collection[str] = ()) -> Sheet:
    """Reads .xlsx or CSV; what it is shows in the bytes.

    The header is the row near the top that has most of the `expected` column names, else the first with two texts.

    Raises BadFile: too large (10 MB, 200,000 rows), a bomb, macros, a password, old .xls, encoding, quotes, no header.
    """
    name = (filename or (source.name if isinstance(source, Path) else "")).lower()
    if isinstance(source, Path):
        _check_size(source.stat().st_size)
        source = source.read_bytes()
    _check_size(len(source))
    _check_start(source, name)
    if source.startswith(b"PK"):
        sheet, others, rows = read_workbook(source, MAX_ROWS)
        return _table(list(enumerate(rows, 1)), expected, Sheet((), [], [], 0, "xlsx", sheet, tuple(others)))
    records, encoding = read_csv(source, MAX_ROWS)
    cells = [(number, [_text(cell) for cell in record]) for number, record in records]
    return _table(cells, expected, Sheet((), [], [], 0, encoding))


def _check_size(size: int) -> None:
    if size == 0:
        raise BadFile("文件是空的。请重新导出，再上传。")
    if size > MAX_BYTES:
        raise BadFile(
            f"文件有 {size / 1e6:.1f} MB，最大 {MAX_BYTES // 10**6} MB。请删掉图片和用不着的列，或分成几个文件。"
        )


def _check_start(data: bytes, name: str) -> None:
    """The first bytes tell what a file is, whatever it is called."""
    if data.startswith(OLD_EXCEL):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise BadFile("文件加了密码。请去掉密码后再上传。")
        raise BadFile(f"这是旧格式的 .xls 文件。{SAVE_AGAIN}")
    start = data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        raise BadFile(f"这是网页或 XML，不是表格，只是后缀名像。{SAVE_AGAIN}")
    if name.endswith((".xlsx", ".xlsm", ".xls")) and not data.startswith(b"PK"):
        raise BadFile(f"后缀名是 Excel 的，内容不是。{SAVE_AGAIN}")
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")):
        raise BadFile("这是图片、PDF 或压缩包，不是表格。请上传 .xlsx 或 .csv 文件。")


def _text(cell: str) -> Cell:
    """A cell of a CSV; '=\"0123\"' is how some systems keep Excel from eating the zeros."""
    cell = cell.strip()
    if found := re.fullmatch(r'="([^"]*)"', cell):
        cell = found[1].strip()
    return cell or None


def _table(rows: Rows, expected: Collection[str], empty: Sheet) -> Sheet:
    """`empty` with header and rows filled in."""
    at = _header_at(rows, {normalise_name(name) for name in expected})
    number, head = rows[at]
    width = max(column for column, cell in enumerate(head, 1) if cell is not None)
    kept: list[tuple[Cell, ...]] = []
    numbers: list[int] = []
    for row_number, row in rows[at + 1 :]:
        if any(cell is not None for cell in row):
            _check_width(row_number, row, width)
            kept.append(tuple(row[:width]) + (None,) * (width - len(row)))
            numbers.append(row_number)
    return replace(empty, header=_names(head[:width]), rows=kept, numbers=numbers, header_number=number)


def _header_at(rows: Rows, expected: set[str]) -> int:
    top = [set(_names(row)) & expected for _, row in rows[:HEADER_WITHIN]]
    best = max(range(len(top)), key=lambda at: len(top[at]), default=0)
    if top and len(top[best]) >= 2:
        return best
    at = next((at for at, (_, row) in enumerate(rows) if _texts(row) >= 2), None)
    if at is None:
        raise BadFile("找不到表头。请在第一行写上各列的名称，例如“姓名”“身份证号”。")
    return at


def _names(row: list[Cell]) -> tuple[str, ...]:
    return tuple("" if cell is None else normalise_name(str(cell)) for cell in row)


def _texts(row: list[Cell]) -> int:
    return sum(isinstance(cell, str) for cell in row)


def _check_width(number: int, row: list[Cell], width: int) -> None:
    """A value to the right of the header would be lost without a word."""
    extra = next((column for column, cell in enumerate(row[width:], width + 1) if cell is not None), None)
    if extra is not None:
        raise BadFile(f"第 {number} 行第 {extra} 列有内容，上面却没有列名。请补上列名，或删掉这一格。")
