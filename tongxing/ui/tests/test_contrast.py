"""A2: every text on every ground that the sheet can put it on, in each of the five themes, from the sheet itself."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

SHEET = (Path(__file__).resolve().parents[1] / "static/ui/tongxing.css").read_text(encoding="utf-8")
SCREEN = SHEET.split("@media(forced-colors:active)")[0]
THEMES = ("default", "dark", "hc-dark", "hc-light", "cream")
GROUNDS = ("bg", "surface", "sunk", "info-bg", "ok-bg", "wait-bg", "bad-bg", "ask-bg")
TEXTS = ("ink", "ink2", "link", "ok", "wait", "bad", "ask")
TEXT_PAIRS = [
    *product(TEXTS, GROUNDS),
    ("on-sea", "sea"),
    ("on-head", "head"),
    ("on-halo", "halo"),
    ("wait-bg", "wait"),
    ("surface", "ok"),
]
EDGE_PAIRS = [
    *product(("edge", "sea", "c1", "c3", "ok", "wait", "bad", "ask"), ("bg", "surface", "sunk")),
    *product(("focus",), GROUNDS),
    ("halo", "head"),
    ("on-head", "head"),
]


def tokens(theme: str) -> dict[str, str]:
    plain = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", re.search(r":root\{(.*?)\}", SHEET, re.S)[1]))
    if theme == "default":
        return plain
    own = re.search(rf"\n\[data-theme={theme}\]\{{(.*?)\}}", SHEET, re.S)[1]
    return plain | dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", own))


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def too_weak(theme: str, pairs: list[tuple[str, str]], least: float) -> dict[str, float]:
    colours = tokens(theme)
    found = {f"{a} on {b}": round(contrast(colours[a], colours[b]), 2) for a, b in pairs}
    return {pair: ratio for pair, ratio in found.items() if ratio < least}


def test_the_calculator_agrees_with_known_ratios() -> None:
    assert round(contrast("#000", "#ffffff"), 2) == 21
    assert round(contrast("#767676", "#fff"), 2) == 4.54


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_stands_out_seven_to_one(theme: str) -> None:
    assert too_weak(theme, TEXT_PAIRS, 7) == {}


@pytest.mark.parametrize("theme", THEMES)
def test_every_edge_bar_and_focus_ring_stands_out_three_to_one(theme: str) -> None:
    assert too_weak(theme, EDGE_PAIRS, 3) == {}


def test_the_theme_that_follows_the_system_is_the_dark_one() -> None:
    dark = re.search(r"\n\[data-theme=dark\]\{(.*?)\}", SHEET, re.S)[1]
    auto = re.search(r"prefers-color-scheme:dark\)\{\[data-theme=auto\]\{(.*?)\}", SHEET, re.S)[1]
    assert re.sub(r"\s", "", dark) == re.sub(r"\s", "", auto)


def test_the_sheet_uses_no_text_and_no_ground_outside_the_proven_pairs() -> None:
    texts = set(re.findall(r"(?<![\w-])(?:color|fill):var\(--([\w-]+)\)", SCREEN))
    grounds = set(re.findall(r"background:var\(--([\w-]+)\)", SCREEN))
    assert texts <= {text for text, _ in TEXT_PAIRS} | {edge for edge, _ in EDGE_PAIRS} | {
        "bg"
    }  # bg: the wave, no text
    assert grounds <= {ground for _, ground in TEXT_PAIRS}


def test_no_colour_stands_outside_the_tokens() -> None:
    rules = SCREEN.split("/* 2 Ground */")[1]
    assert re.findall(r":[^;{}]*(?:#[0-9a-fA-F]{3}|rgb|hsl)[^;{}]*", rules) == []
