"""The two workbooks we hand out: the user's own file with the reasons, and an empty one to fill in."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import xlsxwriter
from django.conf import settings

from tongxing.content.instance import pack
from tongxing.content.pack import Feed, FeedColumn
from tongxing.exchange import queries
from tongxing.exchange.models import Batch
from tongxing.exchange.reading import REASON
from tongxing.exchange.scope import feed_of
from tongxing.lib.text import no_formula

TYPE_WORDS = {
    "id_number": "18 位身份证号，最后一位可以是 X",
    "certificate_number": "20 位残疾人证号，补发的后面加 B1、B2",
    "name": "证件上的姓名",
    "date": "日期，例如 2026-01-03",
    "division": "村社区全名，或 12 位区划代码",
    "money": "金额，单位元，例如 350.50",
    "int": "整数",
    "bool": "是或否",
    "text": "文字",
}


def error_file(batch: Batch) -> bytes:
    """The file as it was sent, all cells as text, with a last column that says why a row was not used."""
    reasons: dict[int, list[str]] = {}
    for problem in queries.all_problems(batch):
        reasons.setdefault(problem.row, []).append(f"{problem.column}：{problem.message}")
    kept = [place for place, title in enumerate(batch.header) if title != REASON]
    rows = [[*(batch.header[place] for place in kept), REASON]]
    for line, cells in queries.kept_cells(batch):
        own = (cells[place] if place < len(cells) else "" for place in kept)
        rows.append([*own, "；".join(reasons.get(line, []))])
    return _workbook({"名单": rows})


def template_file(feed: str) -> bytes:
    """An empty list of this feed: headers, and a second sheet that says what goes where."""
    declared = feed_of(feed)
    notes = [["列名", "要不要填", "怎么写", "也认得的列名"], *(_note(declared, column) for column in declared.columns)]
    return _workbook({"名单": [[column.name for column in declared.columns]], "填写说明": notes})


def _note(feed: Feed, column: FeedColumn) -> list[str]:
    must = "必填" if column.required else "可以空着"
    if column.field in feed.match_by and not column.required:
        must = "几种号码至少填一种"
    return [column.name, must, _how(column), "、".join(column.aliases)]


def _how(column: FeedColumn) -> str:
    if column.type == "code":
        codes: Mapping[str, str] = pack(settings.PACK).codes.get(column.codes, {})
        return "写其中一个：" + "、".join(codes.values())
    return TYPE_WORDS[column.type]


def _workbook(sheets: Mapping[str, Sequence[Sequence[str]]]) -> bytes:
    """Every cell is text, also those typed in later, and none begins a formula (S24). The first row is the header."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        text = book.add_format({"num_format": "@"})
        bold = book.add_format({"num_format": "@", "bold": True})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            sheet.set_column(0, len(rows[0]) - 1, 20, text)
            sheet.freeze_panes(1, 0)
            for at, row in enumerate(rows):
                for place, cell in enumerate(row):
                    sheet.write_string(at, place, no_formula(cell), text if at else bold)
    return file.getvalue()
