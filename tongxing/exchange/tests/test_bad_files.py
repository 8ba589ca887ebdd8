"""A file that is no such list is refused as a whole, in words, and leaves nothing behind (R1, S23)."""

from __future__ import annotations

import io
import zipfile

import pytest

from tongxing.exchange.actions import upload
from tongxing.exchange.lines import Refused
from tongxing.exchange.models import Batch
from tongxing.exchange.tests import cast
from tongxing.journal.models import Entry
from tongxing.lib.mistakes import BadFile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _city(city: None) -> None:
    pass


def bomb() -> bytes:
    """A small archive that unpacks to a thousand times its size, dressed as a workbook."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)
    return file.getvalue()


BAD = {
    "empty": (b"", "空的"),
    "only a header": (None, "只有表头"),
    "no header": ("一些话\n又一些话\n".encode(), "表头"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "不是表格"),
    "not an archive": (b"PK\x03\x04" + bytes(300), ""),
    "another alphabet": ("姓名,身份证号\n".encode() + b"\xff\xff,1\n", "编码"),
    "bomb": (bomb(), ""),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_refused_with_what_to_do(kind: str) -> None:
    content, reason = BAD[kind]
    content = cast.csv_bytes(cast.dibao_header(), []) if content is None else content
    with pytest.raises(BadFile) as wrong:
        cast.send("dibao", content, filename="名单.xlsx" if content[:2] == b"PK" else "名单.csv")
    assert reason in str(wrong.value)
    assert "请" in str(wrong.value) or "要" in str(wrong.value)
    assert not Batch.objects.exists() and not Entry.objects.exists()


def test_a_missing_column_is_named() -> None:
    name, number = cast.header_of("dibao", "name", "id_number")
    with pytest.raises(BadFile, match=number):
        cast.send("dibao", cast.csv_bytes([name, "电话"], [["黄甲", "1"]]))
    assert not Batch.objects.exists()


def test_an_unknown_kind_of_list_is_refused_with_those_that_exist() -> None:
    with pytest.raises(Refused, match="dibao"):
        upload(
            by=cast.officer("dibao"),
            feed="birthdays",
            filename="名单.csv",
            content=b"",
            as_of_date=cast.today(),
            division_code=cast.COUNTY,
        )


def test_an_unknown_area_is_refused() -> None:
    with pytest.raises(Refused, match="辖区代码"):
        cast.send("dibao", cast.csv_bytes(cast.dibao_header(), []), division_code="459921199000")
