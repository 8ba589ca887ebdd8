import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tongxing.lib import files, workbook
from tongxing.lib.files import BadFile, read_table

ROWS: list[list[object]] = [
    ["姓名", "证号", "日期", "金额"],
    ["覃小兰", "0012", date(2026, 1, 3), 80.5],
    ["李四", None, None, 80],
]


def xlsx(rows: Sequence[Sequence[object]], extra: Callable[[xlsxwriter.Workbook], object] = lambda book: None) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("名单")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        extra(book)
    return file.getvalue()


def with_part(data: bytes, name: str, content: bytes | None) -> bytes:
    """The archive with one part replaced, added, or (None) left out."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        if content is not None:
            new.writestr(name, content)
    return file.getvalue()


def sheet_xml(cells: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


GOOD = xlsx(ROWS)
SHEET = "xl/worksheets/sheet1.xml"


def test_cells_keep_their_kind() -> None:
    sheet = read_table(GOOD, "名单.xlsx")
    assert (sheet.header, sheet.encoding, sheet.name) == (("姓名", "证号", "日期", "金额"), "xlsx", "名单")
    assert sheet.rows == [("覃小兰", "0012", date(2026, 1, 3), 80.5), ("李四", None, None, 80)]
    assert sheet.numbers == [2, 3]
    assert isinstance(sheet.rows[1][3], int)


def test_moments_times_and_truths_are_told_apart() -> None:
    def more(book: xlsxwriter.Workbook) -> None:
        form = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        book.get_worksheet_by_name("名单").write_datetime(1, 2, datetime(2026, 1, 3, 8, 30), form)
        clock = book.add_format({"num_format": "hh:mm:ss"})
        book.get_worksheet_by_name("名单").write_datetime(1, 3, time(8, 30), clock)

    row = read_table(xlsx([["a", "b", "c", "d"], [True, False]], more)).rows[0]
    assert row == ("是", "否", datetime(2026, 1, 3, 8, 30), "08:30:00")


def test_a_merged_title_above_the_header_is_passed_over() -> None:
    rows: list[list[str]] = [[], [], ["姓 名", "证号"], ["张三", "1"]]
    data = xlsx(rows, lambda book: book.get_worksheet_by_name("名单").merge_range("A1:B1", "二〇二六年名单"))
    sheet = read_table(data)
    assert (sheet.header, sheet.header_number, sheet.numbers) == (("姓名", "证号"), 3, [4])


def test_sheets_that_were_not_read_are_named_and_hidden_ones_are_not() -> None:
    def more(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("说明").write(0, 0, "怎么填")
        book.add_worksheet("空")
        hidden = book.add_worksheet("代码")
        hidden.write(0, 0, "1")
        hidden.hide()

    assert read_table(xlsx(ROWS, more)).other_sheets == ("说明",)


def bomb(entries: int, size: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(entries):
            archive.writestr(f"xl/part{number}.xml", b" " * size)
    return file.getvalue()


def lying(data: bytes, name: str) -> bytes:
    """The archive whose list of contents says that a part has one byte."""
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(name.encode()))
    return data[: at + 24] + b"\x01\x00\x00\x00" + data[at + 28 :]


def encrypted(data: bytes) -> bytes:
    at = data.find(b"PK\x01\x02")
    return data[: at + 8] + bytes([data[at + 8] | 1]) + data[at + 9 :]


OLD = workbook.OLD_EXCEL + bytes(600)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bomb(1, 30_000_000), "大得不正常"),
        (bomb(201, 10), "201 个部分"),
        (lying(with_part(GOOD, SHEET, sheet_xml(" " * 5000)), SHEET), "大得不正常"),
        (with_part(GOOD, "xl/vbaProject.bin", b"x"), "有宏"),
        (with_part(GOOD, "xl/workbook.xml", None), "不是一张 Excel 表格"),
        (encrypted(GOOD), "加了密码"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "加了密码"),
        (OLD, r"旧格式的 \.xls"),
        (GOOD[:-200], "没有传完"),
        (GOOD[:400] + GOOD[600:], "坏了|没有传完"),
        (b"PK\x03\x04" + bytes(100), "没有传完"),
        (with_part(GOOD, SHEET, b"<worksheet><sheetData><row><c"), "坏了|空的|找不到表头"),
        (
            with_part(GOOD, SHEET, sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>')),
            "16,384 列",
        ),
        (with_part(GOOD, SHEET, sheet_xml('<row r="1048576"><c r="A1048576"><v>1</v></c></row>')), "第 1,048,576 行"),
        (with_part(GOOD, SHEET, sheet_xml("<row r='199999'><c  r = 'NT199999'><v>1</v></c></row>")), "太大"),
        (xlsx([]), "空的"),
        (xlsx([["只有标题"], [1, 2]]), "找不到表头"),
        (xlsx([["a", "b"], [1, 2, 3]]), "第 2 行第 3 列"),
    ],
)
def test_a_bad_workbook_is_refused_with_a_way_out(data: bytes, words: str) -> None:
    with pytest.raises(BadFile, match=words) as wrong:
        read_table(data, "名单.xlsx")
    assert "请" in str(wrong.value)


def test_too_many_rows_are_refused_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_ROWS", 5)
    monkeypatch.setattr(workbook, "CalamineWorkbook", None)
    with pytest.raises(BadFile, match="超过 5 行"):
        read_table(xlsx([["a", "b"]] * 20), "x.xlsx")


def test_entities_that_multiply_are_not_expanded() -> None:
    bomb = "".join(f'<!ENTITY x{n} "{f"&x{n - 1};" * 10}">' for n in range(1, 12))
    xml = sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>&x11;</t></is></c></row>').decode()
    evil = xml.replace("?>", f'?><!DOCTYPE w [<!ENTITY x0 "ha">{bomb}]>', 1).encode()
    with pytest.raises(BadFile):
        read_table(with_part(GOOD, SHEET, evil), "x.xlsx")


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_damaged_bytes_are_a_table_or_a_clear_refusal(damage: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for at, byte in damage:
        data[at] = byte
    try:
        read_table(bytes(data), "x.xlsx")
    except BadFile as wrong:
        assert "请" in str(wrong)


@settings(max_examples=150)
@given(st.data())
def test_damaged_sheets_are_a_table_or_a_clear_refusal(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        part = data.draw(st.sampled_from(archive.namelist()))
        content = bytearray(archive.read(part))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at : at + data.draw(st.integers(0, 9))] = data.draw(
        st.sampled_from([b"", b"<", b'"', b"9", b"&#0;", b"\xff", b"-1"])
    )
    try:
        read_table(with_part(GOOD, part, bytes(content)), "x.xlsx")
    except BadFile as wrong:
        assert "请" in str(wrong)
