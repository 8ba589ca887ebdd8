"""An .xlsx file from outside: looked at as an archive first, and only then opened (S23).

The bytes are unpacked once in small pieces that are thrown away. That counts what really comes out, whatever the
archive claims, and finds cells so far out that a reader would fill the memory with the empty ones before them.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from tongxing.lib.mistakes import BadFile

MAX_ENTRIES = 200
MAX_RATIO = 100
MAX_UNPACKED = 200_000_000
MAX_COLUMNS = 500
MAX_CELLS = 2_000_000  # some 300 MB while it is read
PIECE = 1 << 18
SAVE_AGAIN = "请用表格软件打开它，另存为 .xlsx，再上传。"

OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_CELL = re.compile(rb"""<(?:\w+:)?c\s[^<>]*?\br\s*=\s*["']\s*([A-Za-z]{1,9})([0-9]{1,12})""")

Cell = str | int | float | date | datetime | None


def read_workbook(data: bytes, max_rows: int) -> tuple[str, list[str], list[list[Cell]]]:
    """The first visible sheet with anything in it: its name, the names of other sheets with content, its rows.

    Rows begin with row 1 of the sheet, cells with column A. Raises BadFile.
    """
    check_archive(data, max_rows)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        visible = [
            found.name
            for found in book.sheets_metadata
            if found.typ is SheetTypeEnum.WorkSheet and found.visible is SheetVisibleEnum.Visible
        ]
        sheets = [sheet for sheet in map(book.get_sheet_by_name, visible) if sheet.height]
        if not sheets:
            raise BadFile("表格是空的。请检查是不是选错了文件。")
        return sheets[0].name, [sheet.name for sheet in sheets[1:]], _rows(sheets[0])
    except (CalamineError, OSError, ValueError) as wrong:
        if isinstance(wrong, BadFile):
            raise
        raise BadFile(f"这个 .xlsx 文件坏了，打不开。{SAVE_AGAIN}") from None


def _rows(sheet: CalamineSheet) -> list[list[Cell]]:
    return [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]


def _cell(value: object) -> Cell:
    """Text trimmed, '' as None, whole floats as int, a moment at midnight as its day, times of day as text."""
    match value:
        case str():
            return value.strip() or None
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer():
            return int(value)
        case datetime() if value.time() == time.min:
            return value.date()
        case int() | float() | date():
            return value
        case time() | timedelta():
            return str(value)
    return None


def check_archive(data: bytes, max_rows: int) -> None:
    """Raises BadFile unless the bytes are an .xlsx of bearable size, without macros and without a password."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError, UnicodeDecodeError):
        raise BadFile(f"这不是一个完好的 .xlsx 文件，可能没有传完或改过后缀名。{SAVE_AGAIN}") from None
    _check_claims(entries)
    _check_kind({entry.filename for entry in entries})
    unpacked = 0
    for entry in entries:
        unpacked += _check_entry(data, entry, max_rows, MAX_UNPACKED - unpacked)


def _check_claims(entries: list[zipfile.ZipInfo]) -> None:
    """What the list of contents itself says."""
    if len(entries) > MAX_ENTRIES:
        raise BadFile(f"文件里包着 {len(entries)} 个部分，超过 {MAX_ENTRIES} 个，不像一张表格。{SAVE_AGAIN}")
    if any(entry.flag_bits & 1 for entry in entries):
        raise BadFile("文件加了密码。请去掉密码后再上传。")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise BadFile(f"文件用了表格软件不用的压缩方法。{SAVE_AGAIN}")
    for entry in entries:
        if entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise _bomb()
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise _bomb()


def _check_kind(names: set[str]) -> None:
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadFile("文件里有宏。请另存为不带宏的 .xlsx，再上传。")
    if "[Content_Types].xml" not in names or "xl/workbook.xml" not in names:
        raise BadFile(f"后缀名是 .xlsx，里面却不是一张 Excel 表格。{SAVE_AGAIN}")


def _check_entry(data: bytes, entry: zipfile.ZipInfo, max_rows: int, room: int) -> int:
    """The bytes that really come out of one part."""
    size, rest, values = 0, b"", 0
    far = (0, 0)
    for piece in _pieces(data, entry):
        size += len(piece)
        if size > entry.file_size or size > room:
            raise _bomb()
        rest += piece
        cut = rest.rfind(b"<")
        seen, rest = (rest[:cut], rest[cut:]) if cut >= 0 else (rest, b"")
        values += seen.count(b"<v>") + seen.count(b"<is>") + seen.count(b"<v ")
        far = _farthest(far, seen)
        _check_extent(far, values, max_rows)
        if len(rest) > 4 * PIECE:
            raise BadFile(f"文件里有一格大得不正常。{SAVE_AGAIN}")
    _check_extent(_farthest(far, rest), values, max_rows)
    return size


def _farthest(far: tuple[int, int], xml: bytes) -> tuple[int, int]:
    row, column = far
    for letters, digits in _CELL.findall(xml):
        row = max(row, int(digits))
        column = max(column, _column(letters))
    return row, column


def _column(letters: bytes) -> int:
    """b'A' → 1, b'AA' → 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _check_extent(far: tuple[int, int], values: int, max_rows: int) -> None:
    row, column = far
    if row > max_rows + 1:
        raise BadFile(f"表格用到第 {row:,} 行，超过 {max_rows:,} 行。请删掉数据下面多余的行，或分成几个文件上传。")
    if column > MAX_COLUMNS:
        raise BadFile(f"表格用到第 {column:,} 列，超过 {MAX_COLUMNS} 列。请删掉数据右边多余的列，再上传。")
    if max(row * column, values) > MAX_CELLS:
        raise BadFile(f"表格太大：{row:,} 行乘 {column:,} 列。请分成几个文件，或删掉用不着的列，再上传。")


def _pieces(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The real content of one part, in small pieces. Raises BadFile if it is broken."""
    head = data[entry.header_offset : entry.header_offset + 30]
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise BadFile(f"这个 .xlsx 文件坏了，可能没有传完。{SAVE_AGAIN}")
    start = entry.header_offset + 30 + sum(struct.unpack("<HH", head[26:30]))
    packed = memoryview(data)[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + PIECE]) for at in range(0, len(packed), PIECE))
        return
    inflate, rest = zlib.decompressobj(-zlib.MAX_WBITS), bytes(packed)
    try:
        while rest and not inflate.eof:
            yield inflate.decompress(rest, PIECE)
            rest = inflate.unconsumed_tail
        yield inflate.flush()
    except zlib.error:
        raise BadFile(f"这个 .xlsx 文件坏了，可能没有传完。{SAVE_AGAIN}") from None


def _bomb() -> BadFile:
    return BadFile("文件解开后大得不正常，没有打开它。请确认是从业务系统导出的表格，或另存为 .xlsx 再上传。")
