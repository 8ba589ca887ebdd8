"""P4, P7, A23: the report of the small city holds together, says what the API says, and can be read by machines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.conf import settings
from docx import Document as open_docx
from docx.oxml.ns import qn

from tests import cast
from tests.reports.reading import fonts_of, text_of
from tongxing.commands.main import main
from tongxing.content.plan import plan
from tongxing.evaluation import actions
from tongxing.evaluation.models import Build
from tongxing.evaluation.queries.evaluations import content_of, document_of
from tongxing.policy.models import Run

CHAPTERS = [
    "一、怎么评、用了哪些数",
    "二、规划落实得怎么样",
    "三、逐项指标",
    "四、任务办得怎么样",
    "五、项目和钱",
    "六、各县区还差什么",
    "七、原因和措施",
    "八、文件和县区规划",
    "九、规划文本自己的问题",
    "附录　逐条看落到了哪里",
]
OFFICER = ("federation_city", "450500000000", 6)


@dataclass(frozen=True)
class Made:
    build: Build
    document: Any
    docx: bytes
    pdf: bytes


@pytest.fixture(scope="module")
def made(city: Run, django_db_setup: None, django_db_blocker: Any) -> Iterator[Made]:
    """One report for all tests here; its rows stay in the worker's database, like the city."""
    with django_db_blocker.unblock():
        by = cast.an_officer(*OFFICER)
        evaluation = actions.begin(kind="final", from_date=date(2021, 1, 1), until_date=city.as_of_date, by=by)
        for slot, words in (("indicators.i10", "康复师不够。"), ("measures", "明年补人。")):
            actions.write(evaluation=evaluation, slot=slot, words=words, seen=0, by=by)
        build = actions.build(evaluation=evaluation, by=by)
        docx, pdf = content_of(build, "report.docx"), content_of(build, "report.pdf")
        assert docx and pdf
        yield Made(build, document_of(build), docx, pdf)


def headlines() -> list[str]:
    return [id_ for id_, each in plan(settings.PACK).indicators.items() if each.is_headline]


def test_the_sections_stand_in_their_order_and_no_level_is_left_out(made: Made) -> None:
    sections = made.document["sections"]
    assert [each["title"] for each in sections if each["level"] == 1] == CHAPTERS
    assert [each["id"] for each in sections if each["id"].startswith("indicators.")] == [
        *(f"indicators.{id_}" for id_ in headlines()),
        "indicators.boxes",
    ]
    assert {each["level"] for each in sections} == {1, 2}


def test_it_is_made_in_a_minute_and_has_twenty_to_forty_pages(made: Made) -> None:
    assert made.build.seconds <= 60
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        assert 20 <= len(pdf.pages) <= 40


def test_every_clause_of_the_plan_stands_in_the_annex(made: Made) -> None:
    rows = [
        row[0]
        for section in made.document["sections"]
        if section["id"].startswith("annex.")
        for block in section["blocks"]
        for row in block["rows"]
    ]
    assert rows == list(plan(settings.PACK).clauses)


def answered(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    capsys.readouterr()
    assert main(["indicators", "--json"]) == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["indicators"]
    return rows


def said_of(row: dict[str, Any]) -> list[str]:
    """How a figure of the API stands in the report."""
    if row["value"] is None:
        return ["没有数"]
    said = f"{row['value']:,}%" if row["unit"] == "%" else f"{row['value']:,} {row['unit']}"
    unit = "" if plan(settings.PACK).indicators[row["id"]].kind == "growth" else " 人"
    parts = [f"{row[key]:,}{unit}" for key in ("numerator", "denominator") if row["denominator"] is not None]
    return [said, *parts]


def test_the_figures_of_docx_and_pdf_are_those_of_the_api(
    made: Made, db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = answered(capsys)
    paper, pdf = open_docx(BytesIO(made.docx)), text_of(made.pdf)
    body = [part.text for part in paper.paragraphs] + [cell.text for t in paper.tables for cell in t._cells]
    chapters = re.split(r"指标\d+(?=\S)", pdf.split("三、逐项指标")[-1])
    assert [row["id"] for row in rows] == headlines()
    for row in rows:
        name = plan(settings.PACK).indicators[row["id"]].name
        chapter = next(part for part in chapters if part.startswith(name))
        for said in said_of(row):
            assert any(said in text for text in body), (row["id"], said)
            assert said.replace(" ", "") in chapter, (row["id"], said)


def test_the_docx_has_headings_repeated_table_heads_and_texts_for_its_charts(made: Made) -> None:
    paper = open_docx(BytesIO(made.docx))
    titles = [part.text for part in paper.paragraphs if part.style and part.style.name == "Heading 1"]
    assert titles == CHAPTERS
    assert paper.core_properties.language == "zh-CN"
    assert paper.core_properties.title == made.document["title"]
    lang = paper.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert lang.get(qn("w:eastAsia")) == "zh-CN"
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in paper.tables)
    charts = [block for each in made.document["sections"] for block in each["blocks"] if block["kind"] == "chart"]
    assert charts
    assert [shape._inline.docPr.get("descr") for shape in paper.inline_shapes] == [each["says"] for each in charts]
    assert "PAGE" in paper.sections[0].footer._element.xml


def test_the_pdf_is_tagged_and_has_language_title_bookmarks_and_readable_fonts(made: Made) -> None:
    with pikepdf.open(BytesIO(made.pdf)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "zh-CN"
        assert str(pdf.docinfo["/Title"]) == made.document["title"]
        assert "pdfuaid" in pdf.Root.Metadata.read_bytes().decode()
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root if item.title != "目录"] == CHAPTERS
        kinds = set(roles(pdf.Root.StructTreeRoot))
        assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/L"} <= kinds
        fonts = fonts_of(pdf)
        assert fonts and all("/ToUnicode" in font for font in fonts)
        assert all("/FontFile2" in d or "/FontFile3" in d for f in fonts for d in [f.DescendantFonts[0].FontDescriptor])


def roles(node: pikepdf.Object) -> Iterator[str]:
    """The kinds of all elements; a figure without its text is a failure."""
    if "/S" in node:
        assert str(node.S) != "/Figure" or "/Alt" in node
        yield str(node.S)
    kids = node.get("/K")
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield from roles(kid)


def test_what_officers_wrote_stands_in_its_place_with_its_author(made: Made) -> None:
    text = text_of(made.pdf)
    for words in ("康复师不够。", "明年补人。"):
        assert words in text
    assert "第1版" in text


def test_made_anew_from_the_stored_snapshot_it_is_the_same_to_the_byte(made: Made, db: None) -> None:
    assert actions.built_again(made.build) == content_of(made.build, "report.json")


def test_nothing_internal_says_how_the_run_is_called(made: Made, city: Run) -> None:
    assert city.folder not in json.dumps(made.document, ensure_ascii=False)


def test_the_command_writes_the_four_files(city: Run, db: None, tmp_path: Path) -> None:
    assert main(["plan", "report", "--kind", "mid_term", "--out", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {"report.json", "report.html", "report.docx", "report.pdf"}
    page = (tmp_path / "report.html").read_text()
    assert all(title in page for title in CHAPTERS)
