"""Spoken by the machine's own voice: espeak-ng, which reads pinyin well and characters badly."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

PROGRAM, VOICE = "espeak-ng", "cmn-latn-pinyin"
WORDS_A_MINUTE = 130
LONGEST = 30  # seconds of work; a letter takes a tenth of one


class NotInstalled(Exception):
    """This machine has no voice."""


def is_installed() -> bool:
    return shutil.which(PROGRAM) is not None


def spoken_file(pinyin: str) -> bytes:
    """WAV, mono, 22 kHz, of syllables with tone digits. Raises NotInstalled."""
    program = shutil.which(PROGRAM)
    if program is None:
        raise NotInstalled
    with tempfile.TemporaryDirectory(prefix="voice-") as folder:
        made = Path(folder) / "letter.wav"
        said = [program, "-v", VOICE, "-s", str(WORDS_A_MINUTE), "--stdin", "-w", str(made)]
        subprocess.run(said, input=pinyin.encode(), check=True, capture_output=True, timeout=LONGEST)
        return made.read_bytes()
