"""Pictures that stand in for evidence: a paper with lines and a stamp, a house, a room. Drawn: nobody is meant."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache

from PIL import Image, ImageDraw

SIZE = (480, 360)
Pen = ImageDraw.ImageDraw
INK, PAPER, RED, SKY, WALL, ROOF, GRASS = "#3b4652", "#fbfaf5", "#b5392f", "#cfe3ef", "#e6d7bd", "#8a5a44", "#a9c08f"


@cache
def paper(number: int) -> bytes:
    """A sheet with a heading, lines and a round stamp."""

    def draw(pen: Pen) -> None:
        pen.rectangle((90, 20, 390, 340), fill=PAPER, outline=INK)
        pen.rectangle((150, 45, 330, 57), fill=RED)
        for line in range(9):
            pen.rectangle((120, 85 + 20 * line, 360 - (line * 37 + number * 29) % 110, 90 + 20 * line), fill="#b9bec4")
        pen.ellipse((275, 250, 345, 320), outline=RED, width=5)
        pen.line((310, 268, 310, 302), fill=RED, width=4)
        pen.line((293, 285, 327, 285), fill=RED, width=4)

    return _drawn("#d9d5cb", draw)


@cache
def house(number: int) -> bytes:
    """A house with a ramp; with more windows from number to number."""

    def draw(pen: Pen) -> None:
        pen.rectangle((0, 270, 480, 360), fill=GRASS)
        pen.rectangle((120, 130, 400, 280), fill=WALL, outline=INK)
        pen.polygon(((100, 130), (260, 60), (420, 130)), fill=ROOF)
        for window in range(1 + number % 4):
            pen.rectangle((145 + 62 * window, 155, 185 + 62 * window, 195), fill=SKY, outline=INK)
        pen.rectangle((240, 215, 285, 280), fill=ROOF)
        pen.polygon(((285, 280), (285, 268), (420, 300), (420, 306)), fill="#9aa3ab")

    return _drawn(SKY, draw)


@cache
def room(number: int) -> bytes:
    """A room with a bed and a rail along the wall."""

    def draw(pen: Pen) -> None:
        pen.rectangle((0, 240, 480, 360), fill="#c9b79c")
        pen.rectangle((60, 180, 260, 270), fill="#ffffff", outline=INK)
        pen.rectangle((60, 150, 80, 270), fill=ROOF)
        pen.line((290, 200, 460, 200), fill="#6b7680", width=8)
        for post in (300, 375, 450):
            pen.line((post, 200, post, 240), fill="#6b7680", width=5)
        pen.rectangle((320, 50, 320 + 40 + number % 5 * 12, 130), fill=SKY, outline=INK)

    return _drawn("#eef0ea", draw)


def _drawn(ground: str, draw: Callable[[Pen], None]) -> bytes:
    picture = Image.new("RGB", SIZE, ground)
    draw(ImageDraw.Draw(picture))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
