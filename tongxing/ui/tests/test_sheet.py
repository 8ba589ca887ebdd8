"""Weight of the look, and what a page may not carry under a strict content policy."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

UI = Path(__file__).resolve().parents[1]
STATIC = UI / "static/ui"
TEMPLATES = sorted(UI.parent.rglob("templates/**/*.html"))


def test_the_sheet_weighs_at_most_fifteen_kilobytes_on_the_wire() -> None:
    assert len(gzip.compress((STATIC / "tongxing.css").read_bytes())) <= 15 * 1024


def test_the_sheet_fetches_nothing() -> None:
    sheet = (STATIC / "tongxing.css").read_text(encoding="utf-8")
    assert re.findall(r"url\(|@import|@font-face|animation:(?!none)", sheet) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_an_inline_script_or_style(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    inline = r"<script(?! src=.{% asset)|<style|\sstyle=|\son[a-z]+=|javascript:|https?://(?!www\.w3\.org)"
    assert re.findall(inline, text) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_every_icon_named_in_a_template_is_in_the_sprite(template: Path) -> None:
    named = re.findall(r"{% icon \"(\w+)\"|icon=\"(\w+)\"", template.read_text(encoding="utf-8"))
    sprite = (STATIC / "icons.svg").read_text(encoding="utf-8")
    assert [name for pair in named for name in pair if name and f'id="{name}"' not in sprite] == []


def test_zoom_is_never_blocked() -> None:
    base = (UI / "templates/ui/base.html").read_text(encoding="utf-8")
    assert 'content="width=device-width, initial-scale=1"' in base
    assert 'lang="zh-CN"' in base
