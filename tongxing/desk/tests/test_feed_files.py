"""The user's own file comes back with reasons, and can be mended and sent again; the template fits the feed."""

from __future__ import annotations

import pytest

from tongxing.content.layout import lay_out
from tongxing.desk.feed_files import error_file, template_file
from tongxing.exchange.reading import REASON
from tongxing.exchange.scope import feed_of
from tongxing.exchange.tests import cast
from tongxing.lib.files import read_table

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _city(db: None) -> None:
    cast.build_divisions()


def test_the_error_file_is_the_own_file_with_reasons() -> None:
    header = [*cast.dibao_header(), "备注"]
    rows = [[*cast.dibao_row(1, since="昨天"), "老"], [*cast.dibao_row(2), ""]]
    batch = cast.send("dibao", cast.csv_bytes(header, rows))
    sheet = read_table(error_file(batch), "改.xlsx")
    assert sheet.header == (*header, REASON)
    assert sheet.rows[0][:4] == (*rows[0][:3], "老")
    assert "认不出这个日期" in str(sheet.rows[0][4])
    assert sheet.rows[1][4] is None


def test_the_mended_error_file_is_taken_and_gives_no_second_reason_column() -> None:
    batch = cast.send_dibao([cast.dibao_row(1, since="昨天"), cast.dibao_row(2)])
    sheet = read_table(error_file(batch), "改.xlsx")
    rows = [[*cast.dibao_row(1), sheet.rows[0][3]], list(sheet.rows[1])]
    again = cast.send("dibao", cast.xlsx_bytes(sheet.header, rows), filename="改.xlsx")
    assert again.counts["bad"] == 0
    assert read_table(error_file(again), "再改.xlsx").header == (*cast.dibao_header(), REASON)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_cell_of_the_error_file_begins_a_formula(text: str) -> None:
    header = [*cast.dibao_header(), "备注"]
    content = cast.xlsx_bytes(header, [[*cast.dibao_row(1, since="昨天"), text]])
    batch = cast.send("dibao", content, filename="名单.xlsx")
    cell = str(read_table(error_file(batch), "改.xlsx").rows[0][3])
    assert not cell.startswith(("=", "+", "-", "@", "\t"))
    assert text.strip() in cell


@pytest.mark.parametrize("feed", ["dibao", "deaths", "certificates"])
def test_the_template_is_read_as_a_list_of_its_feed(feed: str) -> None:
    sheet = read_table(template_file(feed), "模板.xlsx")
    declared = feed_of(feed)
    assert lay_out(declared, sheet.header).at == {column.field: at for at, column in enumerate(declared.columns)}
    assert sheet.other_sheets == ("填写说明",)
