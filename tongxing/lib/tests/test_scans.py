"""Papers are made harmless: what cannot be a photo or a quiet PDF is refused with what to do."""

from __future__ import annotations

import io
import random
import struct
import zlib

import pytest
from PIL import Image

from tongxing.lib.mistakes import BadFile
from tongxing.lib.scans import SIDE, marked, read_scan

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"


def photo(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **saved: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 180, 160)).save(out, kind, **saved)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_comes_out_as_a_plain_jpeg(kind: str) -> None:
    scan = read_scan(photo(kind))
    assert (scan.kind, opened(scan.content).format) == ("image/jpeg", "JPEG")


def test_place_and_device_are_gone() -> None:
    exif = Image.Exif()
    exif[0x0110], exif[0x8825] = "SomePhone", {1: "N", 2: (21.0, 28.0, 0.0)}
    sent = photo(exif=exif)
    assert b"SomePhone" in sent
    scan = read_scan(sent)
    assert b"SomePhone" not in scan.content and not opened(scan.content).getexif()


def test_what_is_hidden_behind_a_photo_is_gone() -> None:
    assert b"<script>" not in read_scan(photo() + b"<script>alert(1)</script>").content


def test_a_photo_that_lies_on_its_side_is_put_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    assert opened(read_scan(photo(exif=exif)).content).size == (480, 640)


def test_a_large_photo_is_made_smaller() -> None:
    assert max(opened(read_scan(photo(size=(4000, 3000))).content).size) == SIDE


def test_a_quiet_pdf_is_kept_as_it_is() -> None:
    assert read_scan(PDF).content == PDF


def bomb() -> bytes:
    """A small file whose head claims 81 million pixels."""
    head = b"IHDR" + struct.pack(">II", 9000, 9000) + photo("PNG")[24:29]
    return photo("PNG")[:12] + head + struct.pack(">I", zlib.crc32(head)) + photo("PNG")[33:]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b"x" * 10_000_001, "10 MB"),
        (b"<svg onload=alert(1)>", "照片"),
        (b"GIF89a" + b"0" * 50, "照片"),
        (b"PK\x03\x04" + b"0" * 50, "照片"),
        (b"MZ" + b"0" * 50, "照片"),
        (photo()[:200], "照片"),
        (PDF.replace(b"/Catalog", b"/Catalog /OpenAction << /S /JavaScript >>"), "自己动作"),
        (PDF.replace(b"/Catalog", b"/ObjStm"), "看不见"),
        (PDF[:-7], "不完整"),
        (bomb(), "像素"),
    ],
)
def test_what_is_not_a_paper_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(BadFile, match=said):
        read_scan(content)


def test_no_broken_bytes_get_through_or_crash() -> None:
    dice, whole = random.Random(4), photo("PNG") + photo()
    for _ in range(300):
        spoiled = bytearray(dice.choice((photo("PNG"), photo("WEBP"), PDF, whole)))
        for _ in range(dice.randrange(1, 30)):
            spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
        try:
            assert read_scan(bytes(spoiled)).kind in ("image/jpeg", "application/pdf")
        except BadFile as why:
            assert str(why).endswith("。")


def test_a_look_leaves_its_mark_and_turns() -> None:
    plain = read_scan(photo()).content
    shown = marked(plain, "2026-00001  user 3")
    assert shown != plain and opened(shown).size == (640, 480)
    assert opened(marked(plain, "x", 1)).size == (480, 640)
