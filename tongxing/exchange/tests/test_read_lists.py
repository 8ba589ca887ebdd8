"""Cells and columns of lists as they really come: one form out, or a sentence that says how to mend it."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.conf import settings

from tongxing.content.cells import as_text, read_cell, read_code, read_int
from tongxing.content.instance import pack
from tongxing.content.layout import lay_out
from tongxing.content.places import Places
from tongxing.exchange.tests import cast
from tongxing.lib.mistakes import BadFile, BadValue

PLACES = Places({code: (name, parent) for code, name, _, parent in cast.DIVISIONS}, cast.COUNTY)
CATEGORIES = {"visual": "视力", "hearing": "听力", "multiple": "多重"}


@pytest.mark.parametrize("text", ["2026-1-3", "2026/01/03", "2026.1.3", "20260103", "2026年1月3日", "46025"])
def test_a_date_is_read_in_the_notations_that_offices_use(text: str) -> None:
    assert read_cell("date", text, None, PLACES) == date(2026, 1, 3)


@pytest.mark.parametrize(
    ("cell", "text"),
    [(None, ""), (date(2026, 1, 3), "2026-01-03"), (datetime(2026, 1, 3), "2026-01-03"), (2.0, "2"), ("0123", "0123")],
)
def test_a_cell_is_kept_as_it_was_written(cell: object, text: str) -> None:
    assert as_text(cell) == text


def test_a_number_that_the_spreadsheet_rounded_is_refused_with_the_remedy() -> None:
    with pytest.raises(BadValue, match="设成“文本”"):
        read_cell("id_number", as_text(4.59902199001011e17), None, PLACES)


@pytest.mark.parametrize(("text", "number"), [("2", 2), ("2.0", 2), ("二级", 2), ("4级", 4), ("\uff12", 2)])
def test_a_grade_may_be_written_in_words(text: str, number: int) -> None:
    assert read_int(text) == number


@pytest.mark.parametrize("text", ["视力", "visual", "视力残疾"])
def test_a_code_may_be_its_name_or_a_longer_word(text: str) -> None:
    assert read_code(text, CATEGORIES) == "visual"


def test_an_unknown_word_is_refused_with_the_words_that_may_stand_there() -> None:
    with pytest.raises(BadValue, match="视力、听力、多重"):
        read_code("眼睛", CATEGORIES)


@pytest.mark.parametrize(
    "text", ["水边村", "东风镇水边村", "甲县东风镇水边村", "示例市甲县东风镇水边村", cast.VILLAGE, "水边"]
)
def test_a_village_is_found_by_code_name_or_path(text: str) -> None:
    assert PLACES.find(text) == cast.VILLAGE


@pytest.mark.parametrize(
    ("text", "reason"),
    [("桥头村", "辖区里没有"), (cast.FAR_VILLAGE, "不在这份名单的辖区"), ("999", "没有这个区划代码")],
)
def test_a_village_of_another_area_is_refused(text: str, reason: str) -> None:
    with pytest.raises(BadValue, match=reason):
        PLACES.find(text)


def test_two_villages_of_one_name_need_the_township() -> None:
    twice = dict(PLACES.divisions) | {
        "459921101201": ("水边村", "459921101000"),
        "459921101000": ("西风镇", cast.COUNTY),
    }
    places = Places(twice, cast.COUNTY)
    with pytest.raises(BadValue, match="有 2 个地方"):
        places.find("水边村")
    assert places.find("西风镇水边村") == "459921101201"


def test_columns_are_found_whatever_their_order_and_decoration() -> None:
    feed = pack(settings.PACK).feeds["dibao"]
    name, number = cast.header_of("dibao", "name", "id_number")
    since = cast.header_of("dibao", cast.first_day_field("dibao"))[0]
    layout = lay_out(feed, [f"{number}（必填）", "备注", f" {name} *", since])
    assert (layout.at["id_number"], layout.at["name"]) == (0, 2)


def test_a_missing_column_is_named_with_the_nearest_header() -> None:
    feed = pack(settings.PACK).feeds["dibao"]
    name, number = cast.header_of("dibao", "name", "id_number")
    with pytest.raises(BadFile) as wrong:
        lay_out(feed, [name, number[:-1] + "玛吗"])
    assert f"“{number}”" in str(wrong.value) and number[:-1] + "玛吗" in str(wrong.value)


def test_two_columns_for_one_field_are_refused() -> None:
    feed = pack(settings.PACK).feeds["dibao"]
    name, number = cast.header_of("dibao", "name", "id_number")
    with pytest.raises(BadFile, match="有两列都像"):
        lay_out(feed, [name, number, number])
