"""Sentences of the language with what they come to, as YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name(f"{name}.yaml"))
    return found
