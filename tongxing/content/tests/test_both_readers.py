"""The quick reader and the exact one see the same values at the same places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tongxing.content import blocks

FILES = sorted((Path(__file__).resolve().parents[3] / "content").rglob("*.yaml"))


def placed(value: Any) -> Any:
    """Values with where they stand, to be compared."""
    if isinstance(value, dict):
        return str(value.place), [(str(key), str(key.place), placed(inner)) for key, inner in value.items()]  # type: ignore[attr-defined]
    if isinstance(value, list):
        return str(value.place), [placed(inner) for inner in value]  # type: ignore[attr-defined]
    return None if value is None else (str(value), str(value.place))


def test_both_readers_agree_on_every_file_of_the_pack(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = [placed(blocks._read(path, path.name)) for path in FILES]
    monkeypatch.setattr(blocks, "_quickly", lambda text: None)
    assert [placed(blocks._read(path, path.name)) for path in FILES] == quick


@pytest.mark.parametrize("text", ["a: 1\n\tb: 2", "a: &x 1\nb: *x", "a: [1, 2", "a: b: c", "a: 1\n---\nb: 2"])
def test_what_is_odd_or_wrong_goes_to_the_exact_reader(text: str) -> None:
    assert blocks._quickly(text) is None
