"""The Easy Read form of a letter: one idea a line, a picture beside it, in words of its own from the pack."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings

from tongxing.content.letters import EasyLine, easy_letters
from tongxing.letters.words import Letter
from tongxing.lib.dates import spoken_date


def easy_lines(letter: Letter) -> Sequence[EasyLine]:
    """With its blanks filled; a line that needs what this letter does not say is left out."""
    said = {"to": letter.to, "unit": letter.unit, "number": letter.number, "day": spoken_date(letter.on)}
    said |= letter.blanks
    lines = easy_letters(settings.PACK).get(letter.kind, ())
    return [
        EasyLine(line.say.format(**said), line.icon) for line in lines if all(said.get(name) for name in line.blanks)
    ]
