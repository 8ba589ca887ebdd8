"""The open files of a release: what their columns mean, and their bytes. Pure.

Every dataset is one JSON and one CSV with the same rows; `manifest.json` names each file with its SHA-256.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from io import StringIO
from typing import Any

from tongxing.lib.chain import canonical
from tongxing.lib.text import no_formula

Value = str | int | float | None
Rows = Sequence[Mapping[str, Value]]
BOM = b"\xef\xbb\xbf"  # what makes a spreadsheet read UTF-8
VERSION = "1"  # of the shape of these files; a column that is renamed or means something else makes a new one

HIDDEN = "空白：都公布；split：只公布总数；all：都不公布"
DICTIONARY: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "indicators": {
        "indicator": ("text", "指标编号"),
        "name": ("text", "指标名称"),
        "nature": ("text", "binding 约束性，expected 预期性"),
        "kind": ("text", "rate 比例，count 数量，sum 合计，growth 增长，entered 由人录入"),
        "unit": ("text", "值的单位"),
        "as_of": ("date", "数据截到哪一天"),
        "numerator": ("number", "分子，数量型就是这个数"),
        "denominator": ("number", "分母"),
        "value": ("number", "值，比例和增长是百分数"),
        "unknown": ("integer", "说不清算不算的人数"),
        "measure": ("integer", "另一个口径的合计"),
        "measure_unit": ("text", "另一个口径的单位"),
        "target": ("number", "规划期末的目标"),
        "compare": ("text", "at_least 不低于，more_than 高于，about 大体持平"),
        "expected": ("number", "到这一天应到的数"),
        "state": (
            "text",
            "on_track、reached、behind、far_behind、missed、stale、no_data、no_target；hidden 人太少不公布",
        ),
    },
    "areas": {
        "indicator": ("text", "指标编号"),
        "code": ("text", "区划代码"),
        "name": ("text", "区划名称"),
        "level": ("text", "city 市，county 县区，township 乡镇街道"),
        "whole": ("integer", "分母；数量型就是这个数"),
        "counted": ("integer", "分子"),
        "rest": ("integer", "分母里没算上的"),
        "rate": ("number", "百分数，分母不到 30 不算"),
        "hidden": ("text", HIDDEN),
    },
    "groups": {
        "indicator": ("text", "指标编号"),
        "group": ("text", "category 类别，grade 等级，age_band 年龄，sex 性别"),
        "code": ("text", "组的代码"),
        "name": ("text", "组的名称"),
        "whole": ("integer", "分母；数量型就是这个数"),
        "counted": ("integer", "分子"),
        "rest": ("integer", "分母里没算上的"),
        "rate": ("number", "百分数，分母不到 30 不算"),
        "hidden": ("text", HIDDEN),
    },
    "trend": {
        "indicator": ("text", "指标编号"),
        "release": ("text", "哪一期"),
        "as_of": ("date", "数据截到哪一天"),
        "numerator": ("number", "分子，数量型就是这个数"),
        "denominator": ("number", "分母"),
        "value": ("number", "值"),
        "expected": ("number", "到这一天应到的数"),
        "state": ("text", "当时的状态"),
    },
    "promises": {
        "promise": ("text", "条目编号"),
        "section": ("text", "规划里的哪一节"),
        "title": ("text", "条目名称"),
        "say": ("text", "一句大白话"),
        "lead": ("text", "牵头单位"),
        "linked": ("text", "由什么办，用顿号隔开"),
        "gap": ("text", "还没有办的原因；空白就是有东西在办"),
    },
    "late": {
        "promise": ("text", "条目编号"),
        "title": ("text", "条目名称"),
        "unit": ("text", "牵头单位"),
        "due": ("date", "该办完的日子"),
        "days_late": ("integer", "晚了多少天"),
        "why": ("text", "单位说的原因；空白是还没有说"),
    },
    "projects": {
        "project": ("text", "项目编号"),
        "name": ("text", "项目名称"),
        "unit": ("text", "结果的单位"),
        "result": ("integer", "办成了多少"),
        "target": ("integer", "规划要办多少；空白是规划没写"),
        "budget_yuan": ("number", "预算，元"),
        "received_yuan": ("number", "到账，元"),
        "paid_yuan": ("number", "付出，元"),
        "cost_yuan": ("number", "办成一个花多少，元"),
        "asked": ("integer", "问过多少人满不满意；不到 10 人不公布"),
        "satisfied": ("integer", "多少人满意；少于 10 人不公布"),
    },
}
COUNTED = ("indicators", "areas", "groups", "trend")  # recomputed from the stored snapshot, byte for byte
FORMS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def file_bytes(dataset: str, form: str, rows: Rows, about: Mapping[str, Any]) -> bytes:
    """One file. `about` is what every JSON says of its release: number, as_of, licence."""
    columns = list(DICTIONARY[dataset])
    if form == "csv":
        return _csv(columns, rows)
    said = [{column: row[column] for column in columns} for row in rows]
    return pretty({"dataset": dataset, "version": VERSION, **about, "rows": said})


def pretty(document: Mapping[str, Any]) -> bytes:
    """Sorted keys, two blanks, UTF-8, a line's end: the same document gives the same bytes."""
    return (json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n").encode()


def _csv(columns: Sequence[str], rows: Rows) -> bytes:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
    return out.getvalue().encode()


def _cell(value: Value) -> str | int | float:
    """Unknown and hidden are empty."""
    return "" if value is None else no_formula(value) if isinstance(value, str) else value


def dictionary() -> bytes:
    """What each column of each dataset means."""
    fields = {
        dataset: [{"name": name, "type": kind, "about": about} for name, (kind, about) in columns.items()]
        for dataset, columns in DICTIONARY.items()
    }
    return pretty({"version": VERSION, "datasets": fields})


def manifest(files: Mapping[str, bytes], rows: Mapping[str, int], about: Mapping[str, Any]) -> bytes:
    """The files of a release with their sizes and hashes."""
    listed = [
        {"file": name, "rows": rows.get(name.partition(".")[0]), "bytes": len(content), "sha256": hash_of(content)}
        for name, content in sorted(files.items())
    ]
    return pretty({"version": VERSION, **about, "files": listed})


def hash_of(content: bytes) -> str:
    return sha256(content).hexdigest()


def fingerprint(document: Mapping[str, Any]) -> str:
    return sha256(canonical(document)).hexdigest()
