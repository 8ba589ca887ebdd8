"""Spoken by the machine's own voice: espeak-ng, which reads pinyin well and characters badly."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import wave
from pathlib import Path

import lameenc

PROGRAM, VOICE = "espeak-ng", "cmn-latn-pinyin"
WORDS_A_MINUTE = 130
KILOBITS = 24
LONGEST = 30  # seconds of work; a letter takes a tenth of one


class NotInstalled(Exception):
    """This machine has no voice."""


def is_installed() -> bool:
    return shutil.which(PROGRAM) is not None


def spoken_file(pinyin: str) -> bytes:
    """MP3, mono, 24 kbit/s, of syllables with tone digits. Raises NotInstalled."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise NotInstalled
    with tempfile.TemporaryDirectory(prefix="voice-") as folder:
        made = Path(folder) / "letter.wav"
        said = [program, "-v", VOICE, "-s", str(WORDS_A_MINUTE), "--stdin", "-w", str(made)]
        subprocess.run(said, input=pinyin.encode(), check=True, capture_output=True, timeout=LONGEST)
        return _pressed(made)


def _pressed(made: Path) -> bytes:
    """A minute of speech is 180 KB, not 2.6 MB."""
    encoder = lameenc.Encoder()
    with wave.open(str(made)) as speech:
        encoder.set_in_sample_rate(speech.getframerate())
        encoder.set_channels(speech.getnchannels())
        encoder.set_bit_rate(KILOBITS)
        encoder.silence()
        return bytes(encoder.encode(speech.readframes(speech.getnframes())) + encoder.flush())
