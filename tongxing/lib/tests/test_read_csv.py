import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tongxing.lib import files
from tongxing.lib.files import BadFile, read_table

TEXT = "姓名,身份证号,备注\n覃小兰,45990219900101002X,低保家庭\n𠮷田,459902199001010010,\n"
LETTERS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=8)


@pytest.mark.parametrize(
    ("codec", "name"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 BOM"), ("gb18030", "GB18030"), ("utf-16", "UTF-16")],
)
def test_a_list_is_read_in_every_usual_encoding(codec: str, name: str) -> None:
    sheet = read_table(TEXT.encode(codec), "名单.csv")
    assert sheet.encoding == name
    assert sheet.header == ("姓名", "身份证号", "备注")
    assert sheet.rows == [("覃小兰", "45990219900101002X", "低保家庭"), ("𠮷田", "459902199001010010", None)]
    assert sheet.numbers == [2, 3]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_separator_is_found(delimiter: str) -> None:
    text = 'a,b;c\t姓 名\n"1,2;3\t4"\n'.replace(",", delimiter, 1) if delimiter == "," else TEXT.replace(",", delimiter)
    sheet = read_table(text.encode(), "x.csv")
    assert len(sheet.header) == (2 if delimiter == "," else 3)


def test_title_rows_and_blank_rows_are_passed_over_and_row_numbers_kept() -> None:
    sheet = read_table("名单,,\n,,\n姓　名,证号\n\n张三,1\n,,\n李四,2\n".encode(), "x.csv")
    assert (sheet.header, sheet.header_number) == (("姓名", "证号"), 3)
    assert sheet.rows == [("张三", "1"), ("李四", "2")]
    assert sheet.numbers == [5, 7]


def test_expected_names_find_the_header_below_a_line_of_two_texts() -> None:
    text = "填报单位：某局,日期：2026年1月\n姓名,证号\n张三,1\n".encode()
    assert read_table(text, "x.csv").header[1] == "日期:2026年1月"
    assert read_table(text, "x.csv", expected=("证 号", "姓名")).header == ("姓名", "证号")


def test_quoted_cells_keep_separators_and_lines() -> None:
    sheet = read_table('姓名,住址\r\n"张三","一号，\r\n""二"" 楼, 左"\r\n李四,="0012"\r\n'.encode(), "x.csv")
    assert sheet.rows == [("张三", '一号，\r\n"二" 楼, 左'), ("李四", "0012")]
    assert sheet.numbers == [2, 3]


MIXED = "姓名,证号\n张三丰,1\n".encode() + "李四,2\n".encode("gb18030")
BIG5 = "姓名,縣市,備註\n陳美麗,臺北縣,領取補助\n黃國華,高雄縣,無\n".encode("big5")


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "x.csv", "空的"),
        (b"\xff\xff\xff,\xff", "x.csv", "第 1 行.*编码"),
        (MIXED, "x.csv", "第 3 行起换了编码"),
        (BIG5, "x.csv", "认不出文件的编码"),
        (TEXT.encode("utf-16-le"), "x.csv", "编码|空字节"),
        ("姓名,证号\n张\ufffd,1\n".encode(), "x.csv", "第 2 行有.*重新导出"),
        ('姓名,证号\n"张三,1\n李四,2\n'.encode(), "x.csv", "引号"),
        (f'姓名,证号\n"{"长" * 140_000}",1\n'.encode(), "x.csv", "太长"),
        ("只有一列\n1\n".encode(), "x.csv", "找不到表头"),
        ("姓名,证号\n张三,1,多\n".encode(), "x.csv", "第 2 行第 3 列"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "x.xls", "网页"),
        (b"%PDF-1.7", "x.csv", "PDF"),
        (TEXT.encode(), "x.xlsx", "后缀名是 Excel"),
    ],
)
def test_a_bad_file_is_refused_with_a_way_out(data: bytes, name: str, words: str) -> None:
    with pytest.raises(BadFile, match=words) as wrong:
        read_table(data, name)
    assert "请" in str(wrong.value)


def test_limits_of_size_and_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_ROWS", 3)
    with pytest.raises(BadFile, match="超过 3 行"):
        read_table("姓名,证号\n张三,1\n张三,1\n张三,1\n".encode(), "x.csv")
    with pytest.raises(BadFile, match=r"11\.0 MB，最大 10 MB"):
        read_table(b"a" * 11_000_000, "x.csv")


@given(st.lists(st.tuples(LETTERS, LETTERS, LETTERS), max_size=6), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_a_spreadsheet_writes_is_read_back(rows: list[tuple[str, str, str]], codec: str) -> None:
    text = io.StringIO()
    csv.writer(text).writerows([("姓名", "证号", "备注"), *rows])
    if "\ufffd" in text.getvalue():
        return
    read = read_table(text.getvalue().encode(codec), "x.csv").rows
    kept = [row for row in rows if any(row)]
    unwrapped = [tuple(cell[2:-1] if cell.startswith('="') else cell for cell in row) for row in kept]
    assert read == [tuple(cell or None for cell in row) for row in unwrapped] or kept != unwrapped


@given(st.binary(max_size=200), st.sampled_from(["x.csv", "x.xlsx", ""]))
def test_any_bytes_are_a_table_or_a_clear_refusal(data: bytes, name: str) -> None:
    try:
        read_table(data, name)
    except BadFile as wrong:
        assert "请" in str(wrong)
