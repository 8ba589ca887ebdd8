"""A26: a film comes with captions and all its words, or the pack is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tongxing.content.recordings import LARGEST, read_recordings
from tongxing.lib.place import PackErrors

FILM = b"\0\0\0\x18ftypmp42"
GOOD = "portal:home:\n  - {name: 手语, file: home.mp4, captions: home.vtt, words: home.txt}\n"
FILES = {"home.mp4": FILM, "home.vtt": b"WEBVTT\n", "home.txt": "这里帮您办事。".encode(), "home.mp3": b"ID3"}


def pack(folder: Path, said: str = GOOD, **files: bytes) -> Path:
    (folder / "recordings").mkdir()
    (folder / "recordings.yaml").write_text(said, encoding="utf-8")
    for name, content in (FILES | {key.replace("_", "."): value for key, value in files.items()}).items():
        (folder / "recordings" / name).write_bytes(content)
    return folder


def test_a_film_has_its_captions_and_its_words(tmp_path: Path) -> None:
    (film,) = read_recordings(pack(tmp_path))["portal:home"]
    assert (film.name, film.is_film, film.captions, film.words) == ("手语", True, "home.vtt", "这里帮您办事。")


def test_a_spoken_version_needs_words_and_no_captions(tmp_path: Path) -> None:
    said = "portal:home:\n  - {name: 白话, file: home.mp3, words: home.txt}\n"
    (sound,) = read_recordings(pack(tmp_path, said))["portal:home"]
    assert not sound.is_film


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (GOOD.replace(", captions: home.vtt", ""), "录像要有字幕"),
        (GOOD.replace(", words: home.txt", ""), "缺少 words"),
        (GOOD.replace("home.vtt", "gone.vtt"), "里没有 gone.vtt"),
        (GOOD.replace("home.vtt", "home.txt"), "第一行要是 WEBVTT"),
        (GOOD.replace("home.mp4", "../recordings.yaml"), "里没有 ../recordings.yaml"),
        (GOOD.replace("home.mp4", "home.txt"), "只收"),
        ("portal:home: 手语\n", "要是一列"),
    ],
)
def test_what_is_missing_is_said_with_its_place(tmp_path: Path, said: str, message: str) -> None:
    with pytest.raises(PackErrors, match=message) as raised:
        read_recordings(pack(tmp_path, said))
    assert raised.value.errors[0].place.line


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"home_mp4": b"<html>"}, "内容不是 .mp4"),
        ({"home_mp4": FILM + b"\0" * LARGEST}, "超过 20 MB"),
        ({"home_txt": b" \n"}, "里没有字"),
        ({"home_vtt": b"\xff\xfe"}, "UTF-8"),
    ],
)
def test_files_are_looked_into(tmp_path: Path, files: dict[str, bytes], message: str) -> None:
    with pytest.raises(PackErrors, match=message):
        read_recordings(pack(tmp_path, **files))
