"""Photos and PDFs of papers, made harmless: decoded and drawn anew, without metadata, hidden parts or active content.

What comes out is never the bytes that came in, but for a PDF, and that only if nothing in it acts (S23).
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont, ImageOps, UnidentifiedImageError

from tongxing.lib.mistakes import BadFile

MAX_BYTES, MAX_PIXELS, SIDE, QUALITY = 10_000_000, 40_000_000, 2400, 80
FORMATS = ("JPEG", "PNG", "WEBP")
_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|OpenAction|AA|XFA|SubmitForm|ImportData)\b")
_ACCEPTED = "请交照片（jpg、png）或 PDF。"


@dataclass(frozen=True)
class Scan:
    """`kind` is image/jpeg or application/pdf."""

    kind: str
    content: bytes


def read_scan(content: bytes) -> Scan:
    """What it is shows in the bytes. Raises BadFile saying what to do."""
    if not content:
        raise BadFile("文件是空的。请重新拍一张。")
    if len(content) > MAX_BYTES:
        raise BadFile("文件超过 10 MB。请把照片拍小一点，或者只拍要紧的一页。")
    if content.startswith(b"%PDF-"):
        return _pdf(content)
    return Scan("image/jpeg", _drawn_anew(content))


def _pdf(content: bytes) -> Scan:
    if _ACTIVE.search(content) or b"/ObjStm" in content:
        raise BadFile("这个 PDF 里有会自己动作或看不见的内容，不能收。请打印出来拍照，或导出成普通 PDF。")
    if b"%%EOF" not in content[-2048:]:
        raise BadFile("这个 PDF 不完整。请重新保存再交。")
    return Scan("application/pdf", content)


def _drawn_anew(content: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise BadFile("照片太大，超过 4,000 万像素。请把照片拍小一点。")
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except BadFile:
        raise
    except (UnidentifiedImageError, Image.DecompressionBombError):
        raise BadFile(f"打不开这个文件。{_ACCEPTED}") from None
    except (OSError, SyntaxError, ValueError, IndexError):
        raise BadFile(f"照片不完整或坏了，请重新拍一张。{_ACCEPTED}") from None
    upright.thumbnail((SIDE, SIDE))
    return _jpeg(upright)


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY)
    return out.getvalue()


def marked(jpeg: bytes, words: str, turn: int = 0) -> bytes:
    """The photo for one look: turned by quarter turns, with who looks and when across it. ASCII `words`."""
    with Image.open(io.BytesIO(jpeg)) as picture:
        shown = picture.convert("RGB").rotate(-90 * (turn % 4), expand=True)
    layer = Image.new("RGBA", shown.size, (0, 0, 0, 0))
    draw, font = ImageDraw.Draw(layer), ImageFont.load_default(max(14, shown.width // 40))
    step = max(80, shown.height // 6)
    for row, top in enumerate(range(step // 2, shown.height, step)):
        draw.text((shown.width // 12 * (row % 3), top), words, font=font, fill=(90, 90, 90, 90))
    return _jpeg(Image.alpha_composite(shown.convert("RGBA"), layer).convert("RGB"))
