"""The errors of this feature for people."""

from __future__ import annotations

from tongxing.evaluation.models import Prose


class Refused(Exception):
    """The step cannot be taken; nothing changed. `str()` says why and what to do."""


class Overtaken(Refused):
    """Somebody of the same unit wrote here meanwhile. `newest` is theirs; the words that came too late are kept by
    whoever shows the form again."""

    def __init__(self, newest: Prose) -> None:
        super().__init__(f"{newest.by_label}刚才也写了这一节。两份都在下面，请合成一份再保存。")
        self.newest = newest
