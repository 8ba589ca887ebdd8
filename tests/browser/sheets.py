"""Departments' lists as files in memory; everybody on them is invented (division codes 4599xx)."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from PIL import Image
from playwright.sync_api import FilePayload

from tongxing.lib.identity import check_digit

DIBAO = ("姓名", "身份证号", "享受起始日期", "村社区", "保障人数", "每月金额")
DEATHS = ("姓名", "身份证号", "去世日期")


def invented_id(number: int) -> str:
    """A well-formed resident ID of somebody who does not exist."""
    digits = f"45990119500101{number:03d}"
    return digits + check_digit(digits)


def sheet(name: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> FilePayload:
    """A csv as a county office sends it: GB18030."""
    text = "\r\n".join(",".join(cells) for cells in [heads, *rows]) + "\r\n"
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode("gb18030")}


def dibao(*id_numbers: str) -> FilePayload:
    """Strangers, two rows with mistakes, and whoever is named."""
    strangers = [("某某甲", invented_id(number), "2025-01-01", "", "2", "650.00") for number in (101, 102, 103)]
    wrong = [("某某乙", "459901195001011234", "2025-01-01", "", "1", "380"), ("某某丙", "", "昨天", "", "一", "x")]
    named = [("某某丁", number, "2025-06-01", "", "1", "380.00") for number in id_numbers]
    return sheet("2026年11月低保.csv", DIBAO, [*strangers, *wrong, *named])


def deaths(*id_numbers: str) -> FilePayload:
    return sheet("死亡名单.csv", DEATHS, [("某某甲", number, "2025-11-01") for number in id_numbers])


def not_a_list() -> FilePayload:
    return sheet("会议记录.csv", ("时间", "地点"), [("上午", "二楼")])


def scan() -> FilePayload:
    """A photo of a paper that somebody brings."""
    photo = BytesIO()
    Image.new("RGB", (900, 1200), "white").save(photo, "JPEG")
    return {"name": "申请表.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
