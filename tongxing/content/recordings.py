"""Reads recordings.yaml: films in sign language, spoken versions of a page; all that is said stands as text (A26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from tongxing.content.blocks import Block, Items, Value
from tongxing.content.extra import read_extra
from tongxing.content.fields import Fields, Mistakes
from tongxing.lib.place import Text, place_of

FILE, FOLDER = "recordings.yaml", "recordings"
LARGEST = 20 * 2**20
FILMS, SOUNDS = (".mp4", ".webm"), (".mp3", ".ogg")
BEGINS = {".mp4": (4, b"ftyp"), ".webm": (0, b"\x1a\x45\xdf\xa3"), ".ogg": (0, b"OggS")}  # MP3 has no sure beginning


@dataclass(frozen=True)
class Recording:
    """`name` as one would ask for it: 手语, 白话. `words` is all that is said; a film has `captions` in WebVTT."""

    name: str
    file: str
    captions: str
    words: str

    @property
    def is_film(self) -> bool:
        return self.file.endswith(FILMS)

    @property
    def address(self) -> str:
        """Where config/static.py serves it."""
        return f"/{FOLDER}/{quote(self.file)}"

    @property
    def captions_address(self) -> str:
        return f"/{FOLDER}/{quote(self.captions)}"


@lru_cache(maxsize=4)
def recordings(folder: Path) -> Mapping[str, Sequence[Recording]]:
    """{name of the address: recordings} of the pack in `folder`, read once. Raises PackErrors."""
    return read_recordings(folder)


def read_recordings(folder: Path) -> Mapping[str, Sequence[Recording]]:
    """A pack without the file has none. Raises PackErrors: above all for a film without captions or without words."""

    def pages(block: Block, mistakes: Mistakes) -> dict[str, Sequence[Recording]]:
        return {str(page): tuple(_recordings(value, folder / FOLDER, mistakes)) for page, value in block.items()}

    return read_extra(folder, FILE, pages, {})


def _recordings(value: Value, folder: Path, mistakes: Mistakes) -> list[Recording]:
    if not isinstance(value, Items):
        mistakes.note("要是一列，每行以“- ”开头", place_of(value))
        return []
    return [_recording(Fields(item, mistakes, "录音录像"), folder) for item in value]


def _recording(fields: Fields, folder: Path) -> Recording:
    name, file = fields.words("name", need=True), fields.text("file", need=True)
    words, captions = fields.text("words", need=True), fields.text("captions")
    fields.finish()
    for part in (file, words, captions):
        _check_there(part, folder, fields.mistakes)
    _check_kind(file, captions, folder, fields)
    return Recording(name, str(file or ""), str(captions or ""), _text(words, folder, fields.mistakes))


def _check_there(part: Text | None, folder: Path, mistakes: Mistakes) -> None:
    if part is not None and (Path(part).name != part or not (folder / part).is_file()):
        mistakes.note(f"{FOLDER}/ 里没有 {part}", part.place)


def _check_kind(file: Text | None, captions: Text | None, folder: Path, fields: Fields) -> None:
    if file is None or not (folder / file).is_file():
        return
    ending = Path(file).suffix.lower()
    if ending not in (*FILMS, *SOUNDS):
        fields.mistakes.note(f"只收 {'、'.join((*FILMS, *SOUNDS))}", file.place)
    elif (folder / file).stat().st_size > LARGEST:
        fields.mistakes.note(f"{file} 超过 20 MB，请压小或剪短", file.place)
    elif not _begins_as(folder / file, ending):
        fields.mistakes.note(f"{file} 的内容不是 {ending}", file.place)
    if ending in FILMS and captions is None:
        fields.mistakes.note("录像要有字幕：captions 写一个 .vtt 文件", file.place)
    if captions is not None and not _text(captions, folder, fields.mistakes).startswith("WEBVTT"):
        fields.mistakes.note(f"{captions} 不是字幕：第一行要是 WEBVTT", captions.place)


def _begins_as(path: Path, ending: str) -> bool:
    if ending not in BEGINS:
        return True
    at, mark = BEGINS[ending]
    with path.open("rb") as opened:
        return opened.read(at + len(mark))[at:] == mark


def _text(part: Text | None, folder: Path, mistakes: Mistakes) -> str:
    if part is None or not (folder / part).is_file():
        return ""
    try:
        said = (folder / part).read_text(encoding="utf-8").strip()
    except UnicodeDecodeError:
        mistakes.note(f"{part} 要存成 UTF-8 文字", part.place)
        return ""
    if not said:
        mistakes.note(f"{part} 里没有字", part.place)
    return said
