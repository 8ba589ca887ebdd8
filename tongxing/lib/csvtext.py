"""A CSV file of unknown encoding and separator, read or refused; never guessed into nonsense."""

from __future__ import annotations

import csv
import io

from tongxing.lib.mistakes import BadFile

SAVE_AS_UTF8 = "请在表格软件里另存为“CSV UTF-8”或 .xlsx，再上传。"
DELIMITERS = ",;\t"
LOOKED_AT = 30  # records that decide on the separator
COMMON = 0.85  # of the Chinese in a real GB18030 file at least this much is in GB 2312

Records = list[tuple[int, list[str]]]


def read_csv(data: bytes, max_rows: int) -> tuple[Records, str]:
    """Records with their number (from 1, blank ones included in the count) and the encoding. Raises BadFile."""
    text, encoding = decode(data)
    return _records(text, _delimiter(text), max_rows), encoding


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: UTF-8 with or without BOM, UTF-16 with BOM, GB18030."""
    text, encoding = _decoded(data)
    if "\x00" in text:
        raise BadFile(f"这不是一个文本表格，里面有空字节。{SAVE_AS_UTF8}")
    if "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        raise BadFile(f"第 {line} 行有“\ufffd”：这些字在以前保存时已经坏了。请从原来的系统重新导出。")
    return text, encoding


def _decoded(data: bytes) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "UTF-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return _strict(data[3:], "utf-8"), "UTF-8 BOM"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError as wrong:
        _refuse_mixed(data, wrong.start)
        return _plausible(_strict(data, "gb18030")), "GB18030"


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as wrong:
        line = data.count(b"\n", 0, wrong.start) + 1
        raise BadFile(f"第 {line} 行的文字认不出来，文件的编码不是 UTF-8，也不是 GB18030。{SAVE_AS_UTF8}") from None


def _refuse_mixed(data: bytes, first_wrong: int) -> None:
    """Lines with Chinese in UTF-8 before the first wrong byte: two files were put together."""
    start = data.rfind(b"\n", 0, first_wrong) + 1
    before = data[:start].decode("utf-8")
    if sum("\u4e00" <= letter <= "\u9fff" for letter in before) >= 2:
        line = data.count(b"\n", 0, first_wrong) + 1
        raise BadFile(f"第 {line} 行起换了编码：前面是 UTF-8，这一行不是。{SAVE_AS_UTF8}")


def _plausible(text: str) -> str:
    """GB18030 takes almost any bytes; text in Big5 or Latin letters shows by its rare characters."""
    foreign = [letter for letter in text if letter > "\x7f"]
    common = len("".join(foreign).encode("gb2312", "ignore")) // 2
    if common < COMMON * len(foreign):
        raise BadFile(f"认不出文件的编码：按 GB18030 读出来大多是生僻字。{SAVE_AS_UTF8}")
    return text


def _delimiter(text: str) -> str:
    """The separator that gives the most cells in the first records; the comma if none gives two."""
    head = "\n".join(text.splitlines()[: LOOKED_AT * 2])
    return max(DELIMITERS, key=lambda delimiter: _cells(head, delimiter))


def _cells(head: str, delimiter: str) -> int:
    """Records with the commonest width × that width, counting only cells beyond the first."""
    widths = []
    try:
        for record in csv.reader(io.StringIO(head), delimiter=delimiter):
            widths.append(len(record))
    except csv.Error:
        pass  # _records says what is wrong and where
    usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
    return (usual - 1) * widths.count(usual)


def _records(text: str, delimiter: str, max_rows: int) -> Records:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: Records = []
    try:
        for number, record in enumerate(reader, 1):
            if any(cell.strip() for cell in record):
                records.append((number, record))
            if number > max_rows:
                raise BadFile(f"表格超过 {max_rows:,} 行。请分成几个文件上传。")
    except csv.Error as wrong:
        raise BadFile(_quotes(reader.line_num, str(wrong))) from None
    return records


def _quotes(line: int, reason: str) -> str:
    if "limit" in reason:
        return f"第 {line} 行有一格太长，多半是前面少了一个引号。请检查这一行和前面的引号。"
    return f"第 {line} 行的引号不成对。请检查这一行的双引号，或改存为 .xlsx 再上传。"
