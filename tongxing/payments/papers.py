"""The bank's file and its answer: columns, the number of a line, control sums."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import datetime

import xlsxwriter

from tongxing.lib.files import Sheet
from tongxing.lib.money import parse_yuan
from tongxing.lib.text import no_formula
from tongxing.payments.models import Line, Run
from tongxing.registry.keys import ring

HEAD = ("流水号", "户名", "账号", "金额")
REPLY = ("流水号", "金额", "结果", "原因")
OK, BAD = ("成功", "已入账"), ("失败", "退回", "退汇")


def reference(run: Run, line: Line) -> str:
    """202611-00042: what the bank quotes."""
    return f"{run.month:%Y%m}-{line.number:05d}"


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _rows(run: Run, lines: list[Line]) -> list[tuple[str, str, str, str]]:
    keys = ring()
    rows = []
    for line in lines:
        assert line.account_sealed is not None
        account = keys.open(bytes(line.account_sealed), place=f"line.{line.run_id}.{line.payment_id}")
        rows.append((reference(run, line), line.account_name, account, _yuan(line.amount_fen)))
    return rows


def _control(lines: list[Line]) -> tuple[str, str, str, str]:
    return ("合计", f"{len(lines)} 笔", "", _yuan(sum(line.amount_fen for line in lines)))


def as_csv(run: Run, lines: list[Line]) -> bytes:
    """UTF-8 with a mark, so that every spreadsheet reads it; the last row is the control sum."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEAD)
    for row in _rows(run, lines):
        writer.writerow([no_formula(cell) for cell in row])
    writer.writerow(_control(lines))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(run: Run, lines: list[Line]) -> bytes:
    """The same as text cells, so that no account loses digits; the same run gives the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": datetime(run.month.year, run.month.month, 1)})
    sheet = book.add_worksheet("发放")
    for number, row in enumerate([HEAD, *_rows(run, lines), _control(lines)]):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    sheet.set_column(0, 3, 22)
    book.close()
    return out.getvalue()


Answer = tuple[Line, bool, str]


def read_reply(sheet: Sheet, ours: Mapping[str, Line]) -> tuple[list[Answer], list[str]]:
    """(answers that are news, mistakes with row and column). Lines that were answered before may stand there again."""
    missing = [name for name in REPLY[:3] if name not in sheet.header]
    if missing:
        return [], [f"表头里没有“{'、'.join(missing)}”。要有：{'、'.join(REPLY)}"]
    at = {name: sheet.header.index(name) for name in REPLY if name in sheet.header}
    found, mistakes, seen = list[Answer](), list[str](), set[str]()
    for number, row in zip(sheet.numbers, sheet.rows, strict=True):
        cell = {name: str(row[column] if row[column] is not None else "") for name, column in at.items()}
        if cell["流水号"] == "合计":
            continue
        said = _answer(cell, ours, seen)
        if isinstance(said, str):
            mistakes.append(f"第 {number} 行：{said}")
        elif said is not None:
            found.append(said)
    return found, mistakes


def _answer(cell: Mapping[str, str], ours: Mapping[str, Line], seen: set[str]) -> Answer | str | None:
    key = cell["流水号"]
    if not key:
        return "流水号是空的，分不清是哪一笔"
    if key in seen:
        return f"流水号 {key} 写了两次"
    seen.add(key)
    line = ours.get(key)
    if line is None:
        return f"流水号 {key} 不是这一批的"
    try:
        fen = parse_yuan(cell["金额"])
    except ValueError as why:
        return f"金额：{why}"
    if fen != line.amount_fen:
        return f"金额是 {cell['金额']}，我们交的是 {_yuan(line.amount_fen)}"
    if cell["结果"] in OK:
        return _good(key, line)
    if cell["结果"] in BAD:
        return None if line.state == Line.State.RETURNED else (line, False, cell.get("原因", "") or "银行没有写原因")
    return f"结果“{cell['结果']}”看不懂，请写 成功 或 失败"


def _good(key: str, line: Line) -> Answer | str | None:
    """A payment may come back after it was paid, but one that came back is not paid by a later word."""
    if line.state == Line.State.RETURNED:
        return f"结果：流水号 {key} 以前记的是退回，现在又写成功，请先和银行核对"
    return None if line.state == Line.State.PAID else (line, True, "")
