"""`tongxing demo` builds once, says what it built, and never touches other data."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tongxing.commands import demo
from tongxing.organisation.models import Division
from tongxing.registry.keys import ring
from tongxing.registry.models import Person


@pytest.mark.django_db
def test_a_database_with_other_data_is_left_alone(tmp_path: Path, settings: Any, capsys: Any) -> None:
    settings.DATA = tmp_path
    Division.objects.create(code="110000000000", name="别的城市", level="city")
    assert demo.run(["--people", "50"]) == 1
    assert "没有动它" in capsys.readouterr().err
    assert not Person.objects.exists() and not (tmp_path / "demo.json").exists()


@pytest.mark.django_db
def test_a_second_city_is_refused_without_fresh_and_the_mark_says_what_was_built(
    tmp_path: Path, settings: Any, capsys: Any
) -> None:
    settings.DATA, settings.KEYS = tmp_path, tmp_path / "keys.json"
    ring.cache_clear()
    assert demo.run(["--people", "60", "--seed", "3", "--today", "2026-03-18"]) == 0
    mark = json.loads((tmp_path / "demo.json").read_text())
    assert (mark["people"], mark["seed"], mark["today"]) == (60, 3, date(2026, 3, 18).isoformat())
    assert demo.run(["--people", "60"]) == 1
    assert "--fresh" in capsys.readouterr().err
