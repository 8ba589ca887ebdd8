"""A report as docx: real headings, repeated table headers, charts with text, language, page numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document as new_document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from tongxing.reports.document import Document
from tongxing.reports.pdf import pictures

FONT = "Microsoft YaHei"
SEA = RGBColor(0x0B, 0x4A, 0x5F)
PAGE = 16.4  # cm of text across
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # of every part of the file, so that the same report gives the same bytes
STYLES = {"Normal": 10.5, "Title": 26, "Heading 1": 17, "Heading 2": 13, "Caption": 9.5, "List Bullet": 10.5}


def docx_file(report: Document) -> bytes:
    """The same report gives the same bytes."""
    paper = new_document()
    _dress(paper, report)
    _cover(paper, report)
    charts = [block for section in report["sections"] for block in section["blocks"] if block["kind"] == "chart"]
    drawn = iter(pictures([chart["svg"] for chart in charts]))
    for section in report["sections"]:
        heading = paper.add_heading(section["title"], section["level"])
        heading.paragraph_format.page_break_before = section["level"] == 1
        for block in section["blocks"]:
            if block["kind"] == "chart":
                _chart(paper, block, next(drawn))
            else:
                BLOCKS[block["kind"]](paper, block)
    return _steady(paper)


def _dress(paper: Any, report: Document) -> None:
    """Language, fonts, size of the page, header and footer, properties."""
    for name, size in STYLES.items():
        style = paper.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(key), FONT)
        for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(key), None)
        if name != "Normal" and name != "List Bullet":
            style.font.color.rgb = SEA
    _language(paper)
    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.3)
    page.different_first_page_header_footer = True
    page.header.paragraphs[0].text = report["title"]
    _page_number(page.footer.paragraphs[0], f"{report['issuer']}　{report['subtitle']}　第 ", " 页")
    said, day = paper.core_properties, date.fromisoformat(report["as_of"])
    said.title, said.author, said.language, said.comments = report["title"], report["issuer"], "zh-CN", ""
    said.created = said.modified = datetime(day.year, day.month, day.day)


def _language(paper: Any) -> None:
    defaults = paper.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    lang = defaults.find(qn("w:lang"))
    if lang is None:
        lang = OxmlElement("w:lang")
        defaults.append(lang)
    for key in ("w:val", "w:eastAsia"):
        lang.set(qn(key), "zh-CN")


def _page_number(paragraph: Any, before: str, after: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run(before)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(after)


def _cover(paper: Any, report: Document) -> None:
    """The title alone on its page, then the contents (filled in by the program that opens the file)."""
    paper.add_paragraph(report["issuer"]).paragraph_format.space_before = Cm(5)
    paper.add_paragraph(report["title"], style="Title")
    paper.add_paragraph(report["subtitle"]).paragraph_format.space_after = Cm(4)
    for name, said in report["facts"]:
        paper.add_paragraph(f"{name}：{said}")
    contents = paper.add_paragraph()
    contents.paragraph_format.page_break_before = True
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), 'TOC \\o "1-1" \\h')
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "目录：请在这里按右键，选“更新域”。"
    run.append(text)
    field.append(run)
    contents._p.append(field)


def _words(paper: Any, block: Mapping[str, Any]) -> None:
    run = paper.add_paragraph().add_run(block["words"])
    run.bold = block["is_lead"] or None


def _points(paper: Any, block: Mapping[str, Any]) -> None:
    for item in block["items"]:
        paper.add_paragraph(item, style="List Bullet")


def _table(paper: Any, block: Mapping[str, Any]) -> None:
    caption = paper.add_paragraph(block["caption"], style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = paper.add_table(rows=0, cols=len(block["head"]), style="Light List Accent 1")
    table.autofit = False
    for row in (block["head"], *block["rows"]):
        _row(table, block, row)
    first = table.rows[0]._tr.get_or_add_trPr()
    first.append(_flag("w:tblHeader"))
    description = OxmlElement("w:tblCaption")
    description.set(qn("w:val"), block["caption"])
    table._tbl.tblPr.append(description)
    paper.add_paragraph().paragraph_format.space_after = Pt(4)


def _row(table: Any, block: Mapping[str, Any], row: list[str]) -> None:
    """Written as XML: python-docx looks a cell up by walking its table, which takes minutes for the annex."""
    cells = table.add_row()
    cells._tr.get_or_add_trPr().append(_flag("w:cantSplit"))
    whole = sum(block["widths"]) or len(row)
    for place, (cell, said) in enumerate(zip(cells._tr.tc_lst, row, strict=True)):
        share = block["widths"][place] if block["widths"] else 1
        cell.width = Cm(PAGE * share / whole)
        paragraph = cell.p_lst[0]
        run = paragraph.add_r()
        run.text = said
        size = OxmlElement("w:sz")
        size.set(qn("w:val"), "17" if block["is_dense"] else "19")
        run.get_or_add_rPr().append(size)
        if place in block["numeric"]:
            paragraph.get_or_add_pPr().jc_val = WD_ALIGN_PARAGRAPH.RIGHT


def _flag(name: str) -> Any:
    flag = OxmlElement(name)
    flag.set(qn("w:val"), "true")
    return flag


def _chart(paper: Any, block: Mapping[str, Any], picture: bytes) -> None:
    caption = paper.add_paragraph(block["caption"], style="Caption")
    caption.paragraph_format.keep_with_next = True
    shape = paper.add_picture(BytesIO(picture), width=Cm(PAGE * 0.92))
    said = shape._inline.docPr
    said.set("descr", block["says"])
    said.set("name", block["caption"])
    paper.add_paragraph(block["says"])


def _written(paper: Any, block: Mapping[str, Any]) -> None:
    for piece in block["pieces"]:
        for line in piece["words"].split("\n"):
            paper.add_paragraph(line).paragraph_format.left_indent = Cm(0.6)
        signed = paper.add_paragraph()
        signed.paragraph_format.left_indent = Cm(0.6)
        signed.add_run(f"{piece['unit']}　{piece['by']}　{piece['on']}　第 {piece['version']} 版").italic = True


BLOCKS = {"words": _words, "points": _points, "table": _table, "written": _written}


def _steady(paper: Any) -> bytes:
    """The file without the moment of its making."""
    made, steady = BytesIO(), BytesIO()
    paper.save(made)
    with ZipFile(made) as old, ZipFile(steady, "w", ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(ZipInfo(name, LONG_AGO), old.read(name), ZIP_DEFLATED)
    return steady.getvalue()
