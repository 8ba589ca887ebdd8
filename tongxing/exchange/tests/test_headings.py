"""Cells pasted from a spreadsheet, and columns that a department calls by another name."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from tongxing.content.layout import MissingColumns
from tongxing.exchange import queries
from tongxing.exchange.actions import commit, forget, remember
from tongxing.exchange.lines import Refused
from tongxing.exchange.models import Batch, Heading
from tongxing.exchange.tests import cast
from tongxing.lib.mistakes import BadFile
from tongxing.lib.pasted import PASTED, as_file

pytestmark = pytest.mark.django_db
FOREIGN = "人员身份代码"


@pytest.fixture(autouse=True)
def _city(city: None) -> None:
    pass


def pasted(header: list[str], *rows: list[Any]) -> str:
    return "\r\n".join("\t".join(map(str, row)) for row in [header, *rows])


def foreign_header() -> list[str]:
    name, _, since = cast.dibao_header()
    return [name, FOREIGN, since]


def test_pasted_cells_are_the_file_with_the_same_errors_by_row_and_column() -> None:
    cast.new_person(1)
    good, bad = cast.dibao_row(1), cast.dibao_row(2, id_number="45992119800101")
    rows = pasted(cast.dibao_header(), good, bad)
    batch = cast.send("dibao", as_file(rows), filename=PASTED)
    by_file = cast.send("dibao", cast.csv_bytes(cast.dibao_header(), [good, bad]))
    assert queries.all_problems(batch) == queries.all_problems(by_file) != []
    assert (batch.counts["start"], batch.counts["bad"], batch.filename) == (1, 1, PASTED)


@pytest.mark.parametrize("text", ["就一句话", "姓名,证件号码\n甲,1"])
def test_what_is_no_table_is_refused_with_how_to_copy_it(text: str) -> None:
    with pytest.raises(BadFile, match="选中整块"):
        as_file(text)


def test_a_column_explained_once_is_known_the_next_time_and_keeps_its_own_name_beside_ours() -> None:
    cast.new_person(1)
    officer, number = cast.officer("dibao"), cast.dibao_header()[1]
    sheet = cast.csv_bytes(foreign_header(), [cast.dibao_row(1)])
    with pytest.raises(MissingColumns) as refused:
        cast.send("dibao", sheet)
    assert refused.value.titles == [FOREIGN]
    assert "id_number" in [column.field for column in refused.value.unfound]
    remember(by=officer, feed="dibao", said={"id_number": FOREIGN})
    batch = cast.send("dibao", sheet)
    assert batch.header[1] == f"{number}({FOREIGN})"
    commit(by=officer, batch=batch, skip_bad=False)
    assert batch.state == Batch.State.COMMITTED


def test_the_newest_word_counts_once_and_can_be_forgotten_by_the_same_department_alone() -> None:
    officer, other = cast.officer("dibao"), cast.officer("certificates")
    remember(by=officer, feed="dibao", said={"name": FOREIGN})
    remember(by=officer, feed="dibao", said={"id_number": f" {FOREIGN} "})
    heading = Heading.objects.get()
    assert heading.field == "id_number"
    for attempt in (
        lambda: remember(by=other, feed="dibao", said={"name": "名"}),
        lambda: forget(by=other, heading=heading),
    ):
        with pytest.raises(PermissionDenied):
            attempt()
    forget(by=officer, heading=heading)
    assert queries.headings_of("dibao", officer.department) == []


def test_one_title_for_two_columns_and_an_unknown_column_are_refused() -> None:
    for said in ({"name": "甲", "id_number": "甲"}, {"no_such_field": "甲"}):
        with pytest.raises(Refused):
            remember(by=cast.officer("dibao"), feed="dibao", said=said)
